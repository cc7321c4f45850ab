package io.waip.cli.demo.load;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What answers the requests of an arm: a model of a running server.
 *
 * <p>{@link #send} is for one thread; replies come on any thread, once for each request sent.
 */
public interface Serving extends AutoCloseable {
  /** Returns the names of the variants it may use, by index. */
  List<String> variants();

  /**
   * Sends a request.
   *
   * @param request its index in the load
   * @param replies told how it ended; may be called before this returns
   */
  void send(TextLoad load, int request, Replies replies);

  /** Returns the number of requests sent and not yet ended. */
  int open();

  /** Withdraws every open request; each still ends with a reply. */
  void cancelOpen();

  /**
   * Returns how many requests the server's front passed on to the reference without asking the
   * planner, though it should have.
   */
  long forwarded();

  /** Returns what the server said of failed requests, each with how often, in one line each. */
  List<String> problems();

  /** Returns the executions so far. */
  ExecutionLog executions();

  /** Waits until every request has ended, for a bounded time, and frees what the arm alone used. */
  @Override
  void close();

  /** Takes the ends of requests. */
  @FunctionalInterface
  interface Replies {
    /** A request ended. */
    void ended(int request, Reply reply);
  }

  /**
   * How a request ended.
   *
   * @param outcome {@link Outcome#COMPLETED} for every answer of the model, in time or not
   * @param hidden of an answer: {@code float32 [rows, hidden]}, row-major
   * @param rows of an answer: length the client sent, padding included
   */
  @SuppressWarnings("ArrayRecordComponent") // made once for each request, and never compared
  record Reply(Outcome outcome, Reason reason, float @Nullable [] hidden, int rows) {
    /** Returns an end without an answer. */
    public static Reply without(Outcome outcome, Reason reason) {
      return new Reply(outcome, reason, null, 0);
    }
  }
}
