package io.waip.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waip.api.cost.CostPoint;
import io.waip.cli.report.HtmlReport;
import io.waip.cli.runtime.ProgressLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOutputTest {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final DemoResult result = new Results().build();
  private final List<Bar> bars = Bars.of(result);

  @Test
  void theFiguresHoldEveryKeyOthersRelyOn() {
    JsonNode json = MAPPER.valueToTree(Figures.of(result, bars, "out.arrivals.csv"));
    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "requests",
            "load",
            "slo_ms",
            "capacity_rps",
            "offered_rps",
            "limit_rps",
            "planned",
            "triton_version",
            "stock",
            "tuned",
            "baseline",
            "baseline_best_variant",
            "fp32_only",
            "cost_curve",
            "arrivals_file",
            "bars",
            "machine");
    assertThat(json.path("triton_version").asText()).isEqualTo("2.51.0");
    assertThat(json.path("tuned")).isEqualTo(json.path("baseline"));
    for (String arm : List.of("planned", "stock", "tuned", "baseline_best_variant", "fp32_only")) {
      assertThat(json.path(arm).fieldNames())
          .toIterable()
          .contains(
              "goodput_rps",
              "slo_attainment",
              "p50_ms",
              "p99_ms",
              "shed",
              "errors",
              "lost",
              "duplicated",
              "interactive_attainment",
              "offline_rps");
    }
    assertThat(json.path("baseline").path("settings").path("max_batch_size").asInt()).isEqualTo(8);
    assertThat(json.path("baseline").path("tuning").path("configurations").asInt()).isEqualTo(1440);
    assertThat(json.path("planned").has("settings")).isFalse();
  }

  @Test
  void theFiguresAreThoseOfTheRun() {
    JsonNode json = MAPPER.valueToTree(Figures.of(result, bars, "a"));
    assertThat(json.path("planned").path("goodput_rps").asDouble()).isEqualTo(90);
    assertThat(json.path("planned").path("p50_ms").asDouble()).isEqualTo(7);
    assertThat(json.path("requests").asInt()).isEqualTo(100);
    assertThat(json.path("cost_curve").path(0).path("median_ms").asDouble()).isEqualTo(2.5);
    assertThat(json.path("bars").path(0).path("limited_by").asText()).isEmpty();
  }

  @Test
  void theTableShowsEveryArmAndBar() {
    String table = ResultTable.of(result, bars);
    assertThat(table).contains("the planned", "the baseline", "2.25x", "90.0%");
    assertThat(table.lines().filter(line -> line.startsWith("met"))).hasSize(bars.size());
  }

  @Test
  void theReportShowsEveryPlot() {
    assertThat(HtmlReport.of(DemoReport.of(result, bars)))
        .contains(
            "Distance to the limit",
            "Goodput over time",
            "Latency of interactive requests over time",
            "Outcomes",
            "Batch sizes",
            "Padding",
            "Variants",
            "Attainment by length",
            "abc123")
        .doesNotContain("NaN");
  }

  @Test
  void aTerminalGetsOneLineThatRewritesItself() {
    StringWriter text = new StringWriter();
    ProgressLine progress = new ProgressLine(new PrintWriter(text), true);
    progress.update("planned", "1 s");
    progress.update("planned", "2 s");
    progress.done("planned", "done");
    assertThat(text.toString())
        .containsOnlyOnce("\n")
        .contains("\r")
        .endsWith(System.lineSeparator());
  }

  @Test
  void elsewhereProgressIsALineNowAndThen() {
    StringWriter text = new StringWriter();
    ProgressLine progress = new ProgressLine(new PrintWriter(text), false);
    progress.update("planned", "1 s");
    progress.update("planned", "2 s");
    progress.done("planned", "done");
    assertThat(text.toString().lines()).hasSize(2);
    assertThat(text.toString()).doesNotContain("\r");
  }

  @Test
  void theLowerMedianOfTwoMeasurementsIsKept() {
    List<CostPoint> before =
        List.of(new CostPoint(0, 1, 4, 200, 3), new CostPoint(0, 2, 4, 300, 3));
    List<CostPoint> after = List.of(new CostPoint(0, 1, 4, 100, 9), new CostPoint(0, 2, 4, 400, 9));
    assertThat(CurveMerge.lower(before, after))
        .containsExactly(new CostPoint(0, 1, 4, 100, 9), new CostPoint(0, 2, 4, 300, 3));
  }

  @Test
  void aBusyMachineIsWarnedOf() {
    // The sender of the fixture is never late, and every arm ran at the same speed.
    assertThat(Warnings.of(result)).isEmpty();
  }
}
