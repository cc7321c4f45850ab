package io.waip.triton;

import io.waip.api.cost.LatencyModel;
import io.waip.onnxruntime.CostProfiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Execution times before anything was observed: those of a variant's cost model, else of given
 * points, else a guess that is meant to be too low, {@code objective / 200 · (1 + batch · (1/4 +
 * 3/4 · length / 512))}. Too low a guess admits a few requests that end late; too high a one
 * refuses requests that would have been in time, and would never be corrected.
 *
 * <p>Immutable; any thread; an answer allocates nothing.
 */
final class StartingTimes implements LatencyModel {
  private static final double GUESS_DIVISOR = 200;
  private static final double GUESS_LENGTH = 512;

  private final LatencyModel[] times;
  private final boolean[] guessed;
  private final int[] longest;

  StartingTimes(PlanningSpec spec) {
    List<LatencyModel> models = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    LatencyModel measured = spec.points().isEmpty() ? null : CostProfiler.modelOf(spec.points());
    for (ServiceSpec service : spec.services()) {
      double objective = service.objective().latency().toNanos();
      for (VariantSpec variant : service.variants()) {
        int index = models.size();
        Optional<KnownCost> known = variant.cost();
        boolean isMeasured = spec.points().stream().anyMatch(point -> point.variant() == index);
        models.add(
            known.isPresent()
                ? (v, batch, length) -> known.get().medianNanos(batch, length)
                : measured != null && isMeasured ? measured : guess(objective));
        lengths.add(service.lengths().isPresent() ? PlannerCore.MAX_LENGTH : 1);
      }
    }
    times = models.toArray(LatencyModel[]::new);
    longest = lengths.stream().mapToInt(Integer::intValue).toArray();
    guessed = new boolean[times.length];
    for (int v = 0; v < times.length; v++) {
      guessed[v] = times[v] instanceof Guess;
    }
  }

  /** The guess for one objective. */
  private record Guess(double objectiveNanos) implements LatencyModel {
    @Override
    public long medianNanos(int variant, int batch, int length) {
      double elements = batch * (0.25 + 0.75 * length / GUESS_LENGTH);
      return Math.max(1, Math.round(objectiveNanos / GUESS_DIVISOR * (1 + elements)));
    }
  }

  private static LatencyModel guess(double objectiveNanos) {
    return new Guess(objectiveNanos);
  }

  int variants() {
    return times.length;
  }

  /** Says whether nothing is known of a variant. */
  boolean isGuess(int variant) {
    return guessed[variant];
  }

  /** Returns the longest length of a variant's requests that is told apart; 1 where all are one. */
  int longest(int variant) {
    return longest[variant];
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    return times[variant].medianNanos(variant, batch, length);
  }
}
