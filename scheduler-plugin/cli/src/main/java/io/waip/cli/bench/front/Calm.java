package io.waip.cli.bench.front;

import io.waip.cli.bench.load.End;
import io.waip.cli.bench.load.LoadLog;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The stock server under the campaign's load with nobody hurt: what its clients are used to.
 *
 * @param latencyP99Nanos from the intended send time
 * @param longestGapNanos longest time in which no answer came
 */
record Calm(long latencyP99Nanos, long longestGapNanos) {
  /** Reads a run without faults. */
  static Calm of(LoadLog log) {
    long[] latencies = log.latencies(0, log.size());
    Arrays.sort(latencies);
    long p99 = latencies.length == 0 ? 0 : latencies[(int) Math.ceil(0.99 * latencies.length) - 1];
    long[] answers = answers(log);
    long longest = 0;
    for (int i = 1; i < answers.length; i++) {
      longest = Math.max(longest, answers[i] - answers[i - 1]);
    }
    return new Calm(p99, longest);
  }

  /** The times of the right answers after the warm-up, ascending. */
  static long[] answers(LoadLog log) {
    return IntStream.range(0, log.size())
        .filter(i -> log.end(i) == End.OK && log.arm(i) != LoadLog.WARM_UP)
        .mapToLong(log::doneNanos)
        .sorted()
        .toArray();
  }
}
