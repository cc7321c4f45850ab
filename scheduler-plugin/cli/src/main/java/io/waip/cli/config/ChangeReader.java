package io.waip.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how plans take each other's place. Stateless. */
final class ChangeReader {
  private static final double LEAST_TOLERANCE = 0.01;
  private static final double MOST_TOLERANCE = 0.9;
  private static final double LEAST_CANARY = 0.05;
  private static final double MOST_CANARY = 0.5;
  private static final int MOST_CHANGES = 3600;

  private ChangeReader() {}

  static ChangeSettings read(Map<String, ConfigNode> planner) {
    ConfigNode changes = planner.get("changes_per_hour");
    ConfigNode tolerance = planner.get("tolerance");
    return new ChangeSettings(
        changes == null
            ? ChangeSettings.DEFAULT.changesPerHour()
            : (int) Scalars.integer(changes, 1, MOST_CHANGES),
        tolerance == null
            ? ChangeSettings.DEFAULT.tolerance()
            : Scalars.share(tolerance, LEAST_TOLERANCE, MOST_TOLERANCE),
        canary(planner.get("canary")),
        Optional.ofNullable(planner.get("state_file")).map(ChangeReader::file));
  }

  private static double canary(@Nullable ConfigNode node) {
    if (node == null) {
      return ChangeSettings.DEFAULT.canaryShare();
    }
    double share = Scalars.share(node, LEAST_CANARY, 1);
    if (share > MOST_CANARY && share < 1) {
      throw node.invalid("is out of range");
    }
    return share;
  }

  private static Path file(ConfigNode node) {
    Path file = node.path();
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw node.invalid("is in no existing folder");
    }
    return file;
  }
}
