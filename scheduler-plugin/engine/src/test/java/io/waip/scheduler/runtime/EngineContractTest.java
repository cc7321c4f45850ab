package io.waip.scheduler.runtime;

import io.waip.api.contract.SchedulerContract;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.api.schedule.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The engine is a scheduler, whether it dispatches at once or waits for more. */
class EngineContractTest {
  private static Scheduler engine(Deployment deployment, LatencyModel model, ServicePlan plan) {
    Plan first = Plan.uniform(0, deployment, plan);
    return new Engine(deployment, model, first, EngineSettings.DEFAULT);
  }

  @Nested
  class AtOnce extends SchedulerContract {
    @Override
    protected Scheduler create(Deployment deployment, LatencyModel model) {
      return engine(deployment, model, ServicePlan.DEFAULT);
    }
  }

  @Nested
  class Bucketed extends SchedulerContract {
    @Override
    protected Scheduler create(Deployment deployment, LatencyModel model) {
      return engine(
          deployment, model, ServicePlan.DEFAULT.toBuilder().bucketEdges(List.of(4, 32)).build());
    }
  }

  @Nested
  class Deferring extends SchedulerContract {
    @Override
    protected Scheduler create(Deployment deployment, LatencyModel model) {
      return engine(deployment, model, ServicePlan.DEFAULT.toBuilder().deferral(true).build());
    }
  }
}
