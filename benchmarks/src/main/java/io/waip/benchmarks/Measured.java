package io.waip.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark measured with one set of parameters.
 *
 * @param name name of the benchmark method in snake case
 * @param params JMH parameters by name
 * @param nsPerOp median over the iterations of all forks, nanoseconds of one op; a mean would be
 *     ruled by the iterations in which the machine ran something else
 * @param errorNs larger half of the bootstrap 95 % interval of that median, nanoseconds; null for a
 *     single iteration
 * @param allocBytesPerOp bytes allocated by one op, the largest of all runs; null where no profiler
 *     measured it
 * @param iterations number of iterations behind the median
 */
record Measured(
    String name,
    Map<String, String> params,
    double nsPerOp,
    @Nullable Double errorNs,
    @Nullable Double allocBytesPerOp,
    int iterations) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int RESAMPLES = 1_000;
  private static final double TAIL = 0.025;

  /** Merges runs of the same benchmark with the same parameters; keeps the order of the first. */
  static List<Measured> of(Collection<RunResult> results) {
    List<List<RunResult>> groups = new ArrayList<>();
    for (RunResult result : results) {
      groups.stream()
          .filter(group -> group.getFirst().getParams().id().equals(result.getParams().id()))
          .findFirst()
          .orElseGet(() -> {
            List<RunResult> group = new ArrayList<>();
            groups.add(group);
            return group;
          })
          .add(result);
    }
    return groups.stream().map(Measured::merge).toList();
  }

  private static Measured merge(List<RunResult> runs) {
    RunResult first = runs.getFirst();
    Map<String, String> params = new TreeMap<>();
    for (String key : first.getParams().getParamsKeys()) {
      params.put(key, first.getParams().getParam(key));
    }
    double[] nanos = runs.stream().flatMapToDouble(Measured::iterationNanos).sorted().toArray();
    return new Measured(
        snakeCase(first.getPrimaryResult().getLabel()),
        params,
        median(nanos),
        nanos.length > 1 ? error(nanos) : null,
        allocated(runs),
        nanos.length);
  }

  private static DoubleStream iterationNanos(RunResult run) {
    return run.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(Collection::stream)
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore());
  }

  private static @Nullable Double allocated(List<RunResult> runs) {
    Double largest = null;
    for (RunResult run : runs) {
      for (Map.Entry<String, ?> entry : run.getSecondaryResults().entrySet()) {
        if (entry.getKey().endsWith(ALLOCATED) && entry.getValue() instanceof Result<?> result) {
          double bytes = result.getScore();
          largest = largest == null ? bytes : Math.max(largest, bytes);
        }
      }
    }
    return largest == null || largest.isNaN() ? null : largest;
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns the larger half of the percentile bootstrap interval; the seed is fixed. */
  static double error(double[] sorted) {
    Random random = new Random(1);
    double[] medians = new double[RESAMPLES];
    double[] resample = new double[sorted.length];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < resample.length; i++) {
        resample[i] = sorted[random.nextInt(sorted.length)];
      }
      Arrays.sort(resample);
      medians[r] = median(resample);
    }
    Arrays.sort(medians);
    double low = medians[(int) (TAIL * RESAMPLES)];
    double high = medians[(int) ((1 - TAIL) * RESAMPLES) - 1];
    return Math.max(median(sorted) - low, high - median(sorted));
  }

  static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
