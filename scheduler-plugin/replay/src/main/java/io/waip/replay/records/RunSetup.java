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
import io.waip.scheduler.runtime.EngineSettings;
import java.util.List;

/**
 * All that the decisions of a run depend on besides its events, and where it came from.
 *
 * @param policy who decides
 * @param deployment what is scheduled
 * @param plan in force at the start
 * @param cost execution time of a batch, as the policy knows it
 * @param engine limits of the engine; no rule in it is recorded, so it must have none
 * @param origin who ran it and how
 */
public record RunSetup(
    Policy policy,
    Deployment deployment,
    Plan plan,
    CostSpec cost,
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
   * Checks that the engine has no rules of its own.
   *
   * @throws IllegalArgumentException if it has
   */
  public RunSetup {
    if (!engine.screeners().isEmpty()
        || !engine.admitters().isEmpty()
        || !engine.ordering().equals(EngineSettings.DEFAULT.ordering())) {
      throw new IllegalArgumentException(
          "an engine with an order, screeners or admitters of its own cannot be recorded");
    }
  }

  /** Returns this setup with another plan. */
  public RunSetup withPlan(Plan other) {
    return new RunSetup(policy, deployment, other, cost, engine, origin);
  }

  /** Returns this setup with another origin. */
  public RunSetup withOrigin(Origin other) {
    return new RunSetup(policy, deployment, plan, cost, engine, other);
  }

  /** Creates an idle scheduler. */
  public Scheduler scheduler() {
    return scheduler(DecisionRecorder.NONE);
  }

  private Scheduler scheduler(DecisionRecorder recorder) {
    return policy.create(deployment, cost, plan, engine.withRecorder(recorder));
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
        .setCost(
            CostLaw.newBuilder()
                .setAlphaNanos(cost.alphaNanos())
                .setBetaNanos(cost.betaNanos())
                .setGammaNanos(cost.gammaNanos()))
        .setNoiseCv(origin.noiseCv())
        .setSeed(origin.seed())
        .addAllArguments(origin.arguments())
        .build();
  }

  /** Reads a header; throws {@link IllegalArgumentException} if a part is out of range. */
  static RunSetup fromProto(RecordHeader header) {
    CostLaw cost = header.getCost();
    EngineSettings defaults = EngineSettings.DEFAULT;
    return new RunSetup(
        Policy.parse(header.getPolicy()),
        DeploymentCodec.fromProto(header.getDeployment()),
        PlanCodec.fromProto(header.getPlan()),
        new CostSpec(cost.getAlphaNanos(), cost.getBetaNanos(), cost.getGammaNanos()),
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
}
