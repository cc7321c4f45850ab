package io.waip.cli.report;

import java.util.List;

/**
 * What a report says, ready to be written.
 *
 * @param title heading of the page
 * @param summary one or two sentences under it
 * @param cards key figures
 * @param tables below the cards
 * @param sections below the tables
 * @param facts how it was measured: name and value
 */
public record ReportPage(
    String title,
    String summary,
    List<Card> cards,
    List<Table> tables,
    List<Section> sections,
    List<Fact> facts) {
  /** Copies the lists. */
  public ReportPage {
    cards = List.copyOf(cards);
    tables = List.copyOf(tables);
    sections = List.copyOf(sections);
    facts = List.copyOf(facts);
  }

  /**
   * Charts that belong together.
   *
   * @param title empty where they need none
   * @param note what to read in them; empty where that is plain
   */
  public record Section(String title, String note, List<Chart> charts) {
    /** Copies the list. */
    public Section {
      charts = List.copyOf(charts);
    }
  }

  /** A figure in large print. */
  public record Card(String value, String label) {}

  /** A name and its value. */
  public record Fact(String name, String value) {}

  /**
   * A table.
   *
   * @param rows cells of each row, as many as there are heads
   * @param endsWithText whether the last column holds words, not figures
   */
  public record Table(
      String title, List<String> heads, List<List<String>> rows, boolean endsWithText) {
    /** Copies the lists. */
    public Table {
      heads = List.copyOf(heads);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }
}
