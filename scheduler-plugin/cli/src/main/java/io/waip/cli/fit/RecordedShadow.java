package io.waip.cli.fit;

import io.waip.api.measurement.Subject;
import io.waip.cli.input.UserError;
import io.waip.cli.records.RecordFiles;
import io.waip.replay.records.RecordReader;
import io.waip.replay.records.RecordedExecutions;
import io.waip.replay.shadow.PairedErrors;
import io.waip.replay.shadow.ShadowFigures;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Two models over the executions in a file of records. Single thread. */
final class RecordedShadow {
  private final OpenModel first;
  private final OpenModel second;
  private final Map<String, Variant> variants = new LinkedHashMap<>();

  private RecordedShadow(OpenModel first, OpenModel second) {
    this.first = first;
    this.second = second;
  }

  /** A variant as each model knows it. */
  private record Variant(Subject inFirst, Subject inSecond, PairedErrors errors) {}

  /**
   * Runs both over a file; returns the figures of each variant in it.
   *
   * @throws UserError if the file is not as it was written, nothing was executed in it, or a model
   *     does not know a variant
   */
  static Map<String, ShadowFigures> of(Path records, OpenModel first, OpenModel second) {
    RecordedShadow shadow = new RecordedShadow(first, second);
    RecordFiles.read(records, shadow::read);
    if (shadow.variants.isEmpty()) {
      throw new UserError(
          "no execution completed in it",
          records.toString(),
          "records of a run that serves requests",
          "record such a run");
    }
    Map<String, ShadowFigures> figures = new LinkedHashMap<>();
    shadow.variants.forEach((name, variant) -> figures.put(name, variant.errors.figures()));
    return figures;
  }

  private boolean read(RecordReader records) {
    RecordedExecutions.visit(records, this::completed);
    return true;
  }

  private void completed(RecordedExecutions.Shape shape, long nanos) {
    Variant variant = variants.computeIfAbsent(shape.variant(), this::variant);
    variant.errors.add(
        first.predictor().predict(variant.inFirst, shape.batch(), shape.length()),
        second.predictor().predict(variant.inSecond, shape.batch(), shape.length()),
        nanos);
  }

  private Variant variant(String name) {
    return new Variant(first.onlySubjectOf(name), second.onlySubjectOf(name), new PairedErrors());
  }
}
