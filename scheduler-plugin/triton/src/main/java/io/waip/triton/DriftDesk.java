package io.waip.triton;

import io.waip.api.drift.Change;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.Signal;
import io.waip.api.drift.WatchScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a {@link DriftWatch} find lasting changes of the requests and of execution times, and says
 * of each since when it is there and how large it is.
 *
 * <p>Classes of requests are pairs of tenant and service, series are variants. Of one stream an
 * alarm is told at most once a minute; those between are counted. Changes no decision: whoever
 * plans anew listens.
 */
public final class DriftDesk implements PlannerWatcher {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long QUIET_NANOS = 60 * SECOND_NANOS;

  private final int tenants;
  private final DriftWatch watch;
  private final Consumer<Drift> listener;
  private final Stream arrivals = new Stream("");
  private final Stream lengths = new Stream("");
  private final List<Stream> shares = new ArrayList<>();
  private final List<Stream> residuals = new ArrayList<>();
  private int inSecond;
  private long secondEndNanos = Long.MIN_VALUE;

  /** What is kept of a stream. */
  private static final class Stream {
    final String subject;
    final StreamHistory history = new StreamHistory();
    long toldNanos;
    boolean told;
    int untold;

    Stream(String subject) {
      this.subject = subject;
    }
  }

  /**
   * Begins to watch.
   *
   * @param listener told of each change, on the planner's thread
   */
  public DriftDesk(PlanningSpec spec, DriftWatchFactory watches, Consumer<Drift> listener) {
    this.listener = listener;
    tenants = spec.tenants().size();
    spec.services()
        .forEach(service -> {
          spec.tenants().forEach(t -> shares.add(new Stream(t.name() + "/" + service.name())));
          service.variants().forEach(v -> residuals.add(new Stream(v.model())));
        });
    // Shapes need not be told apart: what is watched are the residuals themselves.
    watch = watches.open(new WatchScope(shares.size(), residuals.size(), 1, 1), this::drifted);
  }

  @Override
  public void arrived(SeenArrival arrival) {
    passUntil(arrival.nowNanos());
    int kind = arrival.service() * tenants + arrival.tenant();
    watch.arrived(arrival.nowNanos(), arrival.length(), kind);
    arrivals.history.add(1, 0);
    lengths.history.add(Math.log(arrival.length()), 1);
    shares.get(kind).history.add(1, 0);
    inSecond++;
  }

  @Override
  public void executed(SeenExecution execution) {
    passUntil(execution.endNanos());
    if (!Double.isNaN(execution.logResidual())) {
      residuals.get(execution.variant()).history.add(execution.logResidual(), 1);
      watch.executed(execution.endNanos(), execution.variant(), 1, 1, execution.logResidual());
    }
  }

  @Override
  public void advanced(long nowNanos) {
    passUntil(nowNanos);
  }

  private void passUntil(long nowNanos) {
    if (secondEndNanos == Long.MIN_VALUE) {
      secondEndNanos = nowNanos + SECOND_NANOS;
    }
    while (nowNanos >= secondEndNanos) {
      arrivals.history.add(0, 1);
      arrivals.history.nextSecond();
      lengths.history.nextSecond();
      for (int k = 0; k < shares.size(); k++) {
        shares.get(k).history.add(0, inSecond);
      }
      inSecond = 0;
      nextSecond(shares);
      nextSecond(residuals);
      watch.advance(secondEndNanos);
      secondEndNanos += SECOND_NANOS;
    }
  }

  private static void nextSecond(List<Stream> streams) {
    for (int i = 0; i < streams.size(); i++) {
      streams.get(i).history.nextSecond();
    }
  }

  private void drifted(Signal signal, int index, Change change, long nowNanos) {
    Stream stream =
        switch (signal) {
          case ARRIVALS -> arrivals;
          case LENGTH -> lengths;
          case CLASS_MIX -> shares.get(index);
          case RESIDUAL -> residuals.get(index);
          case HIT_RATE -> throw new IllegalStateException("nothing is looked up here");
        };
    if (stream.told && nowNanos - stream.toldNanos < QUIET_NANOS) {
      stream.untold++;
      return;
    }
    StreamHistory.Shift shift = stream.history.change();
    boolean isLog = signal == Signal.LENGTH || signal == Signal.RESIDUAL;
    Drift drift =
        new Drift(
            signal,
            stream.subject,
            change,
            isLog ? Math.exp(shift.before()) : shift.before(),
            isLog ? Math.exp(shift.after()) : shift.after(),
            shift.seconds(),
            stream.untold);
    stream.told = true;
    stream.toldNanos = nowNanos;
    stream.untold = 0;
    listener.accept(drift);
  }
}
