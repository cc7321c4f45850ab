package io.waip.cli.bench.front;

import io.waip.cli.bench.load.LoadLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one fault.
 *
 * @param name of the fault
 * @param runs done
 * @param ineffective runs in which the front did not notice within 20 s
 * @param unrecovered runs after which the planner did not come back within the time
 * @param lost, {@code errors}, {@code wrong}: requests that ended so in all runs
 * @param recoveryMs longest time from the end of the harm until the planner was given requests
 *     again; {@code recoveryP50Ms} the median
 * @param stockMs longest pause of answers from the fault on, 0 where none was longer than in calm
 *     times; {@code stockP50Ms} the median over the runs
 * @param usualMs longest time until twenty requests in a row had the stock server's usual latency,
 *     of the runs where that came before the next fault; {@code usualP50Ms} the median
 * @param worstMs longest latency of a request
 */
record FaultFigures(
    String name,
    int runs,
    int ineffective,
    int unrecovered,
    int lost,
    int errors,
    int wrong,
    double recoveryMs,
    double recoveryP50Ms,
    double stockMs,
    double stockP50Ms,
    double usualMs,
    double usualP50Ms,
    double worstMs) {

  /**
   * The figures of every fault, in the order of {@link Fault}; those without a run are left out.
   */
  static List<FaultFigures> of(List<FaultRun> runs, LoadLog log, Calm calm) {
    long[] answers = Calm.answers(log);
    List<Aftermath> aftermaths = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      long end = i + 1 < runs.size() ? runs.get(i + 1).atNanos() : Long.MAX_VALUE;
      aftermaths.add(Aftermath.of(log, answers, runs.get(i).atNanos(), end, calm));
    }
    List<FaultFigures> figures = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      List<FaultRun> its = new ArrayList<>();
      List<Aftermath> after = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        if (runs.get(i).fault() == fault) {
          its.add(runs.get(i));
          after.add(aftermaths.get(i));
        }
      }
      if (!its.isEmpty()) {
        figures.add(of(fault, its, after));
      }
    }
    return figures;
  }

  private static FaultFigures of(Fault fault, List<FaultRun> runs, List<Aftermath> after) {
    List<FaultRun> recovered = runs.stream().filter(FaultRun::isRecovered).toList();
    double[] recovery = sorted(recovered, FaultRun::recoveryMillis);
    double[] stock = sorted(after, Aftermath::stockMillis);
    double[] usual = sorted(after, Aftermath::usualMillis);
    return new FaultFigures(
        fault.key(),
        runs.size(),
        (int) runs.stream().filter(run -> !run.effective()).count(),
        runs.size() - recovered.size(),
        after.stream().mapToInt(Aftermath::lost).sum(),
        after.stream().mapToInt(Aftermath::errors).sum(),
        after.stream().mapToInt(Aftermath::wrong).sum(),
        max(recovery),
        median(recovery),
        max(stock),
        median(stock),
        max(usual),
        median(usual),
        max(sorted(after, Aftermath::worstMillis)));
  }

  private static <T> double[] sorted(List<T> all, ToDoubleFunction<T> figure) {
    return all.stream().mapToDouble(figure).filter(Double::isFinite).sorted().toArray();
  }

  private static double max(double[] sorted) {
    return Arrays.stream(sorted).max().orElse(0);
  }

  private static double median(double[] sorted) {
    return sorted.length == 0 ? 0 : Interval.median(sorted);
  }
}
