package io.waip.cli.plan.shift;

import io.waip.api.resource.EnergyTerms;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Forecast;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads a forecast of energy from a CSV file: a row for each region and slot, those of a region in
 * order and without gaps. An empty field is unknown.
 */
final class ForecastReader {
  private static final List<String> REQUIRED = List.of("start", "region");
  private static final List<String> OPTIONAL = List.of("grams_per_kwh", "money_per_kwh");

  private ForecastReader() {}

  /**
   * Returns the forecasts by region.
   *
   * @throws io.waip.cli.input.UserError if the file is not as it should be
   */
  static Map<String, Forecast> read(Path file) {
    Sheet sheet = Sheet.read(file, REQUIRED, OPTIONAL);
    Map<String, List<Sheet.Row>> byRegion = new LinkedHashMap<>();
    for (Sheet.Row row : sheet.rows()) {
      byRegion.computeIfAbsent(row.name("region"), name -> new ArrayList<>()).add(row);
    }
    Map<String, Forecast> forecasts = new LinkedHashMap<>();
    byRegion.forEach((region, rows) ->
        forecasts.put(region, forecast(region, rows, String.valueOf(file.getFileName()))));
    return forecasts;
  }

  private static Forecast forecast(String region, List<Sheet.Row> rows, String source) {
    if (rows.size() < 2) {
      throw rows.getFirst()
          .error(
              "region '" + region + "' has one slot, of unknown length",
              "at least two rows of a region",
              "add the row that follows");
    }
    long start = rows.getFirst().time("start");
    long slot = rows.get(1).time("start") - start;
    List<EnergyTerms> terms = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      Sheet.Row row = rows.get(r);
      if (slot <= 0 || row.time("start") != start + r * slot) {
        String next =
            slot <= 0 ? "a later time" : Instant.ofEpochSecond(start + r * slot).toString();
        throw row.bad("start", next + ", as slots of a region have one length and no gaps");
      }
      String where = region + " at " + row.text("start");
      terms.add(
          new EnergyTerms(
              figure(row.optional("money_per_kwh"), "money per kWh of " + where, source),
              figure(row.optional("grams_per_kwh"), "grams per kWh of " + where, source)));
    }
    return new Forecast(region, Instant.ofEpochSecond(start), Duration.ofSeconds(slot), terms);
  }

  private static Figure figure(OptionalDouble value, String what, String source) {
    return value.isPresent() ? Figure.of(value.getAsDouble(), 1, source) : Figure.unknown(what);
  }
}
