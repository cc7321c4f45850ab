package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.drift.Change;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DriftDeskTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<Drift> drifts = new ArrayList<>();
  private final Random random = new Random(4);
  private final DriftDesk desk =
      new DriftDesk(
          Specs.spec(Specs.embed()),
          ServiceLoader.load(DriftWatchFactory.class).findFirst().orElseThrow(),
          drifts::add);
  private long now = 5 * SECOND;

  /** Poisson requests and an execution for every tenth of them. */
  private void pass(int seconds, double perSecond, double factor) {
    long until = now + seconds * SECOND;
    for (long i = 0; now < until; i++) {
      now += Math.round(-Math.log(1 - random.nextDouble()) / perSecond * SECOND);
      int length = (int) Math.round(Math.exp(4 + 0.5 * random.nextGaussian()));
      desk.arrived(SeenArrival.of(now, 0, random.nextInt(2), Math.max(1, length)));
      if (i % 10 == 0) {
        desk.executed(execution(0, Math.log(factor) + 0.05 * random.nextGaussian()));
      }
    }
    desk.advanced(now);
  }

  private SeenExecution execution(int variant, double logResidual) {
    SeenExecution execution = new SeenExecution();
    execution.endNanos = now;
    execution.variant = variant;
    execution.logResidual = logResidual;
    return execution;
  }

  @Test
  void nothingIsToldOfATenMinutesWithoutAChange() {
    pass(600, 100, 1);
    assertThat(drifts).isEmpty();
  }

  @Test
  void aModelThatBecomesSlowerIsToldWithSizeAndBeginning() {
    pass(120, 100, 1);
    pass(20, 100, 1.4);
    assertThat(drifts).hasSize(1);
    Drift drift = drifts.getFirst();
    System.out.println("figures: " + drift.line());
    assertThat(drift.signal()).isEqualTo(Signal.RESIDUAL);
    assertThat(drift.subject()).isEqualTo("fp32");
    assertThat(drift.change()).isEqualTo(Change.RISE);
    assertThat(drift.before()).isCloseTo(1, within(0.02));
    assertThat(drift.after()).isCloseTo(1.4, within(0.08));
    assertThat(drift.seconds()).isLessThan(10);
  }

  @Test
  void moreRequestsAreTold() {
    pass(500, 100, 1);
    pass(120, 180, 1);
    Drift drift =
        drifts.stream().filter(d -> d.signal() == Signal.ARRIVALS).findFirst().orElseThrow();
    System.out.println("figures: " + drift.line());
    assertThat(drift.change()).isEqualTo(Change.RISE);
    assertThat(drift.before()).isCloseTo(100, within(8.0));
    assertThat(drift.after()).isCloseTo(180, within(30.0));
  }

  @Test
  void alarmsOfOneStreamAreToldOnceAMinuteAndCounted() {
    DriftWatchFactory restless = new AlarmingWatchFactory();
    DriftDesk told = new DriftDesk(Specs.spec(Specs.embed()), restless, drifts::add);
    for (int second = 0; second < 100; second++) {
      now += SECOND;
      told.advanced(now);
    }
    assertThat(drifts).extracting(Drift::untold).containsExactly(0, 59);
  }

  @Test
  void anExecutionWithoutAScaleIsLeftOut() {
    pass(120, 100, 1);
    for (int i = 0; i < 1000; i++) {
      desk.executed(execution(0, Double.NaN));
    }
    pass(20, 100, 1);
    assertThat(drifts).isEmpty();
  }

  @Test
  void aLineNamesStreamSizeAndBeginning() {
    Drift drift = new Drift(Signal.CLASS_MIX, "gold/embed", Change.FALL, 0.5, 0.25, 40, 2);
    assertThat(drift.line())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "planner: drift: share of 'gold/embed' fell from 50.0 %% to 25.0 %% since 40 s, 2"
                    + " more alarms before; a new plan may be worth making"));
  }
}
