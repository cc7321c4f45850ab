package io.waip.cli.demo.triton;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.cli.demo.load.Serving.Reply;
import java.util.Locale;

/** Reads why the server refused a request from its words: the planner's, or Triton's own. */
final class Refusals {
  private static final String PLANNER = "waip: ";

  private Refusals() {}

  /** Returns the end that a message of status UNAVAILABLE tells of; a failure if it is unknown. */
  static Reply parse(String message) {
    if (message.startsWith(PLANNER)) {
      return ofPlanner(message.substring(PLANNER.length()).split(";", 2)[0].trim());
    }
    if (message.contains("timeout expired")) {
      return Reply.without(Outcome.EVICTED, Reason.EXPIRED);
    }
    if (message.contains("maximum queue size")) {
      return Reply.without(Outcome.REJECTED, Reason.QUEUE_FULL);
    }
    return Reply.without(Outcome.FAILED, Reason.EXECUTION_ERROR);
  }

  private static Reply ofPlanner(String word) {
    for (Reason reason : Reason.values()) {
      if (reason.name().toLowerCase(Locale.ROOT).equals(word)) {
        boolean queued = reason == Reason.EXPIRED;
        return Reply.without(queued ? Outcome.EVICTED : Outcome.REJECTED, reason);
      }
    }
    return Reply.without(Outcome.FAILED, Reason.EXECUTION_ERROR);
  }
}
