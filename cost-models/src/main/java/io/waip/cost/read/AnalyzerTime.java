package io.waip.cost.read;

import static io.waip.api.measurement.MeasurementFormatException.quote;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.cost.csv.CsvRow;
import io.waip.cost.csv.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a table of Model Analyzer tells of one request alone: the server's compute columns
 * where they are there, else the client's latency.
 *
 * <ul>
 *   <li>Compute columns: their sum, a mean; no percentile.
 *   <li>Else {@code Avg Latency}: a mean, network included; the p99 beside it where it is no less.
 *   <li>Else {@code batch / Throughput}: with one request in flight the mean latency by Little's
 *       law (J. D. C. Little, A Proof for the Queuing Formula L = λW, Operations Research, 1961);
 *       what the client does between two requests is in it. The p99 as above.
 * </ul>
 *
 * Figures are rounded to one decimal (model_analyzer {@code result_table_manager.py}, {@code
 * round(metric_value, 1)}), so one that may be off by more than a tenth is refused. A time's unit
 * stands in its column's name; all of a table have one.
 */
final class AnalyzerTime {
  static final String THROUGHPUT = "Throughput (infer/sec)";

  private static final List<String> COMPUTE =
      List.of(
          "Server Compute Input time", "Server Compute Infer time", "Server Compute Output time");
  private static final String MEAN = "Avg Latency";
  private static final String P99 = "p99 Latency";
  private static final Map<String, Double> NANOS =
      Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);
  private static final Pattern WITH_UNIT = Pattern.compile("(.+) \\((.*)\\)");
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double ROUNDED_BY = 0.05;
  private static final double MIN_FIGURE = 10 * ROUNDED_BY;
  private static final String PROFILE_AGAIN =
      "let Model Analyzer write the other columns, or give perf_analyzer's own file";

  private final List<String> columns;
  private final String p99;
  private final double nanosPerUnit;

  private AnalyzerTime(List<String> columns, String p99, double nanosPerUnit) {
    this.columns = columns;
    this.p99 = p99;
    this.nanosPerUnit = nanosPerUnit;
  }

  /**
   * Chooses the columns.
   *
   * @throws MeasurementFormatException if there are none of a time, not all of a sum, or units
   *     differ or are not known
   */
  static AnalyzerTime of(CsvTable table) {
    String unit = unit(table);
    List<String> compute = COMPUTE.stream().map(name -> named(name, unit)).toList();
    String mean = named(MEAN, unit);
    double nanosPerUnit = NANOS.getOrDefault(unit, 0.0);
    if (compute.stream().anyMatch(table::has)) {
      table.require(compute, PROFILE_AGAIN);
      return new AnalyzerTime(compute, "", nanosPerUnit);
    }
    String p99 = table.has(named(P99, unit)) ? named(P99, unit) : "";
    if (table.has(mean)) {
      return new AnalyzerTime(List.of(mean), p99, nanosPerUnit);
    }
    table.require(List.of(THROUGHPUT), PROFILE_AGAIN);
    return new AnalyzerTime(List.of(), p99, nanosPerUnit);
  }

  private static String named(String name, String unit) {
    return "%s (%s)".formatted(name, unit);
  }

  /** Returns the unit of all times, or the empty text where the table has none. */
  private static String unit(CsvTable table) {
    List<String> names = new ArrayList<>(COMPUTE);
    names.add(MEAN);
    names.add(P99);
    String unit = "";
    for (String column : table.header()) {
      Matcher time = WITH_UNIT.matcher(column);
      if (!time.matches() || !names.contains(time.group(1))) {
        continue;
      }
      String own = time.group(2);
      if (!NANOS.containsKey(own) || (!unit.isEmpty() && !own.equals(unit))) {
        throw table.badHeader(
            "column %s%s"
                .formatted(quote(column), unit.isEmpty() ? "" : " beside times in " + unit),
            "times in ns, us, ms or s, all in one unit",
            "give the table as Model Analyzer wrote it");
      }
      unit = own;
    }
    return unit;
  }

  /**
   * Returns the mean time of one request alone, nanoseconds, above 0.
   *
   * @throws MeasurementFormatException if a field is not as it should be or too coarse
   */
  double meanNanos(CsvRow row, int batch) {
    if (columns.isEmpty()) {
      double throughput = row.positive(THROUGHPUT);
      requireFine(row, throughput, 1, "infer/sec");
      return batch / throughput * NANOS_PER_SECOND;
    }
    double sum = row.sum(columns);
    requireFine(row, sum, columns.size(), "of columns " + columns);
    return sum * nanosPerUnit;
  }

  private static void requireFine(CsvRow row, double figure, int terms, String what) {
    if (figure < terms * MIN_FIGURE) {
      throw row.table()
          .bad(
              row.line(),
              String.format(Locale.ROOT, "%.1f %s, rounded to one decimal", figure, what),
              String.format(
                  Locale.ROOT,
                  "%.1f or more, so that rounding changes no more than a tenth",
                  terms * MIN_FIGURE),
              PROFILE_AGAIN);
    }
  }

  /** Returns the 99th percentile, nanoseconds; empty where it is not told or below the mean. */
  OptionalDouble p99Nanos(CsvRow row, double meanNanos) {
    if (p99.isEmpty()) {
      return OptionalDouble.empty();
    }
    double nanos = row.positive(p99) * nanosPerUnit;
    return nanos < meanNanos ? OptionalDouble.empty() : OptionalDouble.of(nanos);
  }
}
