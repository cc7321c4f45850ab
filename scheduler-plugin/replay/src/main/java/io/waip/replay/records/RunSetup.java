package io.waip.replay.records;

import io.waip.api.deployment.Deployment;
import io.waip.api.plan.Plan;
import io.waip.api.record.DecisionRecorder;
import io.waip.api.schedule.Scheduler;
import io.waip.api.v1.CostLaw;
import io.waip.api.v1.EngineLimits;
import io.waip.api.v1.RecordHeader;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.CostTable;
import io.waip.scheduler.runtime.EngineSettings;
import java.util.List;

/**
 * All that the decisions of a run depend on besides its events, and where it came from.
 *
 * @param policy who decides
 * @param deployment what is scheduled
 * @param plan in force at the start
 * @param costs execution times of each variant, as the policy knows them
 * @param engine limits of the engine; no rule in it is recorded, so it must have none
 * @param origin who ran it and how
 */
public record RunSetup(
    Policy policy,
    Deployment deployment,
    Plan plan,
    CostTable costs,
    EngineSettings engine,
    Origin origin) {

  /**
   * Where a run came from; decisions do not depend on it.
   *
   * @param producer product and version
   * @param noiseCv coefficient of variation of execution times
   * @param seed of the driver
   * @param arguments words of the command line
   */
  public record Origin(String producer, double noiseCv, long seed, List<String> arguments) {
    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin("", 0, 0, List.of());

    /** Copies the list. */
    public Origin {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Checks that the engine has no rules of its own, and that each variant has a cost.
   *
   * @throws IllegalArgumentException if not
   */
  public RunSetup {
    int known = costs.variants().size();
    if (known != 1 && known != deployment.variants().size()) {
      throw new IllegalArgumentException(
          "%d variants need as many costs, or one for all, got %d"
              .formatted(deployment.variants().size(), known));
    }
    if (!engine.screeners().isEmpty()
        || !engine.admitters().isEmpty()
        || !engine.ordering().equals(EngineSettings.DEFAULT.ordering())) {
      throw new IllegalArgumentException(
          "an engine with an order, screeners or admitters of its own cannot be recorded");
    }
  }

  /** Returns this setup with another plan. */
  public RunSetup withPlan(Plan other) {
    return new RunSetup(policy, deployment, other, costs, engine, origin);
  }

  /** Returns this setup with another origin. */
  public RunSetup withOrigin(Origin other) {
    return new RunSetup(policy, deployment, plan, costs, engine, other);
  }

  /** Creates an idle scheduler. */
  public Scheduler scheduler() {
    return scheduler(DecisionRecorder.NONE);
  }

  private Scheduler scheduler(DecisionRecorder recorder) {
    return policy.create(deployment, costs, plan, engine.withRecorder(recorder));
  }

  /** Creates an idle scheduler that is recorded. */
  Scheduler recordedScheduler(RecordEncoder records) {
    return new RecordedScheduler(scheduler(records), records);
  }

  RecordHeader toProto() {
    return RecordHeader.newBuilder()
        .setFormatVersion(RecordReader.FORMAT_VERSION)
        .setProducer(origin.producer())
        .setPolicy(policy.label())
        .setDeployment(DeploymentCodec.toProto(deployment))
        .setPlan(PlanCodec.toProto(plan))
        .setEngine(
            EngineLimits.newBuilder()
                .setQueueCapacity(engine.queueCapacity())
                .setWindowCapacity(engine.windowCapacity()))
        .addAllCosts(costs.variants().stream().map(RunSetup::toProto).toList())
        .setNoiseCv(origin.noiseCv())
        .setSeed(origin.seed())
        .addAllArguments(origin.arguments())
        .build();
  }

  /** Reads a header; throws {@link IllegalArgumentException} if a part is out of range. */
  static RunSetup fromProto(RecordHeader header) {
    EngineSettings defaults = EngineSettings.DEFAULT;
    return new RunSetup(
        Policy.parse(header.getPolicy()),
        DeploymentCodec.fromProto(header.getDeployment()),
        PlanCodec.fromProto(header.getPlan()),
        new CostTable(header.getCostsList().stream().map(RunSetup::fromProto).toList()),
        new EngineSettings(
            header.getEngine().getQueueCapacity(),
            header.getEngine().getWindowCapacity(),
            defaults.ordering(),
            defaults.screeners(),
            defaults.admitters()),
        new Origin(
            header.getProducer(),
            header.getNoiseCv(),
            header.getSeed(),
            header.getArgumentsList()));
  }

  private static CostLaw toProto(CostSpec cost) {
    return CostLaw.newBuilder()
        .setAlphaNanos(cost.alphaNanos())
        .setBetaNanos(cost.betaNanos())
        .setGammaNanos(cost.gammaNanos())
        .build();
  }

  private static CostSpec fromProto(CostLaw cost) {
    return new CostSpec(cost.getAlphaNanos(), cost.getBetaNanos(), cost.getGammaNanos());
  }
}
