package io.waip.cli.demo.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.cli.demo.load.Loads;
import io.waip.cli.runtime.Cancellation;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunerTest {
  private static final long MS = 1_000_000;

  /** A batch takes 20 ms whatever its size: the largest padded batch wins. */
  private static final LatencyModel FLAT = (variant, batch, length) -> 20 * MS;

  private final Cancellation cancellation = new Cancellation();
  private final List<DynamicBatcherSettings> run = new ArrayList<>();

  private static Deployment deployment() {
    return new Deployment(
        List.of(
            new Service(
                "embed",
                Objective.interactive(Duration.ofMillis(100)),
                true,
                List.of(new Variant("reference", 1, 64, 64)))),
        List.of(Tenant.unlimited("interactive"), Tenant.unlimited("offline")),
        List.of(Endpoint.worker("w")));
  }

  private Tuner tuner(Duration budget) {
    Tuner.Effort effort = new Tuner.Effort(2, Duration.ofSeconds(1), budget);
    return new Tuner(
        window -> Loads.even(0.2, window.toMillis(), (int) (window.toMillis() / 5)),
        deployment(),
        FLAT,
        (settings, load) -> {
          run.add(settings);
          return run.size();
        },
        new Tuner.Search(effort, cancellation));
  }

  private static List<DynamicBatcherSettings> field() {
    List<DynamicBatcherSettings> field = new ArrayList<>();
    for (int batch : new int[] {1, 2, 4, 8, 16, 32}) {
      for (ShapeRule shapes : ShapeRule.values()) {
        field.add(DynamicBatcherSettings.of(0, batch, 0, shapes));
      }
    }
    return field;
  }

  @Test
  void onlyTheBestSettingsOfVirtualTimeMeetInRealRuns() throws InterruptedException {
    tuner(Duration.ofMinutes(1)).search(field(), text -> {});
    assertThat(run)
        .hasSize(2)
        .allMatch(settings -> settings.shapes() != ShapeRule.EQUAL && settings.maxBatch() >= 4);
  }

  @Test
  void theBestRealRunWins() throws InterruptedException {
    Tuned tuned = tuner(Duration.ofMinutes(1)).search(field(), text -> {});
    assertThat(tuned.best()).isEqualTo(run.getLast());
    assertThat(tuned.configurations()).isEqualTo(18);
  }

  @Test
  void halvesTheFieldAndDoublesTheLoad() throws InterruptedException {
    List<Tuned.Round> rounds = tuner(Duration.ofMinutes(1)).search(field(), text -> {}).rounds();
    assertThat(rounds).extracting(Tuned.Round::kind).containsExactly("virtual", "virtual", "real");
    assertThat(rounds).extracting(Tuned.Round::configurations).containsExactly(18, 4, 2);
    assertThat(rounds).extracting(Tuned.Round::windowSeconds).containsExactly(3.0, 6.0, 1.0);
  }

  @Test
  void aSpentBudgetEndsTheSearchWithoutRealRuns() throws InterruptedException {
    Tuned tuned = tuner(Duration.ZERO).search(field(), text -> {});
    assertThat(run).isEmpty();
    assertThat(tuned.rounds()).isEmpty();
  }

  @Test
  void aSignalEndsTheSearch() throws InterruptedException {
    cancellation.request();
    tuner(Duration.ofMinutes(1)).search(field(), text -> {});
    assertThat(run).isEmpty();
  }
}
