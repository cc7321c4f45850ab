package io.waip.replay.trace;

import static io.waip.replay.trace.TraceFormatException.quote;

import io.waip.api.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where a file's rows say what of a request. Immutable. */
final class TraceForm {
  /** The forms of files, for messages. */
  static final String ALLOWED =
      "TIMESTAMP,ContextTokens,GeneratedTokens; Timestamp,[Session ID,Elapsed time,]Model,Request"
          + " tokens,Response tokens,Total tokens,Log Type; client,window_start_s,...;"
          + " arrival_s|arrival_ms|arrival_us|arrival_ns[,length][,tenant][,tier][,deadline_ms];"
          + " JSON keys timestamp,input_length,output_length,hash_ids, with"
          + " chat_id,parent_chat_id,type,turn or without";

  private static final int MAX_LENGTH = 10_000_000;
  private static final String BOUND = "deadline_ms";
  private static final Map<String, Clock> PLAIN_CLOCKS =
      Map.of(
          "arrival_s", Clock.SECONDS,
          "arrival_ms", Clock.MILLISECONDS,
          "arrival_us", Clock.MICROSECONDS,
          "arrival_ns", Clock.NANOSECONDS);
  private static final List<String> PLAIN_OPTIONAL = List.of("length", "tenant", "tier", BOUND);
  private static final List<String> BURST_GPT =
      List.of(
          "Timestamp", "Model", "Request tokens", "Response tokens", "Total tokens", "Log Type");
  private static final List<String> BURST_GPT_OPTIONAL = List.of("Session ID", "Elapsed time");
  private static final List<String> MOONCAKE =
      List.of("timestamp", "input_length", "output_length", "hash_ids");
  private static final List<String> BAILIAN_MORE =
      List.of("chat_id", "parent_chat_id", "type", "turn");

  private final Clock clock;
  private final int leastLength;
  private final int arrival;
  private final int length;
  private final int output;
  private final int tenant;
  private final int tier;
  private final int bound;

  private TraceForm(Clock clock, int leastLength, int[] positions) {
    this.clock = clock;
    this.leastLength = leastLength;
    arrival = positions[0];
    length = positions[1];
    output = positions[2];
    tenant = positions[3];
    tier = positions[4];
    bound = positions[5];
  }

  /**
   * Recognises the form of a file by its header or the keys of its first object.
   *
   * @throws TraceFormatException if it is none of the forms
   */
  static TraceForm of(Rows rows) {
    if (rows instanceof JsonRows) {
      return json(rows);
    }
    if (rows.field("TIMESTAMP") >= 0) {
      return azure(rows);
    }
    return rows.field("Timestamp") >= 0 ? burstGpt(rows) : plain(rows);
  }

  /** Names of arrival, length, answer's length, tenant, tier and bound, in this order. */
  private static TraceForm of(Rows rows, Clock clock, int leastLength, String... names) {
    return new TraceForm(clock, leastLength, Arrays.stream(names).mapToInt(rows::field).toArray());
  }

  private static TraceForm azure(Rows rows) {
    required(rows, "TIMESTAMP");
    required(rows, "ContextTokens");
    return of(
        rows, Clock.DATE_AND_TIME, 1, "TIMESTAMP", "ContextTokens", "GeneratedTokens", "", "", "");
  }

  private static TraceForm burstGpt(Rows rows) {
    for (String name : rows.names()) {
      if (!BURST_GPT.contains(name) && !BURST_GPT_OPTIONAL.contains(name)) {
        throw unknown(rows, name);
      }
    }
    BURST_GPT.forEach(name -> required(rows, name));
    return of(
        rows, Clock.SECONDS, 0, "Timestamp", "Request tokens", "Response tokens", "Model", "", "");
  }

  private static TraceForm json(Rows rows) {
    boolean isBailian = rows.field("chat_id") >= 0;
    for (String name : rows.names()) {
      if (!MOONCAKE.contains(name) && !(isBailian && BAILIAN_MORE.contains(name))) {
        throw unknown(rows, name);
      }
    }
    MOONCAKE.forEach(name -> required(rows, name));
    if (isBailian) {
      BAILIAN_MORE.forEach(name -> required(rows, name));
    }
    Clock clock = isBailian ? Clock.SECONDS : Clock.MILLISECONDS;
    return of(rows, clock, 1, "timestamp", "input_length", "output_length", "", "", "");
  }

  private static TraceForm plain(Rows rows) {
    String arrival = "";
    for (String name : rows.names()) {
      boolean isArrival = PLAIN_CLOCKS.containsKey(name);
      if (isArrival && !arrival.isEmpty()) {
        throw rows.badNames("more than one column of arrivals", ALLOWED);
      }
      if (!isArrival && !PLAIN_OPTIONAL.contains(name)) {
        throw unknown(rows, name);
      }
      arrival = isArrival ? name : arrival;
    }
    Clock clock = PLAIN_CLOCKS.get(arrival);
    if (clock == null) {
      throw rows.badNames("no column of arrivals", ALLOWED);
    }
    return of(rows, clock, 1, arrival, "length", "", "tenant", "tier", BOUND);
  }

  private static void required(Rows rows, String name) {
    if (rows.field(name) < 0) {
      throw rows.badNames(
          (rows instanceof JsonRows ? "key '" : "column '") + name + "' is missing", ALLOWED);
    }
  }

  private static TraceFormatException unknown(Rows rows, String name) {
    return rows.badNames(
        "unknown " + (rows instanceof JsonRows ? "key " : "column ") + quote(name), ALLOWED);
  }

  /** Returns the position of the arrival time. */
  int arrival() {
    return arrival;
  }

  /**
   * Returns when the request of this row arrives, nanoseconds from a moment that is the same for
   * all rows.
   *
   * @throws TraceFormatException if the field is no time of this form
   */
  long arrivalNanos(Rows rows) {
    return clock.nanos(rows, arrival);
  }

  /**
   * Adds the request of this row.
   *
   * @throws TraceFormatException if a field is not allowed
   */
  void add(Rows rows, long arrivalNanos, TraceColumns columns) {
    columns.add(arrivalNanos);
    if (length >= 0) {
      columns.length(Math.max(1, rows.whole(length, leastLength, MAX_LENGTH)));
    }
    if (output >= 0) {
      columns.outputLength(rows.whole(output, 0, MAX_LENGTH));
    }
    if (tenant >= 0) {
      addTenant(rows, columns);
    }
    if (tier >= 0) {
      columns.tier(tierOf(rows));
    }
    if (bound >= 0) {
      columns.boundNanos(boundNanos(rows));
    }
  }

  private void addTenant(Rows rows, TraceColumns columns) {
    String name = rows.text(tenant);
    if (name.isEmpty()) {
      throw rows.bad(tenant, "a name");
    }
    if (!columns.tenant(name)) {
      throw rows.bad(tenant, "one of at most " + TraceColumns.MAX_TENANTS + " different names");
    }
  }

  private Tier tierOf(Rows rows) {
    String text = rows.text(tier);
    return Arrays.stream(Tier.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> rows.bad(tier, "interactive, nearline or offline"));
  }

  private long boundNanos(Rows rows) {
    long nanos = Clock.MILLISECONDS.nanos(rows, bound);
    if (nanos < 1) {
      throw rows.bad(bound, "a decimal number of milliseconds, at least a nanosecond");
    }
    return nanos;
  }
}
