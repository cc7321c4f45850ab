package io.waip.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class HeatMapTest {
  /** Two steps of 5 s, three classes. */
  private static Chart chart() {
    HeatMap map =
        new HeatMap(
            8,
            "requests in a batch",
            List.of("1", "2", "3"),
            10,
            List.of(List.of(1.0, 0.0, 0.0), List.of(0.01, 0.3, 0.0)));
    return map.draw("Batch sizes", "Share of the workers' time.");
  }

  private static List<Element> paths() {
    return PageReader.of("<div>" + chart().body() + "</div>").elements("path");
  }

  @Test
  void aLargerShareIsLessTransparent() {
    assertThat(paths().stream().map(path -> path.getAttribute("fill-opacity")))
        .containsExactly("0.14", "0.80", "1.00");
  }

  @Test
  void stepsGoRightAndClassesUp() {
    // 640 - 76 - 12 wide, 262 - 8 - 44 high: cells of 276 by 70.
    assertThat(paths().stream().map(path -> path.getAttribute("d")))
        .containsExactly(
            "M352.0 148.0h276.0v70.0h-276.0z",
            "M352.0 78.0h276.0v70.0h-276.0z",
            "M76.0 148.0h276.0v70.0h-276.0z");
  }

  @Test
  void theFiguresAreThoseOfTheCells() {
    assertThat(chart().data().heads()).containsExactly("from, s", "1", "2", "3");
    assertThat(chart().data().rows().get(1)).containsExactly("5.0000", "1.0 %", "30.0 %", "");
  }

  @Test
  void theLegendSaysWhatTheShadesMean() {
    assertThat(chart().body()).contains("0–2 %", "25–50 %", "50–100 %", "requests in a batch");
  }
}
