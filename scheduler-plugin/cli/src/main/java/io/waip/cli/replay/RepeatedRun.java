package io.waip.cli.replay;

import io.waip.cli.input.UserError;
import io.waip.cli.records.RecordFiles;
import io.waip.cli.runtime.JsonOutput;
import io.waip.replay.records.Divergence;
import io.waip.replay.records.RecordReplay;
import io.waip.replay.records.Reproduction;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run repeated from its records, and whether it came out the same. */
final class RepeatedRun {
  private static final double NANOS_PER_MILLI = 1e6;

  private RepeatedRun() {}

  /** Repeats a run; returns the exit code. */
  static int of(Path file, PrintWriter out, JsonOutput json) {
    if (!Files.exists(file)) {
      throw new UserError(
          file + ": no such file",
          "--records",
          "alone: a file to repeat the run from",
          "to write one, say beside it what to replay, such as --load 1");
    }
    Reproduction result = RecordFiles.read(file, RecordReplay::run);
    Divergence divergence = result.divergence().orElse(null);
    if (divergence == null) {
      out.printf(
          Locale.ROOT,
          "%d decisions equal, in %d records of %s%n",
          result.decisions(),
          result.records(),
          file);
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "diverges at record %d, %.6f ms: %s%n%d decisions before it are equal",
              divergence.record(),
              divergence.timeNanos() / NANOS_PER_MILLI,
              divergence.difference(),
              result.decisions()));
    }
    out.flush();
    json.write(figures(result, divergence));
    return divergence == null ? 0 : 1;
  }

  private static Map<String, @Nullable Object> figures(
      Reproduction result, @Nullable Divergence divergence) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("equal", divergence == null);
    figures.put("records_equal", result.records());
    figures.put("decisions_equal", result.decisions());
    figures.put("divergence", divergence == null ? null : place(divergence));
    return figures;
  }

  private static Map<String, Object> place(Divergence divergence) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("record", divergence.record());
    place.put("time_ms", divergence.timeNanos() / NANOS_PER_MILLI);
    place.put("field", divergence.difference().field());
    place.put("recorded", divergence.difference().recorded());
    place.put("reproduced", divergence.difference().reproduced());
    return place;
  }
}
