package io.waip.cli.plan.shift;

import io.waip.api.plan.DeviceSupply;
import io.waip.api.resource.Forecast;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.input.UserError;
import io.waip.scheduler.plan.shift.ShiftProblem.Aim;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code waip plan} that ask for hours in which to do deferrable work. */
public final class ShiftOptions {
  @Option(
      names = "--shift",
      paramLabel = "FILE",
      description = "Say when to do deferrable jobs, of a CSV file (docs/shifting.md).")
  private @Nullable Path jobs;

  @Option(
      names = "--forecast",
      paramLabel = "FILE",
      description = "With --shift: price and carbon of energy by region and time, a CSV file.")
  private @Nullable Path forecast;

  @Option(
      names = "--busy",
      paramLabel = "FILE",
      description =
          "With --shift: devices that interactive work needs over time, a CSV file; those of the"
              + " plan without it.")
  private @Nullable Path busy;

  @Option(
      names = "--save",
      paramLabel = "AIM",
      defaultValue = "money",
      description = "With --shift: money or carbon (default: ${DEFAULT-VALUE}).")
  private String save = "money";

  /** Says whether deferrable work is asked for. */
  public boolean isWanted() {
    return jobs != null;
  }

  /**
   * Checks what was given together.
   *
   * @param isOther whether an option was given that makes something else
   * @throws UserError if the options contradict each other
   */
  public void check(boolean isOther) {
    aim();
    if (jobs == null && (forecast != null || busy != null)) {
      throw UserError.usage(
          "given without --shift", forecast == null ? "--busy" : "--forecast", "", "add --shift");
    }
    if (jobs != null && forecast == null) {
      throw UserError.usage(
          "given without --forecast", "--shift", "a forecast beside it", "add --forecast");
    }
    if (jobs != null && isOther) {
      throw UserError.usage(
          "given together with --capacity or --diff",
          "--shift",
          "one of them",
          "remove the others");
    }
  }

  private Aim aim() {
    try {
      return Aim.valueOf(save.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw UserError.usage("'" + save + "' is unknown", "--save", "money, carbon", "give one");
    }
  }

  /**
   * Reads the files.
   *
   * @param devices of the configuration
   * @throws UserError if one is not as it should be
   */
  public ShiftRun read(PlannerConfig config, List<DeviceSupply> devices) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    devices.forEach(device -> counts.put(device.name(), device.count()));
    Map<String, NavigableMap<Long, Double>> needed =
        busy == null ? Map.of() : ShiftFiles.needed(busy, counts);
    Path forecastFile = Objects.requireNonNull(forecast, "check() was not called");
    Map<String, Forecast> forecasts = ForecastReader.read(forecastFile);
    List<String> regions = devices.stream().map(DeviceSupply::region).toList();
    for (String region : forecasts.keySet()) {
      if (!regions.contains(region)) {
        throw new UserError(
            "no device is in region '" + region + "'",
            forecastFile.toString(),
            "regions of the configuration's devices",
            "correct the region here, or 'region' of a device in the configuration");
      }
    }
    ShiftFiles files =
        new ShiftFiles(
            ShiftFiles.jobs(
                Objects.requireNonNull(jobs, "isWanted() is false"), List.copyOf(counts.keySet())),
            forecasts,
            needed);
    return new ShiftRun(files, config, devices, aim());
  }

  /** Says whether the need of interactive work is given, and no plan is needed for it. */
  public boolean isNeedGiven() {
    return jobs != null && busy != null;
  }
}
