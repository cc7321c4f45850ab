package io.waip.cli.bench.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The requests of a run in the order they were sent. Times are nanoseconds of the monotonic clock,
 * which all processes of a machine share, so that another process can lay its own events beside
 * them. Not for use by several threads.
 */
public final class LoadLog {
  /** Arm of the requests that warm up: accounted for like all others, left out of every time. */
  public static final int WARM_UP = -1;

  private static final String HEADER = "arm,intended_ns,sent_ns,done_ns,end";

  private final int[] arms;
  private final long[] intended;
  private final long[] sent;
  private final long[] done;
  private final End[] ends;

  LoadLog(int size) {
    this(new int[size], new long[size], new long[size], new long[size], new End[size]);
  }

  private LoadLog(int[] arms, long[] intended, long[] sent, long[] done, End[] ends) {
    this.arms = arms;
    this.intended = intended;
    this.sent = sent;
    this.done = done;
    this.ends = ends;
  }

  /** A copy with room for more, or cut to less. */
  LoadLog grown(int size) {
    return new LoadLog(
        Arrays.copyOf(arms, size),
        Arrays.copyOf(intended, size),
        Arrays.copyOf(sent, size),
        Arrays.copyOf(done, size),
        Arrays.copyOf(ends, size));
  }

  void set(int request, int arm, long intendedNanos, long sentNanos) {
    arms[request] = arm;
    intended[request] = intendedNanos;
    sent[request] = sentNanos;
    ends[request] = End.OPEN;
  }

  void setEnd(int request, long doneNanos, End end) {
    done[request] = doneNanos;
    ends[request] = end;
  }

  /** Requests in the log. */
  public int size() {
    return arms.length;
  }

  /** Which of the run's models a request went to. */
  public int arm(int request) {
    return arms[request];
  }

  /** When a request was to be sent. */
  public long intendedNanos(int request) {
    return intended[request];
  }

  /** When a request was sent. */
  public long sentNanos(int request) {
    return sent[request];
  }

  /** When a request ended; 0 when it never did. */
  public long doneNanos(int request) {
    return done[request];
  }

  /** How a request ended. */
  public End end(int request) {
    return ends[request];
  }

  /** Latencies from the intended time of the requests in {@code [from, to)} that ended well. */
  public long[] latencies(int from, int to) {
    return IntStream.range(from, to)
        .filter(i -> ends[i] == End.OK && arms[i] != WARM_UP)
        .mapToLong(i -> done[i] - intended[i])
        .toArray();
  }

  /** How late each request after the warm-up was sent. */
  public long[] lags() {
    return IntStream.range(0, size())
        .filter(i -> arms[i] != WARM_UP)
        .mapToLong(i -> Math.max(0, sent[i] - intended[i]))
        .toArray();
  }

  /** From the first intended time after the warm-up to the last answer; 0 without requests. */
  double seconds() {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < size(); i++) {
      if (arms[i] != WARM_UP) {
        first = Math.min(first, intended[i]);
        last = Math.max(last, done[i]);
      }
    }
    return last <= first ? 0 : (last - first) / 1e9;
  }

  /** Writes the log as CSV. */
  void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      out.newLine();
      for (int i = 0; i < size(); i++) {
        out.write(arms[i] + "," + intended[i] + "," + sent[i] + "," + done[i] + "," + ends[i]);
        out.newLine();
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file cannot be read or is no such log
   */
  public static LoadLog read(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      if (!HEADER.equals(in.readLine())) {
        throw new IOException(file + " is no log of a load");
      }
      in.lines().forEach(lines::add);
    }
    LoadLog log = new LoadLog(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(",", -1);
      log.set(i, Integer.parseInt(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
      log.setEnd(i, Long.parseLong(fields[3]), End.valueOf(fields[4]));
    }
    return log;
  }
}
