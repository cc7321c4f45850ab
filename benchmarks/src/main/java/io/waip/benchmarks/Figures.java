package io.waip.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The report: what was measured, the ratios drawn from it and where it was measured.
 *
 * @param benchmarks every benchmark with every set of parameters
 * @param ratios slowest parameters of a benchmark over the fastest of its neighbour, by name
 * @param machine where it ran
 * @param jdk JVM name and version
 * @param commit what was checked out
 */
record Figures(
    List<Measured> benchmarks,
    Map<String, Double> ratios,
    Machine machine,
    String jdk,
    String commit) {
  /** Name of the benchmark whose allocation is gated. */
  static final String GATED = "admission_to_completion";

  /** A gated op allocates less than this many bytes. */
  static final double MAX_ALLOC_BYTES = 1;

  private static final String ROUND_TRIP = "ring_round_trip";

  private static final String[][] RATIOS = {
    {GATED, ROUND_TRIP}, {GATED, "ring_push_poll"}, {ROUND_TRIP, "volatile_read"}
  };

  static Figures of(List<Measured> measured) throws InterruptedException {
    String jdk = System.getProperty("java.vm.name") + " " + Runtime.version();
    return new Figures(measured, ratios(measured), Machine.here(), jdk, Machine.commit());
  }

  static Map<String, Double> ratios(List<Measured> measured) {
    Map<String, Double> ratios = new TreeMap<>();
    for (String[] pair : RATIOS) {
      ratios.put(
          pair[0] + "_over_" + pair[1], slowest(measured, pair[0]) / fastest(measured, pair[1]));
    }
    return ratios;
  }

  private static double slowest(List<Measured> measured, String name) {
    return named(measured, name).getLast().nsPerOp();
  }

  private static double fastest(List<Measured> measured, String name) {
    return named(measured, name).getFirst().nsPerOp();
  }

  private static List<Measured> named(List<Measured> measured, String name) {
    List<Measured> found =
        measured.stream()
            .filter(m -> m.name().equals(name))
            .sorted(Comparator.comparingDouble(Measured::nsPerOp))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalStateException("benchmark " + name + " did not run");
    }
    return found;
  }

  /** Returns the gated benchmarks that allocate too much, or whose allocation is not known. */
  List<Measured> violations() {
    return named(benchmarks, GATED).stream()
        .filter(m -> m.allocBytesPerOp() == null || m.allocBytesPerOp() >= MAX_ALLOC_BYTES)
        .toList();
  }
}
