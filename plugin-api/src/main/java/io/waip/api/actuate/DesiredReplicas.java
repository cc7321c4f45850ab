package io.waip.api.actuate;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many replicas of each service a plan wants on each kind of device, for an autoscaler to read:
 * the gauge {@code waip_desired_replicas} in Prometheus' text format, version 0.0.4.
 *
 * <p>Immutable; one writes, any thread reads the text.
 *
 * @param counts by what is replicated, each {@code >= 0}
 */
public record DesiredReplicas(Map<Target, Integer> counts) {
  /** Name of the gauge. */
  public static final String METRIC = "waip_desired_replicas";

  /** Nothing wanted of anything. */
  public static final DesiredReplicas NONE = new DesiredReplicas(Map.of());

  /**
   * Copies the counts.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public DesiredReplicas {
    counts = Map.copyOf(counts);
    counts.forEach((target, count) -> {
      if (count < 0) {
        throw new IllegalArgumentException(
            "replicas of '%s' on '%s' must be >= 0, are %d"
                .formatted(target.service(), target.device(), count));
      }
    });
  }

  /**
   * What is replicated.
   *
   * @param service that clients call, not blank
   * @param device kind it runs on, not blank
   */
  public record Target(String service, String device) implements Comparable<Target> {
    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if one is blank
     */
    public Target {
      if (service.isBlank() || device.isBlank()) {
        throw new IllegalArgumentException(
            "service and device must have names, are '%s' and '%s'".formatted(service, device));
      }
    }

    @Override
    public int compareTo(Target other) {
      int byService = service.compareTo(other.service);
      return byService != 0 ? byService : device.compareTo(other.device);
    }
  }

  /** Returns the exposition: help, type, and a line for each target, in order of their names. */
  public String toPrometheusText() {
    StringBuilder text =
        new StringBuilder("# HELP " + METRIC + " Replicas that the plan in force wants.\n")
            .append("# TYPE " + METRIC + " gauge\n");
    new TreeMap<>(counts)
        .forEach((target, count) ->
            text.append(METRIC + "{service=\"")
                .append(escaped(target.service()))
                .append("\",device=\"")
                .append(escaped(target.device()))
                .append("\"} ")
                .append((int) count)
                .append('\n'));
    return text.toString();
  }

  /** A label's value as the format wants it. */
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
