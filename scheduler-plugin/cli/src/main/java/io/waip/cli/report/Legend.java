package io.waip.cli.report;

import java.util.List;

/** Says which colour or line stands for what. */
final class Legend {
  private Legend() {}

  /** Returns a legend of filled areas. */
  static String areas(List<Series> series) {
    StringBuilder entries = new StringBuilder();
    for (Series each : series) {
      entries.append(entry("<i class=\"c" + each.color() + "\"></i>", each.name()));
    }
    return of(entries);
  }

  /** Returns a legend of lines. */
  static String lines(List<Curve> curves) {
    StringBuilder entries = new StringBuilder();
    for (Curve curve : curves) {
      String key =
          "<svg class=\"key\" viewBox=\"0 0 30 10\" aria-hidden=\"true\">"
              + "<polyline class=\"line l%d\" points=\"1,5 29,5\"/></svg>";
      entries.append(entry(Texts.format(key, curve.color()), curve.name()));
    }
    return of(entries);
  }

  /** Returns one entry: a key as HTML, and what it stands for. */
  static String entry(String key, String text) {
    return "<span>" + key + Svg.escape(text) + "</span>";
  }

  static String of(CharSequence entries) {
    return entries.isEmpty() ? "" : "<p class=\"legend\">" + entries + "</p>";
  }
}
