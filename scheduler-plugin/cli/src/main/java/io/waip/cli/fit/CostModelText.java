package io.waip.cli.fit;

import com.google.protobuf.TextFormat;
import io.waip.api.v1.CostModel;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a cost model: protobuf text format, so that people and diffs can read it. */
final class CostModelText {
  private static final String HEAD = "# A cost model of 'waip fit'; see docs/cost-models.md.\n";

  private CostModelText() {}

  static String of(CostModel model) {
    return HEAD + TextFormat.printer().printToString(model);
  }

  /**
   * Reads a model.
   *
   * @throws UserError if the file cannot be read or holds no cost model
   */
  static CostModel read(Path file) {
    try {
      return TextFormat.parse(Files.readString(file), CostModel.class);
    } catch (TextFormat.ParseException e) {
      throw problem(file, "no cost model: " + e.getMessage());
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  static UserError problem(Path file, String what) {
    return new UserError(
        what, file.toString(), "a file that 'waip fit --output' wrote", "fit it again");
  }
}
