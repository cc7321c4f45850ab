package io.waip.replay.records;

import io.waip.replay.Noise;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What recording costs: the same replay with records and without, in turn, in one process. Prints
 * the median time of each, the median ratio of neighbours, and the bytes of a request.
 *
 * <p>Run by hand, on the test class path with {@code --add-opens
 * java.base/jdk.internal.misc=ALL-UNNAMED}. One op is a replay of {@value #REQUESTS} requests; the
 * writer's thread is part of it, up to the closed file.
 */
final class RecordingBench {
  private static final int REQUESTS = 200_000;
  private static final int ROUNDS = 7;

  private RecordingBench() {}

  public static void main(String[] args) throws IOException {
    for (double load : new double[] {0.7, 1.3}) {
      measure(load);
    }
  }

  private static void measure(double load) throws IOException {
    Replay replay =
        Replay.of(
            new ReplaySpec(
                Traffic.generated(ArrivalSpec.parse("poisson"), REQUESTS, load),
                50 * Runs.MS,
                CostSpec.parse("alpha=4ms,beta=0.8ms"),
                new WorkerPool(4, 1, 64),
                Noise.none(1)));
    double[] plain = new double[ROUNDS];
    double[] recorded = new double[ROUNDS];
    double[] ratio = new double[ROUNDS];
    long bytes = 0;
    for (int round = -2; round < ROUNDS; round++) {
      Path file = Files.createTempFile("waip", ".rec");
      Files.delete(file);
      boolean isPlainFirst = round % 2 == 0;
      double before = isPlainFirst ? seconds(replay) : 0;
      double with = seconds(replay, file);
      double without = isPlainFirst ? before : seconds(replay);
      bytes = Files.size(file);
      Files.delete(file);
      if (round >= 0) {
        plain[round] = without;
        recorded[round] = with;
        ratio[round] = with / without;
      }
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "load %.1f: plain %.3f s, recorded %.3f s, ratio %.2f, %.0f bytes for each request",
            load,
            median(plain),
            median(recorded),
            median(ratio),
            (double) bytes / REQUESTS));
  }

  private static double seconds(Replay replay) {
    long started = System.nanoTime();
    replay.play(Policy.WAIP);
    return (System.nanoTime() - started) / 1e9;
  }

  private static double seconds(Replay replay, Path file) throws IOException {
    long started = System.nanoTime();
    try (DecisionLog log = DecisionLog.create(file, replay.setup(Policy.WAIP), WhenFull.WAIT)) {
      replay.play(Policy.WAIP, log);
    }
    return (System.nanoTime() - started) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
