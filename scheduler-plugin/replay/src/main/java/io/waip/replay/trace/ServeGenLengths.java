package io.waip.replay.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of each client's requests in each six hours: CSV with {@code client}, {@code
 * window_start_s}, {@code field} ({@code input_tokens} or {@code output_tokens}), {@code mean},
 * {@code p50}, {@code p90}, {@code p95}, {@code p99}, {@code max}. Immutable.
 */
final class ServeGenLengths {
  private static final int SPAN_SECONDS = 21_600;
  private static final int MAX_LENGTH = 10_000_000;
  private static final List<String> QUANTILES = List.of("p50", "p90", "p95", "p99", "max");

  /** Lengths of requests and of their answers. */
  record Pair(LengthQuantiles input, LengthQuantiles output) {}

  private record Key(String client, long start) {}

  private final Path file;
  private final Map<Key, Pair> ofClient = new HashMap<>();
  private final Map<Long, List<Pair>> ofAll = new HashMap<>();

  private ServeGenLengths(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws TraceFormatException if it cannot be read, a field is not allowed, or a client has only
   *     one of the two kinds of lengths for some six hours
   */
  static ServeGenLengths read(Path file) {
    Map<Key, LengthQuantiles> inputs = new HashMap<>();
    Map<Key, LengthQuantiles> outputs = new HashMap<>();
    List<Key> order = new ArrayList<>();
    try (Rows rows = Rows.open(file)) {
      int client = rows.required("client");
      int start = rows.required("window_start_s");
      int field = rows.required("field");
      int mean = rows.required("mean");
      int[] quantiles = QUANTILES.stream().mapToInt(rows::required).toArray();
      while (rows.next()) {
        Key key = new Key(rows.text(client), rows.multiple(start, SPAN_SECONDS));
        boolean isInput = rows.text(field).equals("input_tokens");
        if (!isInput && !rows.text(field).equals("output_tokens")) {
          throw rows.bad(field, "input_tokens or output_tokens");
        }
        LengthQuantiles read =
            new LengthQuantiles(rows.number(mean, 0, MAX_LENGTH), rising(rows, quantiles));
        if ((isInput ? inputs : outputs).put(key, read) != null) {
          throw rows.bad(start, "one row for each client, time and field");
        }
        if (isInput) {
          order.add(key);
        }
      }
    }
    return paired(file, inputs, outputs, order);
  }

  private static double[] rising(Rows rows, int[] quantiles) {
    double[] values = new double[quantiles.length];
    double least = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.number(quantiles[i], least, MAX_LENGTH);
      least = values[i];
    }
    return values;
  }

  private static ServeGenLengths paired(
      Path file,
      Map<Key, LengthQuantiles> inputs,
      Map<Key, LengthQuantiles> outputs,
      List<Key> order) {
    ServeGenLengths lengths = new ServeGenLengths(file);
    for (Key key : order) {
      LengthQuantiles input = inputs.get(key);
      LengthQuantiles output = outputs.get(key);
      if (input != null && output != null) {
        Pair pair = new Pair(input, output);
        lengths.ofClient.put(key, pair);
        lengths.ofAll.computeIfAbsent(key.start(), start -> new ArrayList<>()).add(pair);
      }
    }
    if (lengths.ofClient.size() < Math.max(inputs.size(), outputs.size())) {
      throw new TraceFormatException(
          file,
          0,
          "a client has only input_tokens or only output_tokens for some six hours",
          "both",
          "complete the file");
    }
    return lengths;
  }

  /** Returns the lengths of a client at a time, or null where the file has none. */
  @Nullable Pair of(String client, long seconds) {
    return ofClient.get(new Key(client, seconds / SPAN_SECONDS * SPAN_SECONDS));
  }

  /**
   * Returns the lengths of all clients that have some at a time, in the order of the file.
   *
   * @throws TraceFormatException if none has
   */
  List<Pair> ofAll(long seconds) {
    long start = seconds / SPAN_SECONDS * SPAN_SECONDS;
    List<Pair> pairs = ofAll.get(start);
    if (pairs == null) {
      throw new TraceFormatException(
          file,
          0,
          "no client has lengths for the six hours from " + start + " s",
          "lengths for every time of the windows",
          "complete the file or take another part of the trace");
    }
    return pairs;
  }
}
