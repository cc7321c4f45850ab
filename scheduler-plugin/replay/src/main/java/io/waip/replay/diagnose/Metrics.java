package io.waip.replay.diagnose;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Values of Triton's metrics by name and labels, as of one moment.
 *
 * @param series value of each series, by its name with labels as the server writes them
 */
public record Metrics(Map<String, Double> series) {
  /** None are known. */
  public static final Metrics NONE = new Metrics(Map.of());

  /** Copies the map. */
  public Metrics {
    series = Map.copyOf(series);
  }

  /** Says whether none are known. */
  public boolean isEmpty() {
    return series.isEmpty();
  }

  /** Returns the largest value of a metric over its labels, such as that of the busiest device. */
  public OptionalDouble largest(String name) {
    return series.entrySet().stream()
        .filter(entry -> nameOf(entry.getKey()).equals(name))
        .mapToDouble(Map.Entry::getValue)
        .max();
  }

  /** Returns the largest share of one metric in another with the same labels, {@code >= 0}. */
  public OptionalDouble share(String used, String total) {
    Map<String, Double> totals = new HashMap<>();
    series.forEach((key, value) -> {
      if (nameOf(key).equals(total) && value > 0) {
        totals.put(key.substring(total.length()), value);
      }
    });
    return series.entrySet().stream()
        .filter(entry -> nameOf(entry.getKey()).equals(used))
        .mapToDouble(entry ->
            entry.getValue()
                / totals.getOrDefault(entry.getKey().substring(used.length()), Double.NaN))
        .filter(share -> !Double.isNaN(share))
        .max();
  }

  private static String nameOf(String key) {
    int labels = key.indexOf('{');
    return labels < 0 ? key : key.substring(0, labels);
  }
}
