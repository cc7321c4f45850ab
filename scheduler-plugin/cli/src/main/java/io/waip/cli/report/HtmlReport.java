package io.waip.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes a page as one HTML file that needs nothing else and is well-formed XML. */
public final class HtmlReport {
  private static final String STYLE = "report.css";

  /** Nothing is loaded, whatever a name in the data may say. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final StringBuilder html = new StringBuilder();

  private HtmlReport() {}

  /** Returns the page as HTML. */
  public static String of(ReportPage page) {
    return new HtmlReport().write(page);
  }

  private String write(ReportPage page) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\"/>")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
        .append("<meta name=\"color-scheme\" content=\"light dark\"/>")
        .append("<title>" + Svg.escape(page.title()) + "</title><style>")
        .append(style())
        .append("</style></head><body><main>");
    element("h1", page.title());
    element("p", page.summary());
    html.append("<div class=\"cards\">");
    page.cards().forEach(this::card);
    html.append("</div>");
    for (ReportPage.Table table : page.tables()) {
      element("h2", table.title());
      table(table);
    }
    page.sections().forEach(this::section);
    element("h2", "How it was measured");
    html.append("<dl>");
    for (ReportPage.Fact fact : page.facts()) {
      element("dt", fact.name());
      element("dd", fact.value());
    }
    return html.append("</dl></main></body></html>\n").toString();
  }

  private void card(ReportPage.Card card) {
    html.append("<div class=\"card\">");
    element("b", card.value());
    element("span", card.label());
    html.append("</div>");
  }

  private void table(ReportPage.Table table) {
    html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(Svg.escape(table.title()))
        .append("\"><table class=\"" + (table.endsWithText() ? "last" : "") + "\"><thead><tr>");
    table.heads().forEach(head -> element("th", head));
    html.append("</tr></thead><tbody>");
    for (var row : table.rows()) {
      html.append("<tr>");
      row.forEach(cell -> element("td", cell));
      html.append("</tr>");
    }
    html.append("</tbody></table></div>");
  }

  private void section(ReportPage.Section section) {
    if (!section.title().isEmpty()) {
      element("h2", section.title());
    }
    if (!section.note().isEmpty()) {
      element("p", section.note());
    }
    html.append("<div class=\"charts\">");
    section.charts().forEach(this::chart);
    html.append("</div>");
  }

  private void chart(Chart chart) {
    html.append("<figure>");
    element("h3", chart.title());
    element("p", chart.note());
    html.append("<div class=\"plot\">").append(chart.body()).append("</div>");
    if (!chart.data().rows().isEmpty()) {
      html.append("<details><summary>Figures</summary>");
      table(chart.data());
      html.append("</details>");
    }
    html.append("</figure>");
  }

  private void element(String tag, String text) {
    html.append('<').append(tag).append('>').append(Svg.escape(text));
    html.append("</").append(tag).append('>');
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks its resource " + STYLE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
