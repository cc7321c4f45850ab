package io.waip.cli.demo.triton;

import io.waip.api.Tier;
import io.waip.api.cost.CostPoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.cli.demo.load.Arm;
import io.waip.cli.demo.load.Stage;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.input.UserError;
import io.waip.nativebridge.rings.ControlPage;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.onnxruntime.SlotModel;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.triton.InProcessPlanner;
import io.waip.triton.OnnxExecutor;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import io.waip.triton.embedded.DynamicBatching;
import io.waip.triton.embedded.EmbeddedServer;
import io.waip.triton.embedded.EmbeddedSettings;
import io.waip.triton.embedded.InferenceClient;
import io.waip.triton.embedded.ModelRepository;
import io.waip.triton.embedded.QueuePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Triton's core in this process with the demo's models, and the planner on its rings.
 *
 * <p>Every arm runs the same loaded models through direct mode, as many executions at once as there
 * are workers. An arm of the planner calls a front model; an arm of Triton's batcher calls a model
 * that is loaded with its settings, and only for it.
 */
public final class TritonStage implements Stage, AutoCloseable {
  private static final String FRONT = "embed";
  private static final String REFERENCE_FRONT = "embed_reference";
  private static final String BATCHED = "batched_";
  private static final String DEVICE = "cpu";
  private static final int MAX_IN_FLIGHT = 32_768;

  private final Equipment equipment;
  private final List<String> names;
  private final ModelRepository repository;
  private final Models models;
  private final LoggedExecutor executor;
  private final EmbeddedServer server;
  private final InProcessPlanner planner;
  private final Path control;

  /**
   * What the server works with.
   *
   * @param variants the reference first
   * @param loaded a model for each, by name; closed by their owner after this
   * @param curve measured execution times the planner starts from
   * @param workers executions at once
   * @param log takes the planner's lines
   */
  public record Equipment(
      List<Variant> variants,
      Map<String, SlotModel> loaded,
      List<CostPoint> curve,
      Objective objective,
      int workers,
      Consumer<String> log) {}

  private TritonStage(Equipment equipment) {
    this.equipment = equipment;
    names = equipment.variants().stream().map(Variant::model).toList();
    repository = ModelRepository.temporary().addWaipBackend();
    Path folder = repository.root().resolve("control");
    control = folder.resolve("control");
    models = new Models(folder, maxBatch());
    executor =
        new LoggedExecutor(new OnnxExecutor(directModels()), variantIndexes(), equipment.workers());
    writeModels();
    server = EmbeddedServer.start(EmbeddedSettings.of(repository));
    planner = InProcessPlanner.start(control, spec(), executor, equipment.log());
  }

  /**
   * Starts the server, loads its models and waits for the planner.
   *
   * @throws UserError if there can be no server on this machine
   * @throws IllegalStateException if the planner does not get ready
   */
  public static TritonStage start(Equipment equipment) throws InterruptedException {
    Core.require();
    TritonStage stage = new TritonStage(equipment);
    try {
      stage.names.forEach(stage.server::load);
      stage.server.load(FRONT);
      stage.server.load(REFERENCE_FRONT);
      Core.awaitPlanner(stage.control);
      return stage;
    } catch (InterruptedException | RuntimeException | Error e) {
      stage.close();
      throw e;
    }
  }

  private int maxBatch() {
    return equipment.variants().getFirst().maxBatch();
  }

  private Map<String, SlotModel> directModels() {
    Map<String, SlotModel> loaded = new HashMap<>();
    equipment
        .loaded()
        .forEach((name, model) -> {
          loaded.put(name, model);
          loaded.put(BATCHED + name, model);
        });
    return loaded;
  }

  private Map<String, Integer> variantIndexes() {
    Map<String, Integer> indexes = new HashMap<>();
    for (int v = 0; v < names.size(); v++) {
      indexes.put(names.get(v), v);
      indexes.put(BATCHED + names.get(v), v);
    }
    return indexes;
  }

  private void writeModels() {
    Models.Batching none = new Models.Batching(maxBatch(), false, null);
    for (String name : names) {
      repository.add(models.direct(name, equipment.workers(), none));
      repository.add(models.direct(BATCHED + name, equipment.workers(), none));
    }
    repository.add(models.front(FRONT, names.getFirst()));
    repository.add(models.front(REFERENCE_FRONT, names.getFirst()));
  }

