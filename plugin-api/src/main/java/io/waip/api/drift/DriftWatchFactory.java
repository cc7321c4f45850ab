package io.waip.api.drift;

/** Makes watches; found by {@link java.util.ServiceLoader}. Stateless; any thread. */
public interface DriftWatchFactory {
  /** Returns the name users choose it by. */
  String name();

  /**
   * Returns a watch that knows nothing yet.
   *
   * @param listener told of alarms, by the thread that the watch is called on
   */
  DriftWatch open(WatchScope scope, DriftListener listener);
}
