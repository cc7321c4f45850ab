package io.waip.triton.embedded;

import io.waip.api.Tier;
import io.waip.api.cost.CostPoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.nativebridge.rings.ControlPage;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.triton.DirectExecutor;
import io.waip.triton.InProcessPlanner;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A server with this project's backend whose planner is this JVM: front models in front of others,
 * and models in direct mode.
 */
final class InProcessFront implements AutoCloseable {
  /** Path of the backend's library, in place of the packaged one. */
  static final String LIBRARY_PROPERTY = "waip.test.front";

  // Positions of include/waip/rings.h.
  static final int COUNTER_PLANNED = 1;
  static final int COUNTER_FORWARDED_NO_PLANNER = 2;
  static final int COUNTER_ANSWERED = 10;
  private static final int COUNTER_CHILDREN = 24;
  private static final int COUNTER_CHILD_PARENTS = 25;

  final ModelRepository repository;
  final EmbeddedServer server;

  private final Path control;

  InProcessFront(ModelConfig... models) {
    repository = withBackend(Identity.repository());
    control = repository.root().resolve("control");
    for (ModelConfig model : models) {
      repository.add(model);
    }
    server = EmbeddedServer.start(EmbeddedSettings.of(repository));
  }

  private static ModelRepository withBackend(ModelRepository repository) {
    String library = System.getProperty(LIBRARY_PROPERTY);
    return library == null
        ? repository.addWaipBackend()
        : repository.addBackend(ModelRepository.WAIP_BACKEND, Path.of(library));
  }

  /**
   * Makes {@code config} a model of this backend; {@code keys} are parameters and values in turn.
   */
  ModelConfig onWaip(ModelConfig config, String... keys) {
    ModelConfig.Builder builder =
        ModelConfig.builder(config.name(), ModelRepository.WAIP_BACKEND)
            .maxBatchSize(config.maxBatchSize())
            .instances(config.instances())
            .batching(config.batching())
            .parameter("seat", "inprocess")
            .parameter("control_folder", control.toString());
    config.inputs().forEach(builder::input);
    config.outputs().forEach(builder::output);
    config.raggedInputs().forEach(builder::ragged);
    for (int i = 0; i < keys.length; i += 2) {
      builder.parameter(keys[i], keys[i + 1]);
    }
    return builder.build();
  }

  void add(ModelConfig config) {
    repository.add(config);
    server.load(config.name());
  }

  InProcessPlanner plan(PlanningSpec spec, DirectExecutor executor) {
    return InProcessPlanner.start(control.resolve("control"), spec, executor, line -> {});
  }

  long counter(int position) {
    try (ControlPage page = ControlPage.open(control.resolve("control"))) {
      return page.counter(position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Children that merging saved, as far as the front has published. */
  long savedChildren() {
    return counter(COUNTER_CHILD_PARENTS) - counter(COUNTER_CHILDREN);
  }

  /** A service of these targets as variants: 4 ms and 0.01 ms for each row and element. */
  static PlanningSpec service(
      String name, Optional<ServiceTable.Lengths> lengths, String... targets) {
    List<CostPoint> points = new ArrayList<>();
    for (int variant = 0; variant < targets.length; variant++) {
      for (int batch = 1; batch <= 16; batch *= 2) {
        for (int length = 1; length <= 512; length *= 8) {
          points.add(new CostPoint(variant, batch, length, 4e6 + 1e4 * batch * length, 3));
        }
      }
    }
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofSeconds(10), 99, 0);
    List<VariantSpec> variants =
        Arrays.stream(targets).map(target -> new VariantSpec(target, 1)).toList();
    return PlanningSpec.of(
        List.of(new ServiceSpec(name, objective, lengths, variants, false)),
        List.of(Tenant.unlimited("gold")),
        true,
        points);
  }

  @Override
  public void close() {
    server.close();
    repository.close();
  }
}
