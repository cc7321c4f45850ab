package io.waip.cli.demo;

import io.waip.api.Tier;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.input.UserError;
import io.waip.cli.report.HtmlReport;
import io.waip.cli.report.ReportPage;
import io.waip.cli.report.Texts;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.runtime.OutputFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files a run leaves: the report, the figures, and the arrivals beside the figures. */
final class ReportFiles {
  private static final String JSON_ENDING = ".json";

  private final OutputFile report;
  private final JsonOutput json;

  ReportFiles(Path report, JsonOutput json) {
    this.report = new OutputFile("--report", report);
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
    return report.write(HtmlReport.of(page));
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
    new OutputFile("--json", figures.resolveSibling(stem + ".arrivals.csv")).write(csv);
    return stem + ".arrivals.csv";
  }
}
