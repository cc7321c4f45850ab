package io.waip.cost.read;

import io.waip.api.measurement.Center;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.cost.csv.CsvRow;
import io.waip.cost.csv.CsvTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads Model Analyzer's {@code metrics-model-inference.csv}: the rows with one request in flight,
 * one variant for each model configuration it tried.
 *
 * <p>With more, requests share batches of a size that is not told, or wait for each other. {@link
 * AnalyzerTime} says which time is taken. The length is told by the name of the file ({@link
 * FileSetting}). {@code metrics-model-gpu.csv} and {@code metrics-server-only.csv} hold no times
 * and are refused.
 *
 * <p>Columns: triton-inference-server/model_analyzer, commit 63a0fec, {@code
 * model_analyzer/result/result_table_manager.py} (headers), {@code
 * model_analyzer/config/input/config_defaults.py} (which are written by default).
 */
public final class ModelAnalyzerReader implements MeasurementReader {
  private static final String MODEL = "Model";
  private static final String VARIANT = "Model Config Path";
  private static final String BATCH = "Batch";
  private static final String CONCURRENCY = "Concurrency";
  private static final String REQUEST_RATE = "Request Rate";

  /** One of these is in each of the three tables and in no other tool's. */
  private static final List<String> MARKS =
      List.of(VARIANT, "GPU UUID", "GPU ID", AnalyzerTime.THROUGHPUT);

  private static final List<String> GPU = List.of("GPU UUID", "GPU ID");
  private static final String WRITE_ALL =
      "name it in inference_output_fields of Model Analyzer, which docs/measurements.md lists";

  /** A measured point; each may be there once. */
  private record Point(String variant, int batch) {}

  @Override
  public String name() {
    return "model-analyzer-csv";
  }

  @Override
  public boolean recognises(Path file, String head) {
    List<String> header = List.of(head.lines().findFirst().orElse("").split(",", -1));
    return header.contains(MODEL) && MARKS.stream().anyMatch(header::contains);
  }

  @Override
  public List<Measurement> read(Path file) throws IOException {
    FileSetting setting = FileSetting.withLength(file);
    CsvTable table = CsvTable.read(file);
    check(table);
    AnalyzerTime time = AnalyzerTime.of(table);
    List<Measurement> measurements = new ArrayList<>();
    for (CsvRow row : alone(table)) {
      measurements.add(measurement(row, time, setting));
    }
    return measurements;
  }

  private static void check(CsvTable table) {
    if (GPU.stream().anyMatch(table::has)) {
      throw table.badHeader(
          "the table has memory, utilization and power of GPUs, and no time",
          "metrics-model-inference.csv",
          "give that file");
    }
    if (table.has(REQUEST_RATE)) {
      throw table.badHeader(
          "load is given as a request rate, so batches are not known",
          "column '" + CONCURRENCY + "'",
          "profile with concurrency 1");
    }
    table.require(List.of(VARIANT, BATCH, CONCURRENCY), WRITE_ALL);
  }

  private static List<CsvRow> alone(CsvTable table) {
    Set<Point> seen = new HashSet<>();
    List<CsvRow> alone = new ArrayList<>();
    for (CsvRow row : table.rows()) {
      if (row.whole(CONCURRENCY) == 1) {
        Point point = new Point(row.name(VARIANT), row.whole(BATCH));
        if (!seen.add(point)) {
          throw table.bad(
              row.line(),
              "a second row of %s, batch %d, concurrency 1".formatted(point.variant, point.batch),
              "each once",
              "remove one of them");
        }
        alone.add(row);
      }
    }
    if (alone.isEmpty()) {
      throw table.bad(
          0,
          "no row of concurrency 1",
          "one request in flight, since batches are not known with more",
          "profile with concurrency 1 too");
    }
    return alone;
  }

  private static Measurement measurement(CsvRow row, AnalyzerTime time, FileSetting setting) {
    int batch = row.whole(BATCH);
    double mean = time.meanNanos(row, batch);
    return new Measurement(
        setting.subject(row.name(VARIANT), Phase.WHOLE),
        batch,
        setting.length(),
        mean,
        time.p99Nanos(row, mean),
        1,
        row.source(),
        Center.MEAN);
  }
}
