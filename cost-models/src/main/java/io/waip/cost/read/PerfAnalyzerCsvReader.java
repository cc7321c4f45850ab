package io.waip.cost.read;

import io.waip.api.measurement.Center;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.cost.csv.CsvRow;
import io.waip.cost.csv.CsvTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the CSV of {@code perf_analyzer -f}: the row with one request in flight.
 *
 * <p>With more, requests share batches of a size that is not told, or wait for each other. The time
 * is that of the server's three compute columns, which are microseconds, means over requests of the
 * time that their whole batch took, and cut to whole microseconds. Where the client got no
 * statistics from the server it is the client's p50 and p99, network included. Batch, length and
 * model are told by the name of the file ({@link FileSetting}).
 *
 * <p>Columns, units and averages: triton-inference-server/perf_analyzer, commit 263c5f6, {@code
 * src/report_writer.cc} (GenerateReport) and {@code docs/measurements_metrics.md}.
 */
public final class PerfAnalyzerCsvReader implements MeasurementReader {
  private static final String CONCURRENCY = "Concurrency";
  private static final String REQUEST_RATE = "Request Rate";
  private static final String THROUGHPUT = "Inferences/Second";
  private static final String SEVERAL_RESPONSES = "Response Throughput";
  private static final String INFER = "Server Compute Infer";
  private static final List<String> COMPUTE =
      List.of("Server Compute Input", INFER, "Server Compute Output");
  private static final String MEDIAN = "p50 latency";
  private static final String P99 = "p99 latency";
  private static final double NANOS_PER_MICRO = 1000;
  private static final String MEASURE_ALONE = "measure with --concurrency-range 1";

  @Override
  public String name() {
    return "perf-analyzer-csv";
  }

  @Override
  public boolean recognises(Path file, String head) {
    String header = head.lines().findFirst().orElse("");
    return header.contains(THROUGHPUT)
        && (header.startsWith(CONCURRENCY) || header.startsWith(REQUEST_RATE));
  }

  @Override
  public List<Measurement> read(Path file) throws IOException {
    FileSetting setting = FileSetting.withBatch(file);
    CsvTable table = CsvTable.read(file);
    check(table);
    CsvRow alone = alone(table);
    return List.of(
        table.has(INFER) ? execution(table, alone, setting) : clientLatency(table, alone, setting));
  }

  private static void check(CsvTable table) {
    if (table.has(REQUEST_RATE)) {
      throw table.badHeader(
          "load is given as a request rate, so batches are not known",
          "column '" + CONCURRENCY + "'",
          MEASURE_ALONE + " or give the file of --profile-export-file");
    }
    if (table.has(SEVERAL_RESPONSES)) {
      throw table.badHeader(
          "a request has several responses, so the time is that of no one execution",
          "a model with one response",
          "give the file of --profile-export-file");
    }
    table.require(List.of(CONCURRENCY), "give the CSV as perf_analyzer wrote it");
  }

  private static CsvRow alone(CsvTable table) {
    Set<Integer> seen = new TreeSet<>();
    List<CsvRow> alone = new ArrayList<>();
    for (CsvRow row : table.rows()) {
      int concurrency = row.whole(CONCURRENCY);
      seen.add(concurrency);
      if (concurrency == 1) {
        alone.add(row);
      }
    }
    if (alone.isEmpty()) {
      throw table.bad(
          0,
          "no row of concurrency 1; there are " + seen,
          "one request in flight, since batches are not known with more",
          MEASURE_ALONE);
    }
    if (alone.size() > 1) {
      throw table.bad(
          alone.get(1).line(), "a second row of concurrency 1", "one", "remove one of them");
    }
    return alone.getFirst();
  }

  private static Measurement execution(CsvTable table, CsvRow row, FileSetting setting) {
    table.require(COMPUTE, "give the CSV as perf_analyzer wrote it");
    return measurement(
        row, setting, row.sum(COMPUTE) * NANOS_PER_MICRO, OptionalDouble.empty(), Center.MEAN);
  }

  private static Measurement clientLatency(CsvTable table, CsvRow row, FileSetting setting) {
    table.require(
        List.of(MEDIAN, P99), "give the CSV as perf_analyzer wrote it, with columns " + COMPUTE);
    double median = row.positive(MEDIAN);
    double p99 = row.positive(P99);
    if (p99 < median) {
      throw row.bad(P99, "no less than column '" + MEDIAN + "'");
    }
    return measurement(
        row,
        setting,
        median * NANOS_PER_MICRO,
        OptionalDouble.of(p99 * NANOS_PER_MICRO),
        Center.MEDIAN);
  }

  private static Measurement measurement(
      CsvRow row, FileSetting setting, double nanos, OptionalDouble p99Nanos, Center center) {
    Subject subject = setting.subject(Phase.WHOLE);
    return new Measurement(
        subject, setting.batch(), setting.length(), nanos, p99Nanos, 1, row.source(), center);
  }
}
