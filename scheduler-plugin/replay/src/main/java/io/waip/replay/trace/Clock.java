package io.waip.replay.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How a trace writes the time of an arrival. */
enum Clock {
  /** Decimal seconds. */
  SECONDS(9),
  /** Decimal milliseconds. */
  MILLISECONDS(6),
  /** Decimal microseconds. */
  MICROSECONDS(3),
  /** Nanoseconds. */
  NANOSECONDS(0),
  /** {@code 2023-11-16 18:15:46.6805900}; {@code +00:00} may follow. */
  DATE_AND_TIME(-1);

  private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final String UTC = "+00:00";
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final int digits;

  Clock(int digits) {
    this.digits = digits;
  }

  /**
   * Reads a time, nanoseconds from this clock's zero.
   *
   * @throws TraceFormatException if the field has another form or is out of range
   */
  long nanos(Rows rows, int field) {
    if (digits >= 0) {
      return rows.nanos(field, digits);
    }
    String text = rows.text(field);
    String local = text.endsWith(UTC) ? text.substring(0, text.length() - UTC.length()) : text;
    try {
      return ChronoUnit.NANOS.between(EPOCH, LocalDateTime.parse(local, FORMAT));
    } catch (DateTimeException | ArithmeticException e) {
      throw rows.bad(field, "a time such as 2023-11-16 18:15:46.6805900");
    }
  }
}
