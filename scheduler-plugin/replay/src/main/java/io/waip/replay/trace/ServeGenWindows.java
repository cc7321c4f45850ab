package io.waip.replay.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many requests each client sends in each ten minutes, and how they are spread: CSV with {@code
 * client}, {@code window_start_s}, {@code rate_rps}, {@code arrival_pattern} ({@code Gamma} or
 * {@code Weibull}) and {@code arg1}, the shape of that distribution of gaps. The columns {@code cv}
 * and {@code arg2}, the scale, are not used: the rate gives the scale. Immutable.
 *
 * @param clients names, in order of appearance
 * @param byStart windows by their start, seconds; each client once in the order of the file
 */
record ServeGenWindows(List<String> clients, NavigableMap<Long, List<Window>> byStart) {
  /** Length of a window, seconds. */
  static final int SPAN_SECONDS = 600;

  /** Most clients of a file. */
  static final int MAX_CLIENTS = TraceColumns.MAX_TENANTS;

  private static final double MAX_RATE = 100_000;

  /** Below the least of the published files, 0.0099982; a Weibull gap of it still is finite. */
  private static final double MIN_SHAPE = 0.0075;

  private static final double MAX_SHAPE = 10_000;

  /**
   * A client's ten minutes.
   *
   * @param client index of the client
   * @param requests the rate times the span, {@code >= 0}
   * @param law distribution of the gaps
   * @param shape its shape
   */
  record Window(int client, int requests, GapLaw law, double shape) {}

  private record Key(int client, long start) {}

  /**
   * Reads the rest of a file.
   *
   * @throws TraceFormatException if a column is missing, a field is not allowed, or a client has
   *     two rows for a window
   */
  static ServeGenWindows read(Rows rows) {
    int client = rows.required("client");
    int start = rows.required("window_start_s");
    int rate = rows.required("rate_rps");
    int law = rows.required("arrival_pattern");
    int shape = rows.required("arg1");
    Map<String, Integer> indices = new HashMap<>();
    List<String> names = new ArrayList<>();
    Set<Key> seen = new HashSet<>();
    NavigableMap<Long, List<Window>> byStart = new TreeMap<>();
    while (rows.next()) {
      int index = indices.computeIfAbsent(name(rows, client), name -> added(names, name));
      if (index >= MAX_CLIENTS) {
        throw rows.bad(client, "at most " + MAX_CLIENTS + " clients");
      }
      long seconds = rows.multiple(start, SPAN_SECONDS);
      if (!seen.add(new Key(index, seconds))) {
        throw rows.bad(start, "one row for each client and window");
      }
      int requests = (int) Math.round(rows.number(rate, 0, MAX_RATE) * SPAN_SECONDS);
      Window window =
          new Window(index, requests, law(rows, law), rows.number(shape, MIN_SHAPE, MAX_SHAPE));
      byStart.computeIfAbsent(seconds, each -> new ArrayList<>()).add(window);
    }
    return new ServeGenWindows(List.copyOf(names), byStart);
  }

  private static int added(List<String> names, String name) {
    names.add(name);
    return names.size() - 1;
  }

  private static String name(Rows rows, int field) {
    if (rows.text(field).isEmpty()) {
      throw rows.bad(field, "a name");
    }
    return rows.text(field);
  }

  private static GapLaw law(Rows rows, int field) {
    return switch (rows.text(field)) {
      case "Gamma" -> GapLaw.GAMMA;
      case "Weibull" -> GapLaw.WEIBULL;
      default -> throw rows.bad(field, "Gamma or Weibull");
    };
  }
}
