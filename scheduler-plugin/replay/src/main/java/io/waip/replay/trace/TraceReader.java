package io.waip.replay.trace;

import java.nio.file.Path;

/**
 * Reads a trace of arrivals; the file's header or first object says which form it is.
 *
 * <ul>
 *   <li><b>Azure LLM inference</b> (Patel et al., Splitwise, ISCA 2024), CSV: {@code TIMESTAMP}
 *       ({@code yyyy-MM-dd HH:mm:ss.fffffff}), {@code ContextTokens} (the length), {@code
 *       GeneratedTokens} (the length of the answer).
 *   <li><b>BurstGPT</b> (Wang et al., arXiv 2401.17644), CSV: {@code Timestamp} (s), {@code Model}
 *       (taken as the tenant), {@code Request tokens} (the length), {@code Response tokens} (the
 *       length of the answer; 0 for a request that failed, which is offered like others), {@code
 *       Total tokens}, {@code Log Type}, and optionally {@code Session ID} and {@code Elapsed
 *       time}.
 *   <li><b>Mooncake</b> (Qin et al., FAST 2025), JSON Lines: {@code timestamp} (ms), {@code
 *       input_length}, {@code output_length}, {@code hash_ids}.
 *   <li><b>Qwen-Bailian</b> (Wang et al., ATC 2025), JSON Lines: {@code timestamp} (s), the other
 *       keys of Mooncake, and {@code chat_id}, {@code parent_chat_id}, {@code type}, {@code turn}.
 *   <li><b>ServeGen windows</b>, CSV, from which requests are drawn: {@link ServeGenTrace}.
 *   <li><b>Plain</b>, CSV: {@code arrival_s}, {@code arrival_ms}, {@code arrival_us} or {@code
 *       arrival_ns} (decimal, {@code >= 0}), and optionally {@code length} (whole, {@code >= 1}),
 *       {@code tenant} (a name), {@code tier} ({@code interactive}, {@code nearline} or {@code
 *       offline}) and {@code deadline_ms} (bound from arrival to answer, decimal, above 0).
 * </ul>
 *
 * <p>Every field named here of every row must be present and arrivals must not decrease. One row is
 * held as text at a time; memory is that of the numbers read.
 */
public final class TraceReader {
  /** Seed of requests that are drawn, where none is given. */
  public static final long DEFAULT_SEED = 1;

  private TraceReader() {}

  /**
   * Reads a file whole, with {@link #DEFAULT_SEED}.
   *
   * @throws TraceFormatException as {@link #read(Path, TraceCut, long)} does
   */
  public static Trace read(Path file) {
    return read(file, TraceCut.WHOLE, DEFAULT_SEED);
  }

  /**
   * Reads a part of a file.
   *
   * @param seed of requests that are drawn; without effect on recorded ones
   * @throws TraceFormatException if the file is missing or unreadable, of no known form, a field up
   *     to the end of the part is missing or not allowed, arrivals decrease, or the part has fewer
   *     than two different arrival times or more than 10,000,000 requests
   */
  public static Trace read(Path file, TraceCut cut, long seed) {
    try (Rows rows = Rows.open(file)) {
      return ServeGenTrace.isWindows(rows)
          ? ServeGenTrace.read(rows, cut, seed)
          : recorded(rows, cut);
    }
  }

  private static Trace recorded(Rows rows, TraceCut cut) {
    TraceForm form = TraceForm.of(rows);
    TraceColumns columns = new TraceColumns();
    boolean isFirst = true;
    long first = 0;
    long last = 0;
    while (columns.size() < cut.mostRequests() && rows.next()) {
      long arrival = form.arrivalNanos(rows);
      if (!isFirst && arrival < last) {
        throw rows.bad(form.arrival(), "a time not before the line above");
      }
      first = isFirst ? arrival : first;
      last = arrival;
      isFirst = false;
      if (cut.isLate(arrival - first)) {
        break;
      }
      if (columns.isFull()) {
        throw TraceColumns.tooMany(rows.file(), rows.line());
      }
      if (!cut.isEarly(arrival - first)) {
        form.add(rows, arrival, columns);
      }
    }
    return columns.trace(rows.file());
  }
}
