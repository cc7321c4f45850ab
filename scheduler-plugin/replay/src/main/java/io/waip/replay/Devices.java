package io.waip.replay;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.replay.drive.EndpointEvent;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.EventSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The workers of a replay, named {@code worker-1} and on, and what happens to them.
 *
 * @param pool workers, at most {@link Deployment#MAX_ENDPOINTS}, of one variant
 * @param events changes of workers, in any order; may be empty
 */
public record Devices(WorkerPool pool, List<EventSpec> events) {
  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if there are too many workers or variants, or an event is of a
   *     worker that does not exist; the message is one line for the user
   */
  public Devices {
    events = List.copyOf(events);
    if (pool.workers() > Deployment.MAX_ENDPOINTS || pool.variants() != 1) {
      throw new IllegalArgumentException(
          "a replay has at most %d workers and one variant, got %d and %d"
              .formatted(Deployment.MAX_ENDPOINTS, pool.workers(), pool.variants()));
    }
    List<String> names = names(pool);
    events.forEach(event -> event.resolve(names));
  }

  private static List<String> names(WorkerPool pool) {
    return IntStream.rangeClosed(1, pool.workers()).mapToObj(i -> "worker-" + i).toList();
  }

  /** Returns the endpoints. */
  List<Endpoint> endpoints() {
    return names(pool).stream().map(Endpoint::worker).toList();
  }

  /** Returns what happens to the endpoints. */
  List<EndpointEvent> timeline() {
    List<String> names = names(pool);
    return events.stream().map(event -> event.resolve(names)).toList();
  }
}