  private PlanningSpec spec() {
    List<VariantSpec> variants =
        equipment.variants().stream()
            .map(v -> new VariantSpec(v.model(), v.quality(), DEVICE))
            .toList();
    ServiceTable.Lengths lengths =
        new ServiceTable.Lengths(
            Models.TOKENS,
            1,
            Optional.of(new ServiceTable.Padding(0, Models.MASK, List.of(Models.HIDDEN))));
    Objective objective = equipment.objective();
    return PlanningSpec.of(
        List.of(
            new ServiceSpec(FRONT, objective, Optional.of(lengths), variants, false),
            new ServiceSpec(
                REFERENCE_FRONT,
                objective,
                Optional.of(lengths),
                List.of(variants.getFirst()),
                false)),
        List.of(
            Tenant.unlimited(TextLoad.INTERACTIVE_TENANT),
            Tenant.unlimited(TextLoad.OFFLINE_TENANT)),
        true,
        points());
  }

  /** Returns the measured points of both services: the reference has a variant index in each. */
  private List<CostPoint> points() {
    List<CostPoint> points = new ArrayList<>(equipment.curve());
    for (CostPoint point : equipment.curve()) {
      if (point.variant() == 0) {
        points.add(
            new CostPoint(
                names.size(), point.batch(), point.length(), point.nanos(), point.samples()));
      }
    }
    return points;
  }

  @Override
  public String tritonVersion() {
    return server.version();
  }

  @Override
  public Arm.Opener stock() {
    return () ->
        openBatched(0, false, new Models.Batching(maxBatch(), false, DynamicBatching.STOCK));
  }

  @Override
  public Arm.Opener batcher(DynamicBatcherSettings settings) {
    boolean ragged = settings.shapes() == ShapeRule.RAGGED;
    boolean padded = settings.shapes() == ShapeRule.PADDED_TO_MAX;
    Models.Batching batching = new Models.Batching(settings.maxBatch(), ragged, batching(settings));
    return () -> openBatched(settings.variant(), padded, batching);
  }

  private static DynamicBatching batching(DynamicBatcherSettings settings) {
    DynamicBatching batching =
        DynamicBatching.STOCK
            .withMaxQueueDelay(Duration.ofNanos(settings.maxQueueDelayNanos()))
            .withPreferredSizes(settings.preferredBatches());
    List<QueuePolicy> levels =
        settings.levels().stream()
            .map(level ->
                new QueuePolicy(Duration.ofNanos(level.timeoutNanos()), level.maxQueueSize()))
            .toList();
    return settings.hasPriorityLevels()
        ? batching.withLevels(levels)
        : batching.withQueue(levels.getFirst());
  }

  private TritonServing openBatched(int variant, boolean padded, Models.Batching batching) {
    String name = BATCHED + names.get(variant);
    server.load(name, models.direct(name, equipment.workers(), batching).toJson());
    int maxLength = equipment.variants().get(variant).maxLength();
    boolean levels = batching.settings() != null && !batching.settings().levels().isEmpty();
    return open(
        name,
        (call, load, request) -> {
          int length = load.length(request);
          TritonServing.write(call, load.tokens(request), padded ? maxLength : length);
          if (levels) {
            call.options().priority(load.tier(request).ordinal() + 1L);
          }
        },
        new TritonServing.Surroundings() {
          @Override
          public long forwarded() {
            return 0;
          }

          @Override
          public void end() {
            server.unload(name);
          }
        });
  }

  @Override
  public Arm.Opener planner(boolean referenceOnly) {
    long sloNanos = equipment.objective().latency().toNanos();
    return () ->
        open(
            referenceOnly ? REFERENCE_FRONT : FRONT,
            (call, load, request) -> {
              TritonServing.write(call, load.tokens(request), load.length(request));
              call.options().parameter("tenant", load.tenant(request));
              if (load.tier(request) == Tier.INTERACTIVE) {
                call.options().parameter("tier", "interactive");
                call.options().parameter("deadline_ms", sloNanos / 1_000_000);
              } else {
                call.options().parameter("tier", "offline");
              }
            },
            new Passed(passedBy()));
  }

  private TritonServing open(
      String model, TritonServing.RequestForm form, TritonServing.Surroundings around) {
    InferenceClient client =
        new InferenceClient(server, model, Models.INPUTS, List.of(Models.HIDDEN), MAX_IN_FLIGHT);
    return new TritonServing(client, form, names, executor.startLog(), around);
  }

  /** Counts from a number on. */
  private final class Passed implements TritonServing.Surroundings {
    private final long before;

    Passed(long before) {
      this.before = before;
    }

    @Override
    public long forwarded() {
      return passedBy() - before;
    }

    @Override
    public void end() {}
  }

  /** Returns how many requests of front models passed the planner by, whatever the cause. */
  private long passedBy() {
    try (ControlPage page = ControlPage.open(control)) {
      return page.forwarded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      planner.close();
      repository.close();
    }
  }
}
