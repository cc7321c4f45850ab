package io.waip.cli.demo;

import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.demo.load.TextPool;
import io.waip.cli.demo.load.TraceArrivals;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import java.time.Duration;

/** Makes the loads of a run: the judged one, those for tuning, and the warm-up. */
final class LoadFactory {
  static final double INTERACTIVE_SHARE = 0.2;

  /** Seeds of tuning and warm-up lie this far from the judged one. */
  private static final long TUNING_SEED_OFFSET = 1_000_003;

  private static final long WARM_UP_SEED_OFFSET = 2_000_003;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final double WARM_UP_SHARE = 0.4;

  private final TextPool texts;
  private final ArrivalTimes times;
  private final double rps;
  private final long sloNanos;
  private final long seed;

  /** Where arrival times come from. */
  @FunctionalInterface
  interface ArrivalTimes {
    /** Returns intended send times from the start of a window. */
    long[] draw(double rps, long windowNanos, long seed);

    /** Returns independent exponential gaps, at exactly the mean rate. */
    static ArrivalTimes poisson() {
      return (rps, windowNanos, seed) ->
          Arrivals.generate(
              new ArrivalSpec.Poisson(),
              Math.max(2, Math.toIntExact(Math.round(rps * windowNanos / 1e9))),
              rps,
              seed);
    }

    /** Returns those of a trace, stretched to the rate; another seed starts elsewhere in it. */
    static ArrivalTimes ofTrace(long[] trace, long judgedSeed) {
      return (rps, windowNanos, seed) ->
          TraceArrivals.rescale(trace, seed == judgedSeed ? 0 : trace.length / 2, rps, windowNanos);
    }
  }

  LoadFactory(TextPool texts, ArrivalTimes times, double rps, Duration slo, long seed) {
    this.texts = texts;
    this.times = times;
    this.rps = rps;
    this.sloNanos = slo.toNanos();
    this.seed = seed;
  }

  /** Returns the load the arms are judged by. */
  TextLoad judged(Duration window) {
    return draw(window, rps, seed);
  }

  /** Returns a load for tuning, of another seed. */
  TextLoad tuning(Duration window) {
    return draw(window, rps, seed + TUNING_SEED_OFFSET);
  }

  /** Returns the load served before each window, light enough to leave nothing behind. */
  TextLoad warmUp() {
    return draw(WARM_UP, rps * WARM_UP_SHARE, seed + WARM_UP_SEED_OFFSET);
  }

  private TextLoad draw(Duration window, double rate, long drawSeed) {
    TextLoad.Window measured = new TextLoad.Window(sloNanos, window.toNanos());
    long[] sendNanos = times.draw(rate, window.toNanos(), drawSeed);
    return TextLoad.draw(texts, measured, sendNanos, INTERACTIVE_SHARE, drawSeed);
  }
}
