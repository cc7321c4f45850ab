package io.waip.cost.device;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.resource.DeviceCatalogue;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Precision;
import io.waip.cost.csv.CsvRow;
import io.waip.cost.csv.CsvTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Devices from a table: {@code device}, {@code also} (another name, or empty), {@code memory_gb}
 * (10^9 bytes), {@code memory_gb_per_s}, {@code fp16_tflops}, {@code int8_tops} and {@code
 * fp8_tflops} (10^12 dense operations a second; empty where the device has no such arithmetic),
 * {@code board_w}, and {@code source}. Idle watts are in no data sheet and unknown.
 *
 * <p>Immutable; any thread.
 */
public final class DataSheetCatalogue implements DeviceCatalogue {
  private static final String OWN = "devices.csv";
  private static final List<String> COLUMNS =
      List.of(
          "device",
          "also",
          "memory_gb",
          "memory_gb_per_s",
          "fp16_tflops",
          "int8_tops",
          "fp8_tflops",
          "board_w",
          "source");

  /** A data sheet states peaks under its own conditions. */
  private static final double CONFIDENCE = 0.9;

  private static final double GIGA = 1e9;
  private static final double TERA = 1e12;
  private static final DataSheetCatalogue SHIPPED = shipped();

  private final List<DeviceFacts> devices;
  private final Map<String, DeviceFacts> byName;

  /** Creates the catalogue that the product carries; for {@link java.util.ServiceLoader}. */
  public DataSheetCatalogue() {
    this(SHIPPED.byName);
  }

  private DataSheetCatalogue(Map<String, DeviceFacts> byName) {
    this.byName = byName;
    devices = byName.values().stream().distinct().toList();
  }

  private static DataSheetCatalogue shipped() {
    try (InputStream stream = DataSheetCatalogue.class.getResourceAsStream(OWN)) {
      if (stream == null) {
        throw new IllegalStateException(OWN + " is not in the jar");
      }
      return of(CsvTable.parse(OWN, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a user's own table.
   *
   * @throws MeasurementFormatException if it is no such table; the message is one line for the user
   * @throws IOException if it cannot be read
   */
  public static DataSheetCatalogue read(Path file) throws IOException {
    return of(CsvTable.read(file));
  }

  private static DataSheetCatalogue of(CsvTable table) {
    table.require(COLUMNS, "give every column; leave a field empty where nothing is known");
    Map<String, DeviceFacts> byName = new LinkedHashMap<>();
    for (CsvRow row : table.rows()) {
      DeviceFacts facts = facts(row);
      put(byName, row, "device", facts);
      if (!row.text("also").isEmpty()) {
        put(byName, row, "also", facts);
      }
    }
    return new DataSheetCatalogue(byName);
  }

  private static void put(
      Map<String, DeviceFacts> byName, CsvRow row, String column, DeviceFacts facts) {
    String name = row.name(column);
    if (!name.equals(words(name)) || byName.put(name, facts) != null) {
      throw row.bad(column, "a name used once, of lower-case letters and digits joined by '-'");
    }
  }

  private static DeviceFacts facts(CsvRow row) {
    String device = row.name("device");
    Map<Precision, Figure> rates = new EnumMap<>(Precision.class);
    rate(row, "fp16_tflops", rates, Precision.FP16);
    rate(row, "int8_tops", rates, Precision.INT8);
    rate(row, "fp8_tflops", rates, Precision.FP8);
    return new DeviceFacts(
        device,
        figure(row, "memory_gb", GIGA),
        figure(row, "memory_gb_per_s", GIGA),
        rates,
        figure(row, "board_w", 1),
        DeviceFacts.idleUnknown(device));
  }

  private static void rate(
      CsvRow row, String column, Map<Precision, Figure> rates, Precision precision) {
    if (!row.text(column).isEmpty()) {
      rates.put(precision, figure(row, column, TERA));
    }
  }

  private static Figure figure(CsvRow row, String column, double unit) {
    return Figure.of(row.positive(column) * unit, CONFIDENCE, row.name("source"));
  }

  @Override
  public List<DeviceFacts> devices() {
    return devices;
  }

  /** Returns the last name of a device that a text has as a word; empty where it has none. */
  public String wordIn(String text) {
    return List.of(words(text).split("-")).reversed().stream()
        .filter(byName::containsKey)
        .findFirst()
        .orElse("");
  }

  @Override
  public DeviceFacts find(String text) {
    String padded = "-" + words(text) + "-";
    String best = "";
    int bestEnd = -1;
    for (String name : byName.keySet()) {
      int start = padded.lastIndexOf("-" + name + "-");
      int end = start + name.length();
      if (start >= 0 && (end > bestEnd || (end == bestEnd && name.length() > best.length()))) {
        best = name;
        bestEnd = end;
      }
    }
    DeviceFacts found = byName.get(best);
    return found == null
        ? DeviceFacts.unknown(text.isBlank() ? "a device without a name" : text)
        : found;
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
