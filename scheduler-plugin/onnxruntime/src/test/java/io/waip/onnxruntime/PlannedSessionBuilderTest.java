package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.ServicePlan;
import io.waip.scheduler.runtime.EngineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedSessionBuilderTest {
  private final LoadedModels models = Tiny.lookup();

  @AfterEach
  void free() {
    models.close();
  }

  @Test
  void loadsAModelFromAFile(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("lookup.onnx"), TinyModel.lookup());
    try (PlannedSession session =
        PlannedSession.builder()
            .variant(ModelVariant.file(new Variant("file", 1, 4, 16), file, 1))
            .lengths(Tiny.LOOKUP_RULE)
            .latencyModel(Tiny.costs())
            .start()) {
      assertThat(session.variants()).containsExactly(VariantStatus.up("file"));
      assertThat(session.call(Tiny.ids(2)).requireOutput().values("y")).containsExactly(30);
    }
  }

  @Test
  void describesTheServiceToTheScheduler() throws Exception {
    List<Deployment> seen = new ArrayList<>();
    List<LatencyModel> costs = new ArrayList<>();
    Objective objective = Objective.interactive(Duration.ofMillis(80));
    Tenant gold = new Tenant("gold", 4, 100, 10);
    PlannedSession session =
        Tiny.session(models)
            .service("words")
            .objective(objective)
            .tenant(gold)
            .workers(2)
            .scheduler((deployment, model) -> {
              seen.add(deployment);
              costs.add(model);
              return new ScriptedScheduler();
            })
            .start();
    session.close();

    Deployment deployment = seen.get(0);
    assertThat(deployment.services()).hasSize(1);
    assertThat(deployment.services().get(0).name()).isEqualTo("words");
    assertThat(deployment.services().get(0).objective()).isEqualTo(objective);
    assertThat(deployment.services().get(0).paddable()).isTrue();
    assertThat(deployment.services().get(0).variants()).isEqualTo(models.variants());
    assertThat(deployment.tenants()).containsExactly(gold);
    assertThat(deployment.endpoints())
        .containsExactly(Endpoint.worker("worker-0"), Endpoint.worker("worker-1"));
    assertThat(session.deployment()).isEqualTo(deployment);
    assertThat(session.latencyModel()).isSameAs(costs.get(0));
    assertThat(session.costPoints()).isEmpty();
  }

  @Test
  void aServiceWithoutTenantsHasOne() throws Exception {
    try (PlannedSession session = Tiny.session(models).start()) {
      assertThat(session.deployment().tenants()).containsExactly(Tenant.unlimited("default"));
      SessionRequest named =
          SessionRequest.builder().input("ids", InputRow.of(1L)).tenant("default").build();
      assertThat(session.call(named).outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void rowMemoryBoundsTheOpenRequests() throws Exception {
    // A slot takes 16 * 8 bytes; 20 slots hold 12 open requests and 8 that are still running.
    try (PlannedSession session =
        Tiny.session(models)
            .maxRowBytes(20 * 128)
            .scheduler((deployment, model) -> new ScriptedScheduler())
            .tenant(Tenant.unlimited("run"))
            .tenant(Tenant.unlimited("reject"))
            .tenant(Tenant.unlimited("late"))
            .tenant(Tenant.unlimited("hold"))
            .drain(Duration.ZERO)
            .start()) {
      List<CompletableFuture<Answer>> held = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        held.add(session.submit(hold()));
      }
      Answer beyond = session.call(hold());

      assertThat(beyond.outcome()).isEqualTo(Outcome.REJECTED);
      assertThat(beyond.reason()).isEqualTo(Reason.QUEUE_FULL);
      assertThat(held).noneMatch(CompletableFuture::isDone);
    }
  }

  private static SessionRequest hold() {
    return SessionRequest.builder().input("ids", InputRow.of(1L)).tenant("hold").build();
  }

  @Test
  void refusesRowMemoryThatHoldsTooFewRequests() {
    assertThatThrownBy(() -> Tiny.session(models).maxRowBytes(10 * 128).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "max_row_bytes 1280 holds 10 requests of the longest kind; 8 running ones need twice"
                + " as many slots; raise it, or lower max batch, max length or workers");
  }

  @Test
  void theRequestLimitIsConfigurable() throws Exception {
    try (PlannedSession session = Tiny.session(models).maxRequestBytes(16).start()) {
      assertThat(session.call(Tiny.ids(1, 2)).outcome()).isEqualTo(Outcome.COMPLETED);
      assertThatThrownBy(() -> session.submit(Tiny.ids(1, 2, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the inputs take 24 bytes; at most 16 are accepted (max_request_bytes)");
    }
  }

  @Test
  void thePlanReachesTheEngine() throws Exception {
    // 10 us times 10 million is beyond the objective of 60 s.
    try (PlannedSession session =
        Tiny.session(models)
            .plan(ServicePlan.DEFAULT.toBuilder().latencyMargin(1e7).build())
            .start()) {
      assertThat(session.call(Tiny.ids(1)).outcome()).isIn(Outcome.REJECTED, Outcome.EVICTED);
    }
  }

  @Test
  void theSettingsReachTheEngine() throws Exception {
    EngineSettings settings = EngineSettings.DEFAULT;
    try (PlannedSession session =
        Tiny.session(models)
            .settings(
                new EngineSettings(
                    settings.queueCapacity(),
                    settings.windowCapacity(),
                    settings.ordering(),
                    List.of((request, endpoint) -> false),
                    List.of()))
            .start()) {
      assertThat(session.call(Tiny.ids(1)).reason()).isEqualTo(Reason.GOVERNANCE);
    }
  }

  @Test
  void aModelThatCannotBeExecutedStopsTheStart() {
    // Sample ids are 1, which this table lacks.
    try (LoadedModels failing =
        LoadedModels.load(
            List.of(Tiny.variant("zero", 1, TinyModel.lookupOfZero())), Tiny.LOOKUP_RULE)) {
      assertThatThrownBy(() -> PlannedSession.builder().models(failing).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("variant 'zero' cannot be executed at batch 1, length 4: ")
          .hasMessageContaining("indices");
    }
  }
}
