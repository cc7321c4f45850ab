package io.waip.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class XyChartTest {
  private static final ReportPage.Table DATA =
      new ReportPage.Table("t", List.of("x"), List.of(List.of("1")), false);

  private static XyChart chart() {
    return new XyChart(
        "Goodput", "", new LinearScale(0, 10), new XyChart.Axes("load", "requests per second"));
  }

  private static Curve curve(boolean hasDots, Curve.Point... points) {
    return new Curve("waip", 8, List.of(points), hasDots);
  }

  private static PageReader read(Chart chart) {
    return PageReader.of("<div>" + chart.body() + "</div>");
  }

  private static List<double[]> points(Element polyline) {
    return Arrays.stream(polyline.getAttribute("points").split(" ", -1))
        .map(pair -> Arrays.stream(pair.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  @Test
  void pointsLieWhereTheirValuesAre() {
    Curve curve =
        curve(false, new Curve.Point(0, 0), new Curve.Point(5, 50), new Curve.Point(10, 100));
    List<double[]> points =
        points(read(chart().add(curve).draw(0, DATA)).elements("polyline").get(1));
    assertThat(points.get(1)[0]).isEqualTo((points.get(0)[0] + points.get(2)[0]) / 2);
    assertThat(points.get(1)[1]).isEqualTo((points.get(0)[1] + points.get(2)[1]) / 2);
    assertThat(points.get(2)[1]).isLessThan(points.get(0)[1]);
  }

  @Test
  void aSinglePointIsADot() {
    PageReader page = read(chart().add(curve(true, new Curve.Point(5, 50))).draw(0, DATA));
    assertThat(page.elements("circle")).hasSize(1);
    assertThat(page.elements("polyline")).as("the key of the legend alone").hasSize(1);
  }

  @Test
  void axesAreLabelledWithUnits() {
    assertThat(read(chart().mark("this run", 5).draw(100, DATA)).texts("text"))
        .contains("load", "requests per second", "this run", "100");
  }

  @Test
  void theAreaBetweenTwoCurvesIsShaded() {
    Curve lower = curve(false, new Curve.Point(0, 10), new Curve.Point(10, 20));
    Curve upper = curve(false, new Curve.Point(0, 30), new Curve.Point(10, 40));
    Element band =
        read(chart().shade(lower, upper).add(upper).draw(0, DATA)).elements("polygon").getFirst();
    assertThat(points(band)).hasSize(4);
  }
}
