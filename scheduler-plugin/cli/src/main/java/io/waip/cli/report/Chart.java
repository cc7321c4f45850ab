package io.waip.cli.report;

/**
 * A drawing with a heading.
 *
 * @param note one line under the heading: what is shown, in which unit
 * @param body HTML: legend and SVG
 */
public record Chart(String title, String note, String body) {}
