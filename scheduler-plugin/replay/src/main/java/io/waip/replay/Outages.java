package io.waip.replay;

import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.EndpointEvent;
import io.waip.replay.limit.Outage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The stretches in which an endpoint is down, out of its events. Stateless. */
final class Outages {
  private static final long NEVER_NANOS = Long.MAX_VALUE / 4;

  private Outages() {}

  /** Returns the outages of one endpoint in order; the last may have no end. */
  static List<Outage> of(List<EndpointEvent> events, int endpoint) {
    List<EndpointEvent.StateChange> changes =
        events.stream()
            .filter(EndpointEvent.StateChange.class::isInstance)
            .map(EndpointEvent.StateChange.class::cast)
            .filter(change -> change.endpoint() == endpoint)
            .sorted(Comparator.comparingLong(EndpointEvent.StateChange::timeNanos))
            .toList();
    List<Outage> outages = new ArrayList<>();
    long since = -1;
    for (EndpointEvent.StateChange change : changes) {
      if (change.state() == EndpointState.DOWN && since < 0) {
        since = change.timeNanos();
      } else if (change.state() == EndpointState.UP && since >= 0) {
        add(outages, since, change.timeNanos());
        since = -1;
      }
    }
    if (since >= 0) {
      add(outages, since, NEVER_NANOS);
    }
    return outages;
  }

  private static void add(List<Outage> outages, long from, long until) {
    if (until > from) {
      outages.add(new Outage(from, until, 1));
    }
  }
}
