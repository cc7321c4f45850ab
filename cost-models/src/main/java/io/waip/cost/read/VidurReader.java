package io.waip.cost.read;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.cost.csv.CsvRow;
import io.waip.cost.csv.CsvTable;
import io.waip.cost.device.DataSheetCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Reads the tables of operator times of Vidur (Agrawal and others, Vidur: A Large-Scale Simulation
 * Framework for LLM Inference, MLSys 2024): a column {@code time_stats.<operator>.median} in
 * milliseconds for each operator, {@code num_tokens} and {@code num_tensor_parallel_workers}.
 *
 * <p>The time of a row is the sum of its medians: one pass of {@code num_tokens} tokens through the
 * operators, one after the other. The files name neither model nor device; both are taken from the
 * path, as Vidur lays it out: {@code compute/a100/microsoft/phi-2/mlp.csv}.
 */
public final class VidurReader implements MeasurementReader {
  private static final DataSheetCatalogue DEVICES = new DataSheetCatalogue();
  private static final String TOKENS = "num_tokens";
  private static final String TENSOR_PARALLEL = "num_tensor_parallel_workers";
  private static final Pattern MEDIAN = Pattern.compile("time_stats\\.[^.]+\\.median");

  /** For {@link java.util.ServiceLoader}. */
  public VidurReader() {}

  @Override
  public String name() {
    return "vidur-operators-csv";
  }

  @Override
  public boolean recognises(Path file, String head) {
    List<String> names = List.of(head.lines().findFirst().orElse("").split(",", -1));
    return names.contains(TOKENS) && names.stream().anyMatch(VidurReader::isMedian);
  }

  @Override
  public List<Measurement> read(Path file) throws IOException {
    CsvTable table = CsvTable.read(file);
    table.require(List.of(TOKENS, TENSOR_PARALLEL), "give the table as Vidur's profiler wrote it");
    List<String> medians = table.header().stream().filter(VidurReader::isMedian).toList();
    if (medians.isEmpty()) {
      throw table.badHeader(
          "no operator's median",
          "columns 'time_stats.<operator>.median'",
          "give the table as Vidur's profiler wrote it");
    }
    String variant = variant(file);
    String device = DEVICES.wordIn(file.toString());
    return table.rows().stream().map(row -> measurement(row, medians, variant, device)).toList();
  }

  private static boolean isMedian(String column) {
    return MEDIAN.matcher(column).matches();
  }

  private static Measurement measurement(
      CsvRow row, List<String> medians, String variant, String device) {
    Subject subject = new Subject(variant, Phase.WHOLE, device, row.whole(TENSOR_PARALLEL), 0);
    double nanos = medians.stream().mapToDouble(row::nanosOfMillis).sum();
    return new Measurement(
        subject, 1, row.whole(TOKENS), nanos, OptionalDouble.empty(), 1, row.source());
  }

  /** Returns the name of the file, or of the folder of one that is named after its operators. */
  private static String variant(Path file) {
    Path path = file.toAbsolutePath().normalize();
    String name = String.valueOf(path.getFileName()).replaceFirst("\\.[^.]*$", "");
    Path folder = path.getParent();
    boolean generic = name.equals("mlp") || name.equals("attention");
    return generic && folder != null && folder.getFileName() != null
        ? folder.getFileName().toString()
        : name;
  }
}
