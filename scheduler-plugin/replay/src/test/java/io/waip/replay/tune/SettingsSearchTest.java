package io.waip.replay.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RequestSource;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettingsSearchTest {
  private static final long MS = 1_000_000;
  private static final long SLO = 50 * MS;

  private final Queue<Integer> played = new ConcurrentLinkedQueue<>();

  private static final Deployment DEPLOYMENT =
      new Deployment(
          List.of(
              new Service(
                  "embed",
                  Objective.interactive(Duration.ofNanos(SLO)),
                  true,
                  List.of(new Variant("reference", 1, 64, 8)))),
          List.of(Tenant.unlimited("default")),
          List.of(Endpoint.worker("w")));

  /** One request a millisecond; a batch takes 20 ms whatever its size. */
  private static Workload workload() {
    Workload.Builder builder = new Workload.Builder(1600 * MS);
    for (int i = 0; i < 1600; i++) {
      builder.add(i * MS, 1, Tier.INTERACTIVE, 0, i * MS + SLO);
    }
    return builder.build();
  }

  private RunLog play(RequestSource requests, DynamicBatcherSettings settings) {
    played.add(requests.size());
    return VirtualTimeDriver.run(
        requests,
        new DynamicBatcher(DEPLOYMENT, settings),
        new ExecutionTimes((_, _, _) -> 20 * MS, 0, 1));
  }

  /** Serves one request at a time. */
  private static final DynamicBatcherSettings STOCK =
      DynamicBatcherSettings.of(0, 1, 0, ShapeRule.EQUAL);

  private static List<DynamicBatcherSettings> sizes(int most) {
    return IntStream.rangeClosed(1, most)
        .mapToObj(batch -> DynamicBatcherSettings.of(0, batch, 0, ShapeRule.EQUAL))
        .toList();
  }

  @Test
  void findsTheSettingsThatServeAll() {
    TunedSettings tuned =
        new SettingsSearch(workload(), this::play, () -> false).best(STOCK, sizes(32));

    assertThat(tuned.settings().maxBatch()).isGreaterThanOrEqualTo(20);
    assertThat(tuned.configurations()).isEqualTo(33);
    assertThat(tuned.attainment()).isEqualTo(1);
  }

  @Test
  void theLastFewMeetOverAllRequests() {
    new SettingsSearch(workload(), this::play, () -> false).best(STOCK, sizes(32));

    assertThat(played.stream().filter(size -> size == 400)).hasSize(32);
    assertThat(played.stream().filter(size -> size == 1600)).hasSize(17);
    assertThat(played).hasSize(49);
  }

  @Test
  void theStockSettingsAlwaysMeetTheFinalists() {
    DynamicBatcherSettings stock = DynamicBatcherSettings.of(0, 32, 0, ShapeRule.EQUAL);

    assertThat(new SettingsSearch(workload(), this::play, () -> false).best(stock, sizes(2)))
        .extracting(TunedSettings::settings)
        .isEqualTo(stock);
  }

  @Test
  void aCancelledSearchPlaysNothing() {
    assertThat(
            new SettingsSearch(workload(), this::play, () -> true)
                .best(STOCK, sizes(32))
                .settings())
        .isEqualTo(sizes(1).getFirst());
    assertThat(played).isEmpty();
  }

  @Test
  void whatIsLateDoesNotCount() {
    TunedSettings tuned =
        new SettingsSearch(workload(), this::play, () -> false).best(STOCK, sizes(1));

    // Singles at 50/s: those that arrive in the first 31 ms or so are served within 50 ms.
    assertThat(tuned.attainment()).isEqualTo(2 / 1600.0);
  }
}
