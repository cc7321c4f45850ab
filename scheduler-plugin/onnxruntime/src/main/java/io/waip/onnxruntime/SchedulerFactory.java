package io.waip.onnxruntime;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.schedule.Scheduler;

/** Makes the scheduler a session is driven by; the default makes the planner's engine. */
@FunctionalInterface
public interface SchedulerFactory {
  /** Returns a new scheduler for one service whose endpoints hold one batch each. */
  Scheduler create(Deployment deployment, LatencyModel model);
}
