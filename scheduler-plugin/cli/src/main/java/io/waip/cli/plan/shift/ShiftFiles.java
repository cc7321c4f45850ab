package io.waip.cli.plan.shift;

import io.waip.api.resource.Forecast;
import io.waip.cli.input.UserError;
import io.waip.scheduler.plan.shift.DeferrableJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code waip plan --shift} reads besides the configuration.
 *
 * @param jobs at least one, ids distinct
 * @param forecasts by region
 * @param needed devices that interactive work needs, by device and the time from which on; empty
 *     where that is taken from the plan
 */
record ShiftFiles(
    List<DeferrableJob> jobs,
    Map<String, Forecast> forecasts,
    Map<String, NavigableMap<Long, Double>> needed) {
  private static final int MOST_DEVICES = 4096;
  private static final List<String> JOB =
      List.of("id", "release", "deadline", "device_seconds", "interruptible", "devices");
  private static final List<String> JOB_OPTIONAL = List.of("on", "watts");
  private static final List<String> BUSY = List.of("start", "device", "devices");

  /**
   * Reads jobs.
   *
   * @param known names of the configuration's devices
   * @throws UserError if the file is not as it should be
   */
  static List<DeferrableJob> jobs(Path file, List<String> known) {
    List<DeferrableJob> jobs = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Sheet.Row row : Sheet.read(file, JOB, JOB_OPTIONAL).rows()) {
      String id = row.name("id");
      if (!ids.add(id)) {
        throw row.error("job '" + id + "' is given twice", "ids distinct", "rename one of them");
      }
      long release = row.time("release");
      long deadline = row.time("deadline");
      if (deadline <= release) {
        throw row.bad("deadline", "a time after the release");
      }
      jobs.add(
          new DeferrableJob(
              id,
              release,
              deadline,
              row.number("device_seconds", 1, 1e12),
              row.flag("interruptible"),
              row.whole("devices", 1, MOST_DEVICES),
              on(row, known),
              row.optional("watts")));
    }
    return jobs;
  }

  private static List<String> on(Sheet.Row row, List<String> known) {
    if (row.text("on").isEmpty()) {
      return known;
    }
    List<String> names = List.of(row.text("on").split("\\|", -1));
    if (!known.containsAll(names) || new HashSet<>(names).size() < names.size()) {
      throw row.bad(
          "on",
          "devices of the configuration, each once, with '|' between them: "
              + String.join(", ", known));
    }
    return names;
  }

  /**
   * Reads the devices that interactive work needs; a row holds until the next one of its device.
   *
   * @param counts devices of the configuration by name
   * @throws UserError if the file is not as it should be
   */
  static Map<String, NavigableMap<Long, Double>> needed(Path file, Map<String, Integer> counts) {
    Map<String, NavigableMap<Long, Double>> needed = new HashMap<>();
    for (Sheet.Row row : Sheet.read(file, BUSY, List.of()).rows()) {
      Integer count = counts.get(row.text("device"));
      if (count == null) {
        throw row.bad("device", String.join(", ", counts.keySet()));
      }
      double devices = row.number("devices", 0, count);
      NavigableMap<Long, Double> own =
          needed.computeIfAbsent(row.text("device"), name -> new TreeMap<>());
      if (own.put(row.time("start"), devices) != null) {
        throw row.error("this time of the device is given twice", "once", "remove one of them");
      }
    }
    return needed;
  }
}
