package io.waip.replay.spec;

import io.waip.api.Durations;
import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.EndpointEvent;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens to a worker, and when; as text {@code 10s:worker-2:down}.
 *
 * @param timeNanos from the first arrival, {@code >= 0}
 * @param endpoint name of the worker
 * @param change {@code up}, {@code drain}, {@code down} or {@code slow=2x}
 */
public record EventSpec(long timeNanos, String endpoint, String change) {
  /** The form that {@link #parseAll} reads. */
  public static final String ALLOWED =
      "TIME:WORKER:CHANGE, separated by commas, CHANGE one of down, up, drain, slow=2x (1x to"
          + " 1000x), such as 10s:worker-2:down,20s:worker-2:up";

  private static final Pattern SLOW = Pattern.compile("slow=(\\d{1,4}(\\.\\d{1,9})?)x");

  /**
   * Checks the change.
   *
   * @throws IllegalArgumentException if it is none of those
   */
  public EventSpec {
    at(timeNanos, 0, change);
  }

  /**
   * Reads events separated by commas, in any order.
   *
   * @return at least one
   * @throws IllegalArgumentException if one has not this form; the message says what was found and
   *     what is allowed
   */
  public static List<EventSpec> parseAll(String text) {
    try {
      return Arrays.stream(text.split(",", -1)).map(each -> parse(each.strip())).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "events '%s': %s; allowed: %s".formatted(text, e.getMessage(), ALLOWED), e);
    }
  }

  private static EventSpec parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("'" + text + "' has not three parts");
    }
    return new EventSpec(Durations.parseNanos(parts[0]), parts[1], parts[2]);
  }

  /**
   * Returns the event for a worker among these.
   *
   * @throws IllegalArgumentException if none has the name; the message is one line for the user
   */
  public EndpointEvent resolve(List<String> endpoints) {
    int index = endpoints.indexOf(endpoint);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no worker is named '%s'; allowed: %s; remedy: name one of them, or give more --workers"
              .formatted(endpoint, names(endpoints)));
    }
    return at(timeNanos, index, change);
  }

  private static String names(List<String> endpoints) {
    return endpoints.size() == 1
        ? endpoints.getFirst()
        : endpoints.getFirst() + " to " + endpoints.getLast();
  }

  private static EndpointEvent at(long timeNanos, int endpoint, String change) {
    return switch (change) {
      case "up" -> new EndpointEvent.StateChange(timeNanos, endpoint, EndpointState.UP);
      case "drain" -> new EndpointEvent.StateChange(timeNanos, endpoint, EndpointState.DRAINING);
      case "down" -> new EndpointEvent.StateChange(timeNanos, endpoint, EndpointState.DOWN);
      default -> new EndpointEvent.Slowdown(timeNanos, endpoint, slowdown(change));
    };
  }

  private static double slowdown(String change) {
    Matcher slow = SLOW.matcher(change);
    if (!slow.matches()) {
      throw new IllegalArgumentException("unknown change '" + change + "'");
    }
    return Double.parseDouble(slow.group(1));
  }

  /** Returns the text that {@link #parseAll} reads. */
  public String text() {
    return Durations.format(timeNanos) + ":" + endpoint + ":" + change;
  }
}
