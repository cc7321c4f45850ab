package io.waip.cli.demo;

import io.waip.api.Tier;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.input.UserError;
import io.waip.cli.report.ReportFile;
import io.waip.cli.report.ReportPage;
import io.waip.cli.report.Texts;
import io.waip.cli.runtime.JsonOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files a run leaves: the report, the figures, and the arrivals beside the figures. */
final class ReportFiles {
  private static final String JSON_ENDING = ".json";

  private final ReportFile report;
  private final JsonOutput json;

  ReportFiles(Path report, JsonOutput json) {
    this.report = new ReportFile(report);
    this.json = json;
  }

  /**
   * Checks that the report can be written.
   *
   * @throws UserError if it cannot
   */
  void check() {
    report.check();
  }

  /** Writes the report and returns its path. */
  Path writeReport(ReportPage page) {
    return report.write(page);
  }

  /** Writes the figures; does nothing where none are wanted. */
  void writeFigures(Object figures) {
    json.write(figures);
  }

  /**
   * Writes the arrivals beside the figures: intended send time, length and tier of each request.
   *
   * @return the file's name, or empty where no figures are wanted
   */
  String writeArrivals(TextLoad load) {
    Path figures = json.file().orElse(null);
    if (figures == null || (Files.exists(figures) && !Files.isRegularFile(figures))) {
      return "";
    }
    StringBuilder csv = new StringBuilder("arrival_ms,length,tier\n");
    for (int i = 0; i < load.size(); i++) {
      csv.append(
          Texts.format(
              "%.6f,%d,%s%n",
              load.arrivalNanos(i) / 1e6,
              load.length(i),
              load.tier(i) == Tier.OFFLINE ? "offline" : "interactive"));
    }
    String name = String.valueOf(figures.getFileName());
    String stem =
        name.endsWith(JSON_ENDING) ? name.substring(0, name.length() - JSON_ENDING.length()) : name;
    Path file = figures.resolveSibling(stem + ".arrivals.csv");
    try {
      Files.writeString(file, csv);
    } catch (IOException e) {
      throw new UserError(
          "cannot write " + file + ": " + e,
          "--json",
          "a file in an existing, writable folder",
          "create the folder or name another file");
    }
    return String.valueOf(file.getFileName());
  }
}
