package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Change.Place;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Copies to and from the device go through memory that is not pinned, because the pool is full. */
final class PinnedPoolRule implements ModelRule {
  /** Where less than a twentieth is free, large inputs find no room. */
  private static final double LEAST_USE = 0.95;

  @Override
  public Cause cause() {
    return Cause.PINNED_POOL;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    OptionalDouble use = use(model);
    double copies =
        model.load().perRequest(Tallied.COMPUTE_INPUT)
            + model.load().perRequest(Tallied.COMPUTE_OUTPUT);
    boolean isIt =
        use.isPresent()
            && use.getAsDouble() >= LEAST_USE
            && ModelCase.isWorth(model.slowing(copies));
    if (!isIt) {
      return Optional.empty();
    }
    long bytes =
        Math.round(2 * model.metrics().largest("nv_pinned_memory_pool_total_bytes").orElse(0));
    return Optional.of(
        model.finding(
            cause(),
            Confidence.HIGH,
            model.slowing(copies),
            List.of(
                ModelCase.metered(
                    "the pool of pinned memory is used to %.0f %%", 100 * use.getAsDouble()),
                model.counted(
                    "inputs and outputs are copied for %.3g of %.3g ms",
                    copies, model.load().totalMillis())),
            Remedy.of(
                "double the pool: --pinned-memory-pool-byte-size=%d".formatted(bytes),
                new Change(Place.SERVER_OPTION, "", "pinned-memory-pool-byte-size", "" + bytes))));
  }

  /** Returns how full the pool is, {@code [0, 1]}; empty where the metrics do not tell. */
  static OptionalDouble use(ModelCase model) {
    return model
        .metrics()
        .share("nv_pinned_memory_pool_used_bytes", "nv_pinned_memory_pool_total_bytes");
  }

  /** Says whether the pool is known to be full. */
  static boolean isFull(ModelCase model) {
    return use(model).orElse(0) >= LEAST_USE;
  }
}
