package io.waip.cli.plan.shift;

import io.waip.cli.report.Texts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a plan for deferrable work. */
final class ShiftTable {
  private final PrintWriter out;

  ShiftTable(PrintWriter out) {
    this.out = out;
  }

  void print(ShiftFigures figures) {
    line(
        "%-24s %-12s %9s %9s %7s %8s %8s %8s",
        "from", "device", "money/kWh", "g/kWh", "spare", "planned", "watts", "cap");
    for (ShiftFigures.Slot slot : figures.slots()) {
      line(
          "%-24s %-12s %9s %9s %7s %8.2f %8s %8s",
          slot.start(),
          slot.device(),
          figure(slot.moneyPerKwh(), "%.4g"),
          figure(slot.gramsPerKwh(), "%.4g"),
          Texts.format("%.4g", slot.spareDevices()),
          slot.plannedDevices(),
          figure(slot.watts(), "%.0f"),
          figure(figures.capWatts(), "%.0f"));
    }
    out.println();
    figures
        .work()
        .forEach(work ->
            line(
                "work      %s on %.2f x %s, %s to %s",
                work.job(), work.devices(), work.device(), work.start(), work.end()));
    figures.undone().forEach(each -> line("undone    %s: %s", each.job(), remedies(each)));
    out.println();
    line("%-10s %10s %12s %12s %10s %6s", "", "kWh", "money", "g CO2e", "peak W", "late");
    totals("at once", figures.atOnce());
    totals("shifted", figures.shifted());
    figures
        .savedShare()
        .ifPresent(share -> line("saves     %.1f %% of %s", 100 * share, figures.save()));
    if (figures.capWatts() != null) {
      line(
          "at once without the cap: %s W at most",
          figure(figures.atOncePeakWattsWithoutCap(), "%.0f"));
    }
    figures.shifted().missing().forEach(each -> line("unknown   %s", each));
    out.flush();
  }

  private static String remedies(ShiftFigures.Undone undone) {
    List<String> remedies = new ArrayList<>();
    if (undone.enoughDeadline() != null) {
      remedies.add("fits until " + undone.enoughDeadline());
    }
    if (undone.enoughWatts() != null) {
      remedies.add(Texts.format("fits under a cap of %.0f W", undone.enoughWatts()));
    }
    if (undone.fitsInterrupted()) {
      remedies.add("fits if it may be interrupted");
    }
    if (undone.fitsDeviceSeconds() > 0) {
      remedies.add(Texts.format("%.0f device-seconds of it fit", undone.fitsDeviceSeconds()));
    }
    return remedies.isEmpty() ? "nothing alone helps" : String.join("; ", remedies);
  }

  private void totals(String name, ShiftFigures.Totals totals) {
    line(
        "%-10s %10s %12s %12s %10s %6d",
        name,
        figure(totals.kwh(), "%.3f"),
        figure(totals.money(), "%.4f"),
        figure(totals.grams(), "%.1f"),
        figure(totals.peakWatts(), "%.0f"),
        totals.lateJobs());
  }

  private static String figure(@Nullable Double value, String format) {
    return value == null ? "-" : Texts.format(format, value);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  private void line(String format, @Nullable Object... values) {
    out.println(Texts.format(format, values));
  }
}
