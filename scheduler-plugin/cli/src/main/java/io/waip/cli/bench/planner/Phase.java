package io.waip.cli.bench.planner;

import java.util.List;

/**
 * A stretch of the workload.
 *
 * @param name what it is about
 * @param streams requests of each kind
 */
record Phase(String name, List<Stream> streams) {
  /**
   * Requests that come at random.
   *
   * @param service index
   * @param perSecond mean rate, {@code > 0}
   * @param shortest length in tokens
   * @param longest length in tokens, uniform between the two
   */
  record Stream(int service, double perSecond, int shortest, int longest) {}

  Phase {
    streams = List.copyOf(streams);
  }
}
