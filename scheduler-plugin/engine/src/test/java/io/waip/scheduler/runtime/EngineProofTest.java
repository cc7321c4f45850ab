package io.waip.scheduler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Reason;
import io.waip.api.Tier;
import io.waip.scheduler.runtime.Reached.Milestone;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Drives the engine through random worlds; every decision is judged by a {@link Ledger}. */
class EngineProofTest {
  private static final long LEAST_EVENTS = 2_000_000;
  private static final Reached REACHED = new Reached();

  @Property(tries = 300, seed = "20260101", edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
  void holdsEveryInvariant(
      @ForAll long seed, @ForAll @IntRange(min = 5_000, max = 15_000) int events) {
    run(seed, events);
  }

  @Property(
      tries = 20,
      seed = "20260102",
      shrinking = ShrinkingMode.OFF,
      edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
  void decidesTheSameForTheSameEvents(@ForAll long seed) {
    assertThat(run(seed, 5_000)).isEqualTo(run(seed, 5_000));
  }

  @AfterContainer
  static void reachesEveryStateWorthReaching() {
    System.out.println("reached: " + REACHED);
    assertThat(REACHED.missing(List.of(Reason.INVALID))).isEmpty();
    assertThat(REACHED.events()).isGreaterThan(LEAST_EVENTS);
  }

  private static long run(long seed, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    Scenario scenario = new Scenario(random);
    Engine engine = scenario.engine();
    World[] world = new World[1];
    world[0] = new World(scenario, engine, random, REACHED, () -> observe(engine, world[0]));
    world[0].run(events);
    assertThat(engine.inFlight()).isZero();
    return world[0].ledger.decisionHash();
  }

  private static void observe(Engine engine, World world) {
    RequestBook book = world.ledger.book;
    assertThat(engine.queued()).isEqualTo(book.queued());
    for (int i = 0; i < Math.min(2, book.queued()); i++) {
      int r = book.queuedAt(i);
      Tier tier = book.tier(r);
      if (!engine.fairness(tier).mayServe(book.tenant(r))) {
        REACHED.passed(Milestone.TENANT_HELD_BACK);
      }
    }
  }
}
