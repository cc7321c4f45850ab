package io.waip.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark measured with one set of parameters.
 *
 * @param name name of the benchmark method in snake case
 * @param params JMH parameters by name
 * @param nsPerOp mean nanoseconds of one op
 * @param errorNs half width of the 99.9 % confidence interval, nanoseconds; null where there are
 *     too few iterations to tell
 * @param allocBytesPerOp bytes allocated by one op; null where no profiler measured it
 */
record Measured(
    String name,
    Map<String, String> params,
    double nsPerOp,
    @Nullable Double errorNs,
    @Nullable Double allocBytesPerOp) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Measured of(RunResult result) {
    Map<String, String> params = new TreeMap<>();
    for (String key : result.getParams().getParamsKeys()) {
      params.put(key, result.getParams().getParam(key));
    }
    String method = result.getPrimaryResult().getLabel();
    return new Measured(
        snakeCase(method),
        params,
        result.getPrimaryResult().getScore(),
        numberOrNull(result.getPrimaryResult().getScoreError()),
        allocated(result));
  }

  private static @Nullable Double allocated(RunResult result) {
    for (Map.Entry<String, ? extends Result<?>> entry : secondary(result).entrySet()) {
      if (entry.getKey().endsWith(ALLOCATED)) {
        return numberOrNull(entry.getValue().getScore());
      }
    }
    return null;
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // JMH declares the raw type.
  private static Map<String, Result<?>> secondary(RunResult result) {
    return (Map) result.getSecondaryResults();
  }

  private static @Nullable Double numberOrNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
