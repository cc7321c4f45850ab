package io.waip.cost.read;

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

/**
 * Reads the table of run times of Splitwise (Patel and others, Splitwise: Efficient Generative LLM
 * Inference Using Phase Splitting, ISCA 2024): a row for each run, {@code prompt_time} and {@code
 * token_time} in milliseconds.
 *
 * <p>A row gives two measurements. {@code prompt_time} is {@link Phase#PREFILL} of {@code
 * batch_size} prompts of {@code prompt_size} tokens. {@code token_time}, the mean over the tokens
 * of a run, is {@link Phase#DECODE} at the mean context, {@code prompt_size + token_size / 2}.
 */
public final class SplitwiseReader implements MeasurementReader {
  private static final List<String> COLUMNS =
      List.of(
          "model",
          "hardware",
          "prompt_size",
          "batch_size",
          "token_size",
          "prompt_time",
          "token_time",
          "tensor_parallel");

  /** For {@link java.util.ServiceLoader}. */
  public SplitwiseReader() {}

  @Override
  public String name() {
    return "splitwise-csv";
  }

  @Override
  public boolean recognises(Path file, String head) {
    List<String> names = List.of(head.lines().findFirst().orElse("").split(",", -1));
    return names.contains("prompt_time") && names.contains("token_time");
  }

  @Override
  public List<Measurement> read(Path file) throws IOException {
    CsvTable table = CsvTable.read(file);
    table.require(COLUMNS, "give the table as Splitwise's simulator has it");
    List<Measurement> measurements = new ArrayList<>();
    for (CsvRow row : table.rows()) {
      int prompt = row.whole("prompt_size");
      int context = context(row, prompt);
      measurements.add(measurement(row, Phase.PREFILL, prompt, row.nanosOfMillis("prompt_time")));
      measurements.add(measurement(row, Phase.DECODE, context, row.nanosOfMillis("token_time")));
    }
    return measurements;
  }

  private static int context(CsvRow row, int prompt) {
    long context = prompt + row.whole("token_size") / 2L;
    if (context > Integer.MAX_VALUE) {
      throw row.bad("token_size", "a context of fewer than 2^31 tokens");
    }
    return (int) context;
  }

  private static Measurement measurement(CsvRow row, Phase phase, int length, double nanos) {
    Subject subject =
        new Subject(
            row.name("model"), phase, row.name("hardware"), row.whole("tensor_parallel"), 0);
    return new Measurement(
        subject, row.whole("batch_size"), length, nanos, OptionalDouble.empty(), 1, row.source());
  }
}
