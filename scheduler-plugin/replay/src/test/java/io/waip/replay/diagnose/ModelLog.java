package io.waip.replay.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a simulated model counted, and its body of statistics as of a time. */
final class ModelLog {
  private static final long EPOCH_MILLIS = 1_790_000_000_000L;

  /** A batch that ended; times in ns. */
  record Ran(long endNanos, int rows, Parts parts, long waitedNanos, long residenceNanos) {}

  /** Parts of an execution, ns. */
  record Parts(long input, long infer, long output) {
    static final Parts NONE = new Parts(0, 0, 0);

    long sum() {
      return input + infer + output;
    }

    Parts times(double factor) {
      return new Parts(
          Math.round(input * factor), Math.round(infer * factor), Math.round(output * factor));
    }
  }

  /** A change of another counter. */
  record Counted(long timeNanos, Tallied of, long nanos) {}

  private final List<Ran> batches = new ArrayList<>();
  private final List<Counted> others = new ArrayList<>();
  private final List<Long> arrivals = new ArrayList<>();

  void arrived(long nanos) {
    arrivals.add(nanos);
  }

  void ran(Ran batch) {
    batches.add(batch);
  }

  void counted(long timeNanos, Tallied of, long nanos) {
    others.add(new Counted(timeNanos, of, nanos));
  }

  /** Returns the nanoseconds that instances executed. */
  double busyNanos() {
    return batches.stream().mapToLong(ran -> ran.parts.sum()).sum();
  }

  String stats(String name, long atNanos) {
    Map<Tallied, long[]> sums = new TreeMap<>();
    for (Tallied each : Tallied.values()) {
      sums.put(each, new long[2]);
    }
    Map<Integer, long[]> sizes = new TreeMap<>();
    for (Ran ran : batches) {
      if (ran.endNanos <= atNanos) {
        add(sums, Tallied.SUCCESS, ran.rows, ran.residenceNanos);
        add(sums, Tallied.QUEUE, ran.rows, ran.waitedNanos);
        add(sums, Tallied.COMPUTE_INPUT, ran.rows, ran.parts.input * ran.rows);
        add(sums, Tallied.COMPUTE_INFER, ran.rows, ran.parts.infer * ran.rows);
        add(sums, Tallied.COMPUTE_OUTPUT, ran.rows, ran.parts.output * ran.rows);
        long[] size = sizes.computeIfAbsent(ran.rows, _ -> new long[4]);
        size[0]++;
        size[1] += ran.parts.input;
        size[2] += ran.parts.infer;
        size[3] += ran.parts.output;
      }
    }
    others.stream()
        .filter(each -> each.timeNanos <= atNanos)
        .forEach(each -> add(sums, each.of, each.of == Tallied.SUCCESS ? 0 : 1, each.nanos));
    return text(name, atNanos, sums, sizes);
  }

  private static void add(Map<Tallied, long[]> sums, Tallied of, long count, long nanos) {
    long[] sum = sums.computeIfAbsent(of, _ -> new long[2]);
    sum[0] += count;
    sum[1] += nanos;
  }

  private String text(
      String name, long atNanos, Map<Tallied, long[]> sums, Map<Integer, long[]> sizes) {
    List<String> stats = new ArrayList<>();
    sums.forEach((of, sum) ->
        stats.add("\"%s\":{\"count\":%d,\"ns\":%d}".formatted(of.key(), sum[0], sum[1])));
    List<String> batch = new ArrayList<>();
    sizes.forEach((rows, sum) ->
        batch.add(
            """
            {"batch_size":%d,"compute_input":{"count":%d,"ns":%d},\
            "compute_infer":{"count":%d,"ns":%d},"compute_output":{"count":%d,"ns":%d}}\
            """
                .formatted(rows, sum[0], sum[1], sum[0], sum[2], sum[0], sum[3])));
    long last =
        arrivals.stream().filter(each -> each <= atNanos).mapToLong(each -> each).max().orElse(-1);
    long executions = sizes.values().stream().mapToLong(sum -> sum[0]).sum();
    return """
    {"name":"%s","version":"1","last_inference":%d,"inference_count":%d,"execution_count":%d,\
    "inference_stats":{%s},"response_stats":{},"batch_stats":[%s],"memory_usage":[]}\
    """
        .formatted(
            name,
            last < 0 ? 0 : EPOCH_MILLIS + last / 1_000_000,
            sums.getOrDefault(Tallied.COMPUTE_INFER, new long[2])[0],
            executions,
            String.join(",", stats),
            String.join(",", batch));
  }
}
