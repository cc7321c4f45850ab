package io.waip.replay.diagnose.read;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import io.waip.replay.diagnose.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Triton's metrics, as {@code GET /metrics} answers: Prometheus' text form. Stateless. */
public final class MetricsFile {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{.*})?)\\s+([^\\s]+)(?:\\s+-?\\d+)?");

  private MetricsFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws MeasurementFormatException if a line is of another form, or nothing of Triton's is in
   *     it
   */
  public static Metrics read(Path file) throws IOException {
    Map<String, Double> series = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        put(series, line, new Source(file.toString(), i + 1));
      }
    }
    if (series.keySet().stream().noneMatch(name -> name.startsWith("nv_"))) {
      throw bad(new Source(file.toString(), 0), "no metric of Triton, whose names begin with nv_");
    }
    return new Metrics(series);
  }

  private static void put(Map<String, Double> series, String line, Source source) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw bad(source, "found " + MeasurementFormatException.quote(line));
    }
    try {
      series.put(sample.group(1), Double.valueOf(sample.group(2).replace("Inf", "Infinity")));
    } catch (NumberFormatException e) {
      throw bad(source, "no number: " + MeasurementFormatException.quote(sample.group(2)));
    }
  }

  private static MeasurementFormatException bad(Source source, String found) {
    return new MeasurementFormatException(
        source,
        found,
        "Prometheus' text form, as the server's /metrics answers",
        "save it again: curl -s localhost:8002/metrics > FILE");
  }
}
