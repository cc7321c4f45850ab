package io.waip.cli.replay;

import io.waip.replay.DriftAlarm;
import io.waip.replay.DriftFindings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code --watch} found, as keys of the JSON and as lines of the table. */
final class DriftFigures {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_HOUR = 3600e9;

  private DriftFigures() {}

  /** Returns the value of the key {@code drift}: null where nothing watched. */
  static @Nullable Map<String, @Nullable Object> of(
      @Nullable DriftFindings findings, long windowNanos) {
    if (findings == null) {
      return null;
    }
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("batches", findings.batches());
    figures.put("coverage_p99", orNull(findings.coverageP99()));
    figures.put("bound_p99_median_width", orNull(findings.boundMedianWidth()));
    figures.put("alarms_per_hour", findings.alarms().size() * NANOS_PER_HOUR / windowNanos);
    figures.put("alarms", findings.alarms().stream().map(DriftFigures::alarm).toList());
    return figures;
  }

  private static Map<String, Object> alarm(DriftAlarm alarm) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("time_s", alarm.nanos() / NANOS_PER_SECOND);
    figures.put("signal", lower(alarm.signal()));
    figures.put("subject", alarm.subject());
    figures.put("change", lower(alarm.change()));
    return figures;
  }

  /** Returns one line on the bound and one for each stream that drifted, with its first alarm. */
  static List<String> lines(DriftFindings findings) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  drift: %s of %d batches within their p99 bound, %s above the prediction; %s",
            percent(findings.coverageP99()),
            findings.batches(),
            percent(findings.boundMedianWidth()),
            count(findings.alarms())));
    Map<String, List<DriftAlarm>> byStream = new TreeMap<>();
    for (DriftAlarm alarm : findings.alarms()) {
      String stream =
          "%s %s %s".formatted(lower(alarm.signal()), alarm.subject(), lower(alarm.change()));
      byStream.computeIfAbsent(stream.replace("  ", " "), name -> new ArrayList<>()).add(alarm);
    }
    byStream.forEach((stream, alarms) -> lines.add(line(stream, alarms)));
    return lines;
  }

  private static String line(String stream, List<DriftAlarm> alarms) {
    double seconds = alarms.getFirst().nanos() / NANOS_PER_SECOND;
    String more = alarms.size() == 1 ? "" : ", " + count(alarms);
    return String.format(Locale.ROOT, "    %s at %.2f s%s", stream, seconds, more);
  }

  private static String count(List<DriftAlarm> alarms) {
    return alarms.size() == 1 ? "1 alarm" : alarms.size() + " alarms";
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share.getAsDouble());
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double orNull(OptionalDouble figure) {
    return figure.isEmpty() ? null : figure.getAsDouble();
  }
}
