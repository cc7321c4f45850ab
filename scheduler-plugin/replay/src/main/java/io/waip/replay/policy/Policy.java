package io.waip.replay.policy;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Scheduler;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.QueuePolicy;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.scheduler.runtime.Engine;
import io.waip.scheduler.runtime.EngineSettings;
import java.util.Arrays;
import java.util.List;

/** The policies a replay can run, by the name users give. */
public enum Policy {
  /** The planner's engine. */
  WAIP("waip"),
  /** Largest batches in order of arrival, nothing dropped. */
  FIFO("fifo"),
  /** Earliest deadline first, hopeless heads dropped, longest feasible prefix. */
  EDF_PREFIX("edf-prefix"),
  /** Triton's dynamic batcher as it is without settings: one queue, no delay, nothing dropped. */
  TRITON("triton"),
  /** Batch sizes that follow observed times. */
  CLIPPER_AIMD("clipper-aimd"),
  /** A planned batch and early drop. */
  NEXUS("nexus"),
  /** The batch that has to start first, by predicted times. */
  CLOCKWORK("clockwork"),
  /** Batches deferred until they cannot grow any more. */
  SYMPHONY("symphony");

  private final String label;

  Policy(String label) {
    this.label = label;
  }

  /** Returns the name users give. */
  public String label() {
    return label;
  }

  /** Returns all names, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Policy::label).toList();
  }

  /**
   * Returns the policy of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Policy parse(String label) {
    return Arrays.stream(values())
        .filter(policy -> policy.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown policy '%s'; one of %s".formatted(label, String.join(", ", labels()))));
  }

  /**
   * Creates an idle scheduler.
   *
   * @param plan used by {@link #WAIP} alone
   */
  public Scheduler create(Deployment deployment, LatencyModel model, Plan plan) {
    return create(deployment, model, plan, EngineSettings.DEFAULT);
  }

  /**
   * Creates an idle scheduler.
   *
   * @param plan used by {@link #WAIP} alone
   * @param settings used by {@link #WAIP} alone
   */
  public Scheduler create(
      Deployment deployment, LatencyModel model, Plan plan, EngineSettings settings) {
    return switch (this) {
      case WAIP -> new Engine(deployment, model, plan, settings);
      case FIFO -> new FifoPolicy(deployment, model);
      case EDF_PREFIX -> new EdfPrefixPolicy(deployment, model);
      case TRITON -> new DynamicBatcher(deployment, stockTriton(deployment));
      case CLIPPER_AIMD -> new ClipperAimdPolicy(deployment, model);
      case NEXUS -> new NexusPolicy(deployment, model);
      case CLOCKWORK -> new ClockworkPolicy(deployment, model);
      case SYMPHONY -> new SymphonyPolicy(deployment, model);
    };
  }

  /** Returns the settings of {@link #TRITON}: those of a server that configures none. */
  public static DynamicBatcherSettings stockTriton(Deployment deployment) {
    int maxBatch =
        deployment.services().stream()
            .mapToInt(service -> service.variants().getFirst().maxBatch())
            .min()
            .orElseThrow();
    return DynamicBatcherSettings.of(0, maxBatch, 0, ShapeRule.EQUAL)
        .withOneQueue(QueuePolicy.UNLIMITED);
  }
}
