package io.waip.cli.demo.load;

import io.waip.api.Outcome;
import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.cli.demo.load.ExecutionLog.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Counts the figures of an arm from what the load generator saw. */
final class Scoring {
  private static final int FIFTHS = 5;

  private final RequestLog log;
  private final TextLoad load;
  private final List<Execution> executions;
  private final LatencyModel curve;
  private final long forwarded;

  /**
   * Prepares the count.
   *
   * @param executions of the run, with the start of the window as their zero
   * @param forwarded requests that passed the planner by
   */
  Scoring(RequestLog log, List<Execution> executions, long forwarded, LatencyModel curve) {
    this.log = log;
    this.load = log.load();
    this.executions = executions;
    this.forwarded = forwarded;
    this.curve = curve;
  }

  /** Returns the figures. */
  ArmFigures figures() {
    double seconds = load.window().seconds();
    IntPredicate interactive = i -> load.tier(i) == Tier.INTERACTIVE;
    IntPredicate served = log::isServed;
    IntPredicate good = log::isGood;
    Quantiles latency = quantiles(interactive.and(served), log::latencyNanos);
    Quantiles lag = quantiles(i -> i < log.sent(), log::sendLagNanos);
    double elements = total(e -> (double) e.batch() * e.paddedLength());
    return new ArmFigures(
        count(good) / seconds,
        share(good, i -> true),
        latency.millis(0.5),
        latency.millis(0.99),
        count(this::isShed),
        count(log::isError),
        count(i -> i < log.sent() && log.answers(i) == 0),
        duplicated(),
        share(good, interactive),
        count(good.and(interactive.negate())) / seconds,
        count(good.and(interactive)) / seconds,
        log.sent(),
        count(served.and(good.negate()).and(i -> !log.isError(i))),
        count(log::isUnfinished),
        total(Execution::batch) / Math.max(1, executions.size()),
        elements == 0 ? 0 : 1 - total(Execution::tokens) / elements,
        total(Execution::nanos) / Math.max(1, total(this::predictedNanos)),
        forwarded,
        busyShare(),
        lag.millis(0.5),
        lag.millis(0.99),
        variantShare(),
        quintiles(interactive));
  }

  private boolean isShed(int i) {
    Outcome outcome = log.outcome(i);
    return (outcome == Outcome.REJECTED || outcome == Outcome.EVICTED) && !log.isUnfinished(i);
  }

  private long duplicated() {
    return IntStream.range(0, log.sent()).mapToLong(i -> Math.max(0, log.answers(i) - 1)).sum();
  }

  private double predictedNanos(Execution e) {
    return curve.medianNanos(e.variant(), e.batch(), e.paddedLength());
  }

  private double busyShare() {
    long window = load.window().nanos();
    return total(e -> e.endNanos() <= window ? e.nanos() : 0) / window;
  }

  private Map<String, Double> variantShare() {
    double rows = Math.max(1, total(Execution::batch));
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int v = 0; v < log.variants().size(); v++) {
      int variant = v;
      shares.put(log.variants().get(v), total(e -> e.variant() == variant ? e.batch() : 0) / rows);
    }
    return shares;
  }

  private double total(ToDoubleFunction<Execution> value) {
    return executions.stream().mapToDouble(value).sum();
  }

  private List<ArmFigures.Quintile> quintiles(IntPredicate interactive) {
    int[] lengths = IntStream.range(0, load.size()).map(load::length).sorted().toArray();
    List<ArmFigures.Quintile> quintiles = new ArrayList<>();
    int from = 0;
    for (int fifth = 1; fifth <= FIFTHS && lengths.length > 0; fifth++) {
      int to = lengths[(int) ((long) (lengths.length - 1) * fifth / FIFTHS)];
      int above = from;
      IntPredicate member = i -> load.length(i) > above && load.length(i) <= to;
      if (to > from) {
        quintiles.add(
            new ArmFigures.Quintile(
                to,
                count(member),
                share(log::isGood, member),
                share(log::isGood, member.and(interactive))));
      }
      from = to;
    }
    return quintiles;
  }

  private long count(IntPredicate what) {
    return IntStream.range(0, log.sent()).filter(what).count();
  }

  private double share(IntPredicate what, IntPredicate of) {
    long all = count(of);
    return all == 0 ? 1 : (double) count(of.and(what)) / all;
  }

  private Quantiles quantiles(IntPredicate of, IntToLongFunction value) {
    return Quantiles.of(
        Arrays.stream(IntStream.range(0, log.sent()).filter(of).toArray())
            .mapToLong(value)
            .toArray());
  }
}
