package io.waip.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static Document svg(Chart chart) throws Exception {
    String body = chart.body();
    String svg = body.substring(body.indexOf("<svg"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void aLineLeavesOutValuesThatAreMissing() throws Exception {
    Chart chart =
        new LineChart("Latency", "p99", "milliseconds", 0.5)
            .add(new Series("planner", 0, List.of(10.0, Double.NaN, 30.0)))
            .mark("objective", 100)
            .draw();
    Element line = elements(svg(chart), "polyline").getFirst();
    assertThat(line.getAttribute("points").split(" ", -1)).hasSize(2);
    assertThat(chart.body()).contains("milliseconds", "objective", "planner", ", s<");
  }

  @Test
  void higherValuesLieHigher() throws Exception {
    Chart chart =
        new LineChart("Goodput", "", "1/s", 1).add(new Series("a", 0, List.of(10.0, 20.0))).draw();
    String[] points =
        elements(svg(chart), "polyline").getFirst().getAttribute("points").split(" ", -1);
    double first = Double.parseDouble(points[0].split(",", -1)[1]);
    double second = Double.parseDouble(points[1].split(",", -1)[1]);
    assertThat(second).isLessThan(first);
  }

  @Test
  void barsAreAsHighAsTheirValues() throws Exception {
    Chart chart =
        new BarChart(
                "Batches",
                "",
                "size",
                "%",
                List.of("1", "2"),
                List.of(new Series("a", 0, List.of(25.0, 50.0))))
            .draw();
    List<Element> bars = elements(svg(chart), "rect");
    assertThat(number(bars.get(1), "height"))
        .isEqualTo(2 * number(bars.get(0), "height"), within(0.2));
  }

  @Test
  void partsOfAStackFollowOneAnother() throws Exception {
    Chart chart =
        new StackedBars("Outcomes", "", "%", List.of("planner"))
            .add(new Series("in time", 4, List.of(60.0)))
            .add(new Series("late", 5, List.of(40.0)))
            .draw();
    List<Element> parts = elements(svg(chart), "rect");
    double end = number(parts.get(0), "x") + number(parts.get(0), "width");
    assertThat(number(parts.get(1), "x")).isEqualTo(end, within(0.2));
  }

  @Test
  void thePageNeedsNoNetworkAndNoScript() {
    assertThat(HtmlReport.of(page("x")))
        .doesNotContain("http:", "https:", "//", "<script", "src=", "href=", "@import", "url(");
  }

  @Test
  void textIsEscaped() {
    assertThat(HtmlReport.of(page("a <b> & \"c\""))).contains("a &lt;b&gt; &amp; &quot;c&quot;");
  }

  @Test
  void thePageShowsCardsTablesAndFacts() {
    assertThat(HtmlReport.of(page("x")))
        .contains("<b>98 %</b>", "<th>arm</th>", "<td>planner</td>", "<dt>JDK</dt><dd>25</dd>");
  }

  @Test
  void thePageFollowsTheColourSchemeOfTheReader() {
    assertThat(HtmlReport.of(page("x"))).contains("prefers-color-scheme: dark");
  }

  @Test
  void thePageIsWellFormed() {
    assertThat(PageReader.of(HtmlReport.of(page("a < b & c > d \u0001 \ud800 \u0085"))).texts("p"))
        .containsExactly("a < b & c > d \ufffd \ufffd \ufffd");
  }

  @Test
  void everyChartHasItsFiguresAsATable() {
    Series series = new Series("a", 0, List.of(10.0, Double.NaN));
    List<String> places = List.of("x", "y");
    List<Chart> charts =
        List.of(
            new LineChart("line", "", "1/s", 1).add(series).draw(),
            new BarChart("bars", "", "place", "1/s", places, List.of(series)).draw(),
            new StackedBars("stack", "", "1/s", places)
                .add(new Series("a", 0, List.of(10.0, 0.0)))
                .draw());
    PageReader page = PageReader.of(HtmlReport.of(page("x", charts)));
    assertThat(page.table("line").get(1))
        .containsEntry("from, s", "1.0000")
        .containsEntry("a", "–");
    assertThat(page.table("bars").getFirst())
        .containsEntry("place", "x")
        .containsEntry("a", "10.00");
    assertThat(page.table("stack")).hasSize(2);
  }

  @Test
  void aMissingValueHasNoBar() throws Exception {
    List<Series> series = List.of(new Series("a", 0, List.of(Double.NaN, 50.0)));
    Chart chart = new BarChart("b", "", "x", "%", List.of("1", "2"), series).draw(100);
    assertThat(elements(svg(chart), "rect")).hasSize(1);
    assertThat(chart.body()).contains(">100</text>").doesNotContain("NaN");
  }

  @Test
  void aLongNameIsCutUnderItsBarsAndWholeInTheTable() {
    String name = "x".repeat(200);
    Chart chart =
        new BarChart("b", "", "x", "%", List.of(name), List.of(new Series("a", 0, List.of(1.0))))
            .draw();
    assertThat(chart.body()).contains("x…</text>");
    assertThat(chart.data().rows().getFirst().getFirst()).isEqualTo(name);
  }

  @Test
  void totalsStandAtTheEndsOfStacks() {
    Chart chart =
        new StackedBars("Loss", "", "1/s", List.of("a"))
            .add(new Series("late", 16, List.of(2.0)))
            .add(new Series("idle", 17, List.of(1.5)))
            .totals()
            .draw();
    assertThat(chart.body()).contains(">3.5</text>");
  }

  @Test
  void aNegativePartHasNoBar() throws Exception {
    Chart chart =
        new StackedBars("Loss", "", "1/s", List.of("a"))
            .add(new Series("late", 16, List.of(-2.0)))
            .add(new Series("idle", 17, List.of(1.5)))
            .draw();
    List<Element> parts = elements(svg(chart), "rect");
    assertThat(number(parts.getFirst(), "width")).isZero();
    assertThat(number(parts.get(1), "x")).isEqualTo(number(parts.getFirst(), "x"));
    assertThat(chart.data().rows().getFirst()).containsExactly("a", "-2.0000", "1.5000");
  }

  private static ReportPage page(String summary) {
    return page(summary, List.of());
  }

  private static ReportPage page(String summary, List<Chart> charts) {
    return new ReportPage(
        "Title",
        summary,
        List.of(new ReportPage.Card("98 %", "of the limit")),
        List.of(new ReportPage.Table("Arms", List.of("arm"), List.of(List.of("planner")), false)),
        List.of(new ReportPage.Section("", "", charts)),
        List.of(new ReportPage.Fact("JDK", "25")));
  }
}
