package io.waip.cli.replay.page;

import io.waip.api.Tier;
import io.waip.cli.report.BarChart;
import io.waip.cli.report.Chart;
import io.waip.cli.report.ReportPage;
import io.waip.replay.PolicyRun;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Who was served: attainment by group of requests, so that shedding the hard ones shows. */
final class ServiceCharts {
  static final int MOST_TENANTS = 10;
  private static final int FIFTHS = 5;
  private static final String Y_LABEL = "% of offered requests";

  private final View view;
  private final Workload workload;

  private ServiceCharts(View view) {
    this.view = view;
    workload = view.report().replay().workload();
  }

  static ReportPage.Section of(View view) {
    ServiceCharts charts = new ServiceCharts(view);
    List<Chart> groups =
        new ArrayList<>(List.of(charts.lengths(), charts.tenants(), charts.tiers()));
    List<String> services = view.report().replay().services();
    if (services.size() > 1) {
      groups.add(charts.services(services));
    }
    return new ReportPage.Section(
        "Who was served",
        "Requests answered in time, of all that were offered by or for each group.",
        groups);
  }

  private Chart lengths() {
    String title = "Attainment by length";
    int n = workload.size();
    int[] sorted = IntStream.range(0, n).map(workload::length).sorted().toArray();
    if (sorted[0] == sorted[n - 1]) {
      return words(title, "All requests count as equally long.");
    }
    List<String> fifths = new ArrayList<>();
    for (int fifth = 0; fifth < FIFTHS; fifth++) {
      int from = n * fifth / FIFTHS;
      int to = n * (fifth + 1) / FIFTHS;
      fifths.add(from == to ? "–" : sorted[from] + "–" + sorted[to - 1]);
    }
    return new BarChart(
            title,
            "Fifths of the requests, from the shortest to the longest.",
            "length",
            Y_LABEL,
            fifths,
            view.series(
                run -> run.attainmentByLengthFifth().stream().map(share -> 100 * share).toList()))
        .draw(100);
  }

  private Chart tenants() {
    String title = "Attainment by tenant";
    List<String> names = view.report().replay().tenants();
    int[] offered = counts(names.size(), workload::tenant);
    List<Integer> present =
        IntStream.range(0, names.size()).filter(tenant -> offered[tenant] > 0).boxed().toList();
    if (present.size() < 2) {
      return words(title, "All requests are of one tenant, " + names.get(present.getFirst()) + ".");
    }
    List<Integer> largest =
        present.stream()
            .sorted(Comparator.comparingInt((Integer tenant) -> -offered[tenant]))
            .limit(MOST_TENANTS)
            .toList();
    int[] groups = new int[names.size()];
    Arrays.fill(groups, largest.size());
    for (int g = 0; g < largest.size(); g++) {
      groups[largest.get(g)] = g;
    }
    List<String> labels = new ArrayList<>(largest.stream().map(names::get).toList());
    int others = present.size() - largest.size();
    if (others > 0) {
      labels.add(others + " others");
    }
    return bars(
        title,
        others > 0
            ? "The tenants with the most requests, and all others together."
            : "The tenant with the most requests first.",
        "tenant",
        labels,
        i -> groups[workload.tenant(i)]);
  }

  private Chart tiers() {
    String title = "Attainment by tier";
    int[] offered = counts(Tier.values().length, i -> workload.tier(i).ordinal());
    List<Tier> present =
        Arrays.stream(Tier.values()).filter(tier -> offered[tier.ordinal()] > 0).toList();
    if (present.size() < 2) {
      return words(title, "All requests are " + name(present.getFirst()) + ".");
    }
    return bars(
        title,
        "An offline request without a deadline counts when answered within the window.",
        "tier",
        present.stream().map(ServiceCharts::name).toList(),
        i -> present.indexOf(workload.tier(i)));
  }

  private Chart services(List<String> names) {
    return bars(
        "Attainment by service",
        "Each service by its own objective.",
        "service",
        names,
        workload::service);
  }

  private static String name(Tier tier) {
    return tier.name().toLowerCase(Locale.ROOT);
  }

  private int[] counts(int groups, IntUnaryOperator groupOf) {
    int[] counts = new int[groups];
    for (int i = 0; i < workload.size(); i++) {
      counts[groupOf.applyAsInt(i)]++;
    }
    return counts;
  }

  private Chart bars(
      String title, String note, String axis, List<String> groups, IntUnaryOperator groupOf) {
    return new BarChart(
            title,
            note,
            axis,
            Y_LABEL,
            groups,
            view.series(run -> percents(run, groups.size(), groupOf)))
        .draw(100);
  }

  /** Returns the attainment of each group, in percent. */
  private List<Double> percents(PolicyRun run, int groups, IntUnaryOperator groupOf) {
    int[] offered = counts(groups, groupOf);
    int[] good = new int[groups];
    for (int i = 0; i < workload.size(); i++) {
      good[groupOf.applyAsInt(i)] += run.isGood(i) ? 1 : 0;
    }
    return IntStream.range(0, groups).mapToObj(g -> 100.0 * good[g] / offered[g]).toList();
  }

  /** Returns a place for a chart that would show nothing. */
  private static Chart words(String title, String text) {
    return new Chart(title, text, "", new ReportPage.Table(title, List.of(), List.of(), false));
  }
}
