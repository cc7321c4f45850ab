package io.waip.cli.demo.tune;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.runtime.Cancellation;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.tune.HalvingRound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Successive halving over settings: every round keeps the best quarter and gives it twice the load;
 * the last few meet in real runs.
 */
public final class Tuner {
  private static final Duration FIRST_WINDOW = Duration.ofSeconds(3);

  /** Measures settings by serving a load with the real models; may be slow. */
  @FunctionalInterface
  public interface RealScore {
    /** Returns requests per second answered in time. */
    double goodputRps(DynamicBatcherSettings settings, TextLoad load) throws InterruptedException;
  }

  /**
   * How much real running a search may do.
   *
   * @param finalists settings that meet in real runs, {@code >= 1}
   * @param realWindow length of each real run
   * @param budget the search ends after this; the best so far wins
   */
  public record Effort(int finalists, Duration realWindow, Duration budget) {}

  private final Function<Duration, TextLoad> loads;
  private final VirtualScore virtual;
  private final RealScore real;
  private final Effort effort;
  private final Cancellation cancellation;
  private final List<Tuned.Round> rounds = new ArrayList<>();

  /**
   * Prepares a search.
   *
   * @param loads makes a load of a given window; another seed than the judged one
   * @param search how far it goes and what ends it
   */
  public Tuner(
      Function<Duration, TextLoad> loads,
      Deployment deployment,
      LatencyModel curve,
      RealScore real,
      Search search) {
    this.loads = loads;
    virtual = new VirtualScore(deployment, curve);
    this.real = real;
    effort = search.effort();
    cancellation = search.cancellation();
  }

  /** How far a search goes and what ends it. */
  public record Search(Effort effort, Cancellation cancellation) {}

  /**
   * Searches a grid.
   *
   * @param progress told after each round and each real run, in words
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Tuned search(List<DynamicBatcherSettings> grid, Consumer<String> progress)
      throws InterruptedException {
    long started = System.nanoTime();
    List<DynamicBatcherSettings> field = grid;
    Duration window = FIRST_WINDOW;
    while (field.size() > effort.finalists() && !isOver(started)) {
      progress.accept(
          "%d settings over %d s of virtual time".formatted(field.size(), window.toSeconds()));
      field = virtualRound(field, window);
      window = window.multipliedBy(2);
    }
    DynamicBatcherSettings winner = field.getFirst();
    if (!isOver(started)) {
      winner = realRound(field, started, progress);
    }
    return new Tuned(winner, grid.size(), rounds, (System.nanoTime() - started) / 1e9);
  }

  private boolean isOver(long started) {
    return cancellation.isRequested() || System.nanoTime() - started > effort.budget().toNanos();
  }

  private List<DynamicBatcherSettings> virtualRound(
      List<DynamicBatcherSettings> field, Duration window) {
    TextLoad load = loads.apply(window);
    var round = HalvingRound.of(field, s -> virtualGoodputRps(s, load), effort.finalists());
    note("virtual", window, round.candidates(), round.bestScore());
    return round.kept();
  }

  private double virtualGoodputRps(DynamicBatcherSettings settings, TextLoad load) {
    return cancellation.isRequested() ? 0 : virtual.goodputRps(settings, load);
  }

  /** Runs the finalists one by one while there is time, and returns the best. */
  private DynamicBatcherSettings realRound(
      List<DynamicBatcherSettings> field, long started, Consumer<String> progress)
      throws InterruptedException {
    TextLoad load = loads.apply(effort.realWindow());
    DynamicBatcherSettings winner = field.getFirst();
    double best = Double.NEGATIVE_INFINITY;
    int ran = 0;
    while (ran < field.size() && (ran == 0 || !isOver(started))) {
      DynamicBatcherSettings settings = field.get(ran++);
      progress.accept("finalist %d of %d, real run".formatted(ran, field.size()));
      double goodput = real.goodputRps(settings, load);
      winner = goodput > best ? settings : winner;
      best = Math.max(best, goodput);
    }
    note("real", effort.realWindow(), ran, best);
    return winner;
  }

  private void note(String kind, Duration window, int candidates, double best) {
    rounds.add(new Tuned.Round(kind, candidates, window.toMillis() / 1e3, best));
  }
}
