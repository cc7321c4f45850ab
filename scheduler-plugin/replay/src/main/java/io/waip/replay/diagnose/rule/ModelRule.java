package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Finding;
import java.util.List;
import java.util.Optional;

/** Judges one cause for one model. Stateless. */
public interface ModelRule {
  /** Rules whose causes are mistakes of their own. */
  List<ModelRule> FIRST =
      List.of(
          new SlowStepRule(Cause.SLOW_PREPROCESSING),
          new CopyRule(Cause.INPUT_COPY),
          new UselessCacheRule(),
          new NoBatchingRule(),
          new BatchCapRule(),
          new PreferredSizeRule(),
          new ShapeCutRule(),
          new PrefetchOverStrategyRule(),
          new MemoryPressureRule(),
          new PinnedPoolRule(),
          new QueueDelayRule(),
          new IgnoredTimeoutRule(),
          new ShortTimeoutRule(),
          new IdleInstancesRule(),
          new ThreadOversubscriptionRule(),
          new ColdModelRule(),
          new SlowStepRule(Cause.SLOW_POSTPROCESSING),
          new CopyRule(Cause.OUTPUT_COPY));

  /** Rules for what is left when none of the first says why executions are long. */
  List<ModelRule> OF_EXECUTION = List.of(new BatchOverObjectiveRule());

  /** Rules for what is left when none of the others says why requests wait; the first holds. */
  List<ModelRule> OF_QUEUE = List.of(new FewInstancesRule(), new OverloadRule());

  /** Returns the cause. */
  Cause cause();

  /**
   * Judges a model of which all that the cause needs is known.
   *
   * @return empty where it is not the cause
   */
  Optional<Finding> judge(ModelCase model);
}
