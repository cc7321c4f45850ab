package io.waip.cli.report;

/**
 * A drawing with a heading, and its figures as a table for those who cannot or would not read them
 * off.
 *
 * @param note one line under the heading: what is shown, in which unit
 * @param body HTML: legend and SVG
 * @param data the figures drawn
 */
public record Chart(String title, String note, String body, ReportPage.Table data) {}
