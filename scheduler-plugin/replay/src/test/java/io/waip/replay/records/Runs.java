package io.waip.replay.records;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.api.v1.DecisionRecord;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RequestSource;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.CostTable;
import io.waip.scheduler.runtime.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Recorded runs for tests. */
public final class Runs {
  public static final long MS = 1_000_000L;

  private Runs() {}

  /** One worker, one variant, 4 ms + 0.8 ms for each request, exact predictions. */
  public static RunSetup setup(Policy policy) {
    Service service =
        new Service(
            "service",
            Objective.interactive(Duration.ofMillis(50)),
            true,
            List.of(new Variant("model", 1, 8, 64)));
    Deployment deployment =
        new Deployment(
            List.of(service),
            List.of(Tenant.unlimited("tenant")),
            List.of(Endpoint.worker("worker-1")));
    return new RunSetup(
        policy,
        deployment,
        Plan.uniform(0, deployment, ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build()),
        CostTable.of(CostSpec.parse("alpha=4ms,beta=0.8ms")),
        EngineSettings.DEFAULT,
        RunSetup.Origin.UNKNOWN);
  }

  static RunSetup withMargin(RunSetup setup, double margin) {
    List<ServicePlan> plans =
        setup.plan().services().stream()
            .map(plan -> plan.toBuilder().latencyMargin(margin).build())
            .toList();
    return setup.withPlan(new Plan(setup.plan().version(), plans));
  }

  static RunSetup withEdges(RunSetup setup, Integer... edges) {
    List<ServicePlan> plans =
        setup.plan().services().stream()
            .map(plan -> plan.toBuilder().bucketEdges(List.of(edges)).build())
            .toList();
    return setup.withPlan(new Plan(setup.plan().version(), plans));
  }

  /** Drives requests in virtual time, recorded. */
  public static Path record(Path file, RunSetup setup, RequestSource requests) {
    try (DecisionLog log = DecisionLog.create(file, setup, WhenFull.WAIT)) {
      ExecutionTimes times = new ExecutionTimes(setup.costs(), 0, 1);
      VirtualTimeDriver.run(requests, log.scheduler(), times);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  static Reproduction repeat(Path file) {
    try (RecordReader reader = new RecordReader(file)) {
      return RecordReplay.run(reader);
    }
  }

  static Reproduction repeat(Path file, RunSetup setup) {
    try (RecordReader reader = new RecordReader(file)) {
      return RecordReplay.run(reader, setup);
    }
  }

  /** Reads a file to its end and returns the number of its records. */
  static long verify(Path file) {
    try (RecordReader reader = new RecordReader(file)) {
      Optional<DecisionRecord> next = reader.next();
      while (next.isPresent()) {
        next = reader.next();
      }
      return reader.records();
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
