package io.waip.replay.trace;

import io.waip.replay.trace.ServeGenLengths.Pair;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.jspecify.annotations.Nullable;

/**
 * Draws requests from ServeGen's figures of clients (Xiang et al., "ServeGen: Workload
 * Characterization and Generation of Large Language Model Serving in Production", NSDI 2026): a
 * file of {@link ServeGenWindows} named {@code *_windows.csv}, and beside it one of {@link
 * ServeGenLengths} named {@code *_lengths.csv}. Clients are tenants.
 *
 * <p>A client sends as many requests in a window as its rate says. As in ServeGen's own generator
 * their gaps are drawn from the window's distribution and stretched to the window; here they are
 * also turned to a random phase, so that windows do not all begin with a gap. Lengths of requests
 * and answers are drawn independently. A client without lengths for the time takes those of a
 * client that has some, each as likely, for each request anew.
 *
 * <p>A window's requests depend on the seed and that window alone, so a part of a trace is the same
 * as in the whole. Deterministic for a seed.
 */
final class ServeGenTrace {
  private static final String WINDOWS = "_windows.csv";
  private static final String LENGTHS = "_lengths.csv";
  private static final String ALGORITHM = "L64X128MixRandom";
  private static final int CLIENT_BITS = 20;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SPAN_NANOS = ServeGenWindows.SPAN_SECONDS * NANOS_PER_SECOND;

  /** Odd, 2^64 over the golden ratio: spreads neighbouring windows over the seeds. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Path file;
  private final ServeGenWindows windows;
  private final ServeGenLengths lengths;
  private final TraceCut cut;
  private final List<String> tenants;
  private final TraceColumns columns = new TraceColumns();

  private ServeGenTrace(Path file, ServeGenWindows windows, ServeGenLengths lengths, TraceCut cut) {
    this.file = file;
    this.windows = windows;
    this.lengths = lengths;
    this.cut = cut;
    tenants = windows.clients().stream().map(name -> "client-" + name).toList();
  }

  /** Says whether rows are windows of ServeGen. */
  static boolean isWindows(Rows rows) {
    return rows instanceof CsvRows && rows.field("window_start_s") >= 0;
  }

  /**
   * Reads the rest of a file and the lengths beside it, and draws the requests.
   *
   * @throws TraceFormatException if one of them is not as it should be, or the part has fewer than
   *     two different arrival times or too many requests
   */
  static Trace read(Rows rows, TraceCut cut, long seed) {
    ServeGenWindows windows = ServeGenWindows.read(rows);
    ServeGenLengths lengths = ServeGenLengths.read(lengthsFile(rows.file()));
    return new ServeGenTrace(rows.file(), windows, lengths, cut).drawn(seed);
  }

  private static Path lengthsFile(Path windows) {
    String name = String.valueOf(windows.getFileName());
    if (!name.endsWith(WINDOWS)) {
      throw new TraceFormatException(
          windows,
          0,
          "windows of ServeGen in a file of another name",
          "*" + WINDOWS + " beside *" + LENGTHS,
          "rename the file");
    }
    String stem = name.substring(0, name.length() - WINDOWS.length());
    return windows.resolveSibling(stem + LENGTHS);
  }

  private Trace drawn(long seed) {
    long base = windows.byStart().firstKey();
    for (Map.Entry<Long, List<ServeGenWindows.Window>> entry : windows.byStart().entrySet()) {
      long start = entry.getKey();
      long offset = (start - base) * NANOS_PER_SECOND;
      if (cut.isLate(offset) || columns.size() == cut.mostRequests()) {
        break;
      }
      if (!cut.isEarly(offset + SPAN_NANOS - 1)) {
        RandomGenerator random =
            RandomGeneratorFactory.of(ALGORITHM).create(seed + SPREAD * (start + 1));
        add(start, offset, arrivals(entry.getValue(), random), random);
      }
    }
    return columns.trace(file);
  }

  /** Draws a window: in order of time, nanoseconds above the client's index. */
  private long[] arrivals(List<ServeGenWindows.Window> clients, RandomGenerator random) {
    long total = clients.stream().mapToLong(ServeGenWindows.Window::requests).sum();
    if (total > TraceColumns.MAX_REQUESTS) {
      throw TraceColumns.tooMany(file, 0);
    }
    long[] arrivals = new long[(int) total];
    int next = 0;
    for (ServeGenWindows.Window client : clients) {
      ContinuousSampler gaps = client.law().gaps(client.shape(), random::nextLong);
      double[] ends = new double[client.requests()];
      double end = 0;
      for (int i = 0; i < ends.length; i++) {
        end += gaps.sample();
        ends[i] = end;
      }
      double phase = random.nextDouble();
      for (double each : ends) {
        double share = phase + (end > 0 ? each / end : 0);
        long nanos = Math.min(SPAN_NANOS - 1, (long) ((share % 1) * SPAN_NANOS));
        arrivals[next++] = (nanos << CLIENT_BITS) | client.client();
      }
    }
    Arrays.sort(arrivals);
    return arrivals;
  }

  private void add(long start, long offset, long[] arrivals, RandomGenerator random) {
    @Nullable Pair[] own = new Pair[tenants.size()];
    for (int client = 0; client < own.length; client++) {
      own[client] = lengths.of(windows.clients().get(client), start);
    }
    for (long arrival : arrivals) {
      int client = (int) (arrival & ((1 << CLIENT_BITS) - 1));
      long nanos = offset + (arrival >>> CLIENT_BITS);
      Pair mine = own[client];
      Pair pair = mine == null ? anyOf(lengths.ofAll(start), random) : mine;
      int length = pair.input().at(random.nextDouble());
      int answer = pair.output().at(random.nextDouble());
      if (cut.isLate(nanos) || columns.size() == cut.mostRequests()) {
        return;
      }
      if (columns.isFull()) {
        throw TraceColumns.tooMany(file, 0);
      }
      if (!cut.isEarly(nanos)) {
        columns.add(nanos);
        columns.length(length);
        columns.outputLength(answer);
        columns.tenant(tenants.get(client));
      }
    }
  }

  private static Pair anyOf(List<Pair> pairs, RandomGenerator random) {
    return pairs.get(random.nextInt(pairs.size()));
  }
}
