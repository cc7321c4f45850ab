package io.waip.cli.bench.planner;

import io.waip.api.Outcome;
import io.waip.api.cost.CostPoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.cli.demo.triton.Core;
import io.waip.cli.demo.triton.Models;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.onnxruntime.SlotModel;
import io.waip.triton.InProcessPlanner;
import io.waip.triton.OnnxExecutor;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import io.waip.triton.embedded.EmbeddedServer;
import io.waip.triton.embedded.EmbeddedSettings;
import io.waip.triton.embedded.InferenceCall;
import io.waip.triton.embedded.InferenceClient;
import io.waip.triton.embedded.ModelRepository;
import io.waip.triton.embedded.TritonStatus;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Triton's core in this process with the forms of the model, a front model for each service, and a
 * planner on its rings that may be watched and given plans.
 */
final class PlannerStage implements AutoCloseable {
  static final List<String> SERVICES = List.of("embed", "exact");

  private static final int MAX_IN_FLIGHT = 16_384;

  private final Path control;
  private final ModelRepository repository;
  private final EmbeddedServer server;
  private final InProcessPlanner planner;
  private final List<InferenceClient> clients = new ArrayList<>();

  /**
   * What the server works with.
   *
   * @param models loaded, by name; closed by their owner after this
   * @param cores of the machine
   * @param log takes the planner's lines
   */
  record Equipment(Map<String, SlotModel> models, int cores, Consumer<String> log) {}

  private PlannerStage(Equipment equipment, PlanningSpec spec, InProcessPlanner.Control watched) {
    repository = ModelRepository.temporary().addWaipBackend();
    Path folder = repository.root().resolve("control");
    control = folder.resolve("control");
    Models models = new Models(folder, BenchModels.MAX_BATCH);
    Models.Batching none = new Models.Batching(BenchModels.MAX_BATCH, false, null);
    for (BenchVariant variant : BenchVariant.ALL) {
      repository.add(models.direct(variant.name(), variant.instances(equipment.cores()), none));
    }
    for (String service : SERVICES) {
      repository.add(models.front(service, BenchVariant.ALL.getFirst().name()));
    }
    server = EmbeddedServer.start(EmbeddedSettings.of(repository));
    Map<String, Integer> threads =
        BenchVariant.ALL.stream()
            .collect(Collectors.toMap(BenchVariant::name, BenchVariant::threads));
    CoreExecutor executor =
        new CoreExecutor(new OnnxExecutor(equipment.models()), threads, equipment.cores());
    planner = InProcessPlanner.start(control, spec, executor, watched, equipment.log());
  }

  /**
   * Starts the server, loads its models and waits for the planner.
   *
   * @throws IllegalStateException if the planner does not get ready
   */
  static PlannerStage start(
      Equipment equipment, PlanningSpec spec, InProcessPlanner.Control watched)
      throws InterruptedException {
    // Not before: ONNX Runtime must be loaded before Triton's core is.
    Core.require();
    PlannerStage stage = new PlannerStage(equipment, spec, watched);
    try {
      BenchVariant.ALL.forEach(variant -> stage.server.load(variant.name()));
      for (String service : SERVICES) {
        stage.server.load(service);
        stage.clients.add(
            new InferenceClient(
                stage.server, service, Models.INPUTS, List.of(Models.HIDDEN), MAX_IN_FLIGHT));
      }
      Core.awaitPlanner(stage.control);
      return stage;
    } catch (InterruptedException | RuntimeException | Error e) {
      stage.close();
      throw e;
    }
  }

  /**
   * Returns what the planner is told: both services, each variant on executions as wide as its own.
   *
   * @param points measured times by the index in {@link BenchVariant#ALL}
   */
  static PlanningSpec spec(Objective objective, List<CostPoint> points) {
    ServiceTable.Lengths lengths =
        new ServiceTable.Lengths(
            Models.TOKENS,
            1,
            Optional.of(new ServiceTable.Padding(0, Models.MASK, List.of(Models.HIDDEN))));
    List<ServiceSpec> services = new ArrayList<>();
    List<CostPoint> all = new ArrayList<>(points);
    for (String service : SERVICES) {
      List<BenchVariant> variants = variants(service);
      services.add(
          new ServiceSpec(
              service,
              objective,
              Optional.of(lengths),
              variants.stream()
                  .map(v -> new VariantSpec(v.name(), v.isQuantized() ? 0 : 1, v.device()))
                  .toList(),
              false));
    }
    for (int i = 0; i < BenchVariant.EXACT.size(); i++) {
      int measured = BenchVariant.ALL.indexOf(BenchVariant.EXACT.get(i));
      int index = BenchVariant.ALL.size() + i;
      points.stream()
          .filter(point -> point.variant() == measured)
          .map(p -> new CostPoint(index, p.batch(), p.length(), p.nanos(), p.samples()))
          .forEach(all::add);
    }
    return PlanningSpec.of(services, List.of(Tenant.unlimited("default")), true, all);
  }

  static List<BenchVariant> variants(String service) {
    return service.equals(SERVICES.getFirst()) ? BenchVariant.ALL : BenchVariant.EXACT;
  }

  /** Sends a request; its end is told on any thread. */
  void send(int request, PhasedLoad.Request what, long sloNanos, Ends ends) {
    InferenceCall call = clients.get(what.service()).tryAcquire();
    if (call == null) {
      ends.ended(request, Outcome.REJECTED);
      return;
    }
    write(call, what.length());
    call.options().parameter("deadline_ms", sloNanos / 1_000_000);
    call.submit(done -> {
      Outcome outcome =
          done.status() == TritonStatus.OK
              ? Outcome.COMPLETED
              : done.status() == TritonStatus.UNAVAILABLE ? Outcome.REJECTED : Outcome.FAILED;
      done.close();
      ends.ended(request, outcome);
    });
  }

  /** Takes the ends of requests. */
  interface Ends {
    /** A request was answered, refused, or failed. */
    void ended(int request, Outcome outcome);
  }

  private static void write(InferenceCall call, int length) {
    LongBuffer tokens = call.write(0, 1, length).asLongBuffer();
    LongBuffer mask = call.write(1, 1, length).asLongBuffer();
    for (int i = 0; i < length; i++) {
      tokens.put(1_000 + i);
      mask.put(1);
    }
  }

  @Override
  public void close() {
    clients.forEach(InferenceClient::close);
    try {
      server.close();
    } finally {
      planner.close();
      repository.close();
    }
  }
}
