package io.waip.replay.trace;

import io.waip.api.Tier;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a trace of arrivals from CSV; the header says which form it is.
 *
 * <ul>
 *   <li><b>Azure LLM inference 2023</b> (Patel et al., Splitwise, ISCA 2024): {@code TIMESTAMP}
 *       ({@code yyyy-MM-dd HH:mm:ss.fffffff}), {@code ContextTokens} (the length), {@code
 *       GeneratedTokens}.
 *   <li><b>Plain</b>: {@code arrival_s}, {@code arrival_ms}, {@code arrival_us} or {@code
 *       arrival_ns} (decimal, {@code >= 0}), and optionally {@code length} (whole, {@code >= 1}),
 *       {@code tenant} (a name), {@code tier} ({@code interactive}, {@code nearline} or {@code
 *       offline}) and {@code deadline_ms} (bound from arrival to answer, decimal, above 0).
 * </ul>
 *
 * <p>Every field of every row must be present and arrivals must not decrease.
 */
public final class TraceReader {
  private static final String AZURE_TIME = "TIMESTAMP";
  private static final String AZURE_LENGTH = "ContextTokens";
  private static final String DEFAULT_TENANT = "default";
  private static final int MAX_LENGTH = 10_000_000;
  private static final Map<String, Integer> NANO_DIGITS =
      Map.of("arrival_s", 9, "arrival_ms", 6, "arrival_us", 3, "arrival_ns", 0);
  private static final String BOUND = "deadline_ms";
  private static final List<String> PLAIN_OPTIONAL = List.of("length", "tenant", "tier", BOUND);
  private static final LocalDateTime AZURE_EPOCH = LocalDateTime.of(2023, 1, 1, 0, 0);
  private static final DateTimeFormatter AZURE_FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private final CsvTable table;
  private final int arrivalColumn;
  private final int lengthColumn;

  private TraceReader(CsvTable table, int arrivalColumn, int lengthColumn) {
    this.table = table;
    this.arrivalColumn = arrivalColumn;
    this.lengthColumn = lengthColumn;
  }

  /**
   * Reads a file whole.
   *
   * @throws TraceFormatException if it is missing or unreadable, its header is of no known form, a
   *     field is missing or not allowed, arrivals decrease, or there are fewer than two different
   *     arrival times
   */
  public static Trace read(Path file) {
    CsvTable table = CsvTable.read(file);
    boolean azure = table.column(AZURE_TIME) >= 0;
    TraceReader reader =
        new TraceReader(
            table,
            azure ? table.column(AZURE_TIME) : plainArrivalColumn(table),
            table.column(azure ? AZURE_LENGTH : "length"));
    if (azure && reader.lengthColumn < 0) {
      throw badHeader(table, "column '" + AZURE_LENGTH + "' is missing");
    }
    return reader.trace();
  }

  private static int plainArrivalColumn(CsvTable table) {
    int found = -1;
    for (int c = 0; c < table.header().size(); c++) {
      String name = table.header().get(c);
      boolean arrival = NANO_DIGITS.containsKey(name);
      if (table.column(name) != c || (arrival && found >= 0)) {
        throw badHeader(table, "more than one column '" + name + "' or of arrivals");
      }
      if (!arrival && !PLAIN_OPTIONAL.contains(name)) {
        throw badHeader(table, "unknown column " + TraceFormatException.quote(name));
      }
      found = arrival ? c : found;
    }
    if (found < 0) {
      throw badHeader(table, "no column of arrivals");
    }
    return found;
  }

  private static TraceFormatException badHeader(CsvTable table, String what) {
    return new TraceFormatException(
        table.file(),
        1,
        what,
        "TIMESTAMP,ContextTokens,GeneratedTokens or"
            + " arrival_s|arrival_ms|arrival_us|arrival_ns[,length][,tenant][,tier][,deadline_ms]",
        "name the columns so");
  }

  private Trace trace() {
    int n = table.size();
    long[] arrivals = new long[n];
    int[] lengths = new int[lengthColumn < 0 ? 0 : n];
    for (int i = 0; i < n; i++) {
      arrivals[i] = arrivalNanos(i);
      if (i > 0 && arrivals[i] < arrivals[i - 1]) {
        throw table.bad(i, arrivalColumn, "a time not before the line above");
      }
      if (lengthColumn >= 0) {
        lengths[i] = table.whole(i, lengthColumn, 1, MAX_LENGTH);
      }
    }
    if (arrivals[0] == arrivals[n - 1]) {
      throw new TraceFormatException(
          table.file(),
          0,
          "all arrivals are at one time, so there is no rate",
          "at least two different arrival times",
          "give a longer trace");
    }
    List<String> names = new ArrayList<>();
    int[] tenants = tenants(names);
    Trace trace = new Trace(arrivals, lengths, tenants, tiers(), names);
    return table.column(BOUND) < 0 ? trace : trace.withBounds(bounds());
  }

  private long[] bounds() {
    long[] bounds = new long[table.size()];
    int column = table.column(BOUND);
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = decimalNanos(i, column, NANO_DIGITS.getOrDefault("arrival_ms", 0));
      if (bounds[i] < 1) {
        throw table.bad(i, column, "a decimal number of milliseconds, at least a nanosecond");
      }
    }
    return bounds;
  }

  private long arrivalNanos(int row) {
    String name = table.header().get(arrivalColumn);
    return name.equals(AZURE_TIME)
        ? azureNanos(row)
        : decimalNanos(row, arrivalColumn, NANO_DIGITS.getOrDefault(name, 0));
  }

  private long azureNanos(int row) {
    try {
      LocalDateTime time = LocalDateTime.parse(table.text(row, arrivalColumn), AZURE_FORMAT);
      return ChronoUnit.NANOS.between(AZURE_EPOCH, time);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw table.bad(row, arrivalColumn, "a time such as 2023-11-16 18:15:46.6805900");
    }
  }

  private long decimalNanos(int row, int column, int digits) {
    try {
      BigDecimal nanos = new BigDecimal(table.text(row, column)).movePointRight(digits);
      if (nanos.signum() >= 0 && nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) < 0) {
        return nanos.longValue();
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    throw table.bad(row, column, "a decimal number >= 0 and below 146 years");
  }

  private int[] tenants(List<String> names) {
    int[] tenants = new int[table.size()];
    int column = table.column("tenant");
    if (column < 0) {
      names.add(DEFAULT_TENANT);
      return tenants;
    }
    for (int i = 0; i < tenants.length; i++) {
      String name = table.text(i, column);
      if (name.isEmpty()) {
        throw table.bad(i, column, "a name");
      }
      if (!names.contains(name)) {
        names.add(name);
      }
      tenants[i] = names.indexOf(name);
    }
    return tenants;
  }

  private byte[] tiers() {
    byte[] tiers = new byte[table.size()];
    int column = table.column("tier");
    for (int i = 0; i < tiers.length && column >= 0; i++) {
      tiers[i] = tier(i, column);
    }
    return tiers;
  }

  private byte tier(int row, int column) {
    String text = table.text(row, column);
    return (byte)
        Arrays.stream(Tier.values())
            .filter(tier -> tier.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst()
            .orElseThrow(() -> table.bad(row, column, "interactive, nearline or offline"))
            .ordinal();
  }
}
