package io.waip.scheduler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.api.record.Consideration;
import io.waip.api.record.DecisionRecorder;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request costs the engine's thread no heap, from arrival to end, once it is warm. */
class AllocationTest {
  private static final long MS = 1_000_000L;
  private static final int REQUESTS = 100_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Completes each batch when it falls due; keeps only numbers. */
  private static final class Runner implements Decisions {
    final RequestDescriptor request = new RequestDescriptor();
    final long[] ids = new long[2];
    final long[] ends = new long[2];
    final long[] nanos = new long[2];
    long now;
    long ended;
    long nextId;

    @Override
    public void dispatch(Batch batch) {
      int e = batch.endpoint();
      ids[e] = batch.dispatchId();
      nanos[e] = batch.predictedNanos();
      ends[e] = now + batch.predictedNanos();
    }

    @Override
    public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
      ended++;
    }

    @Override
    public void wakeAt(long timeNanos) {}

    void complete(Engine engine) {
      for (int e = 0; e < ids.length; e++) {
        if (ids[e] != 0 && ends[e] <= now) {
          long id = ids[e];
          ids[e] = 0;
          engine.completed(now, id, nanos[e], this);
        }
      }
    }
  }

  /** Reads everything it is told; keeps a sum. */
  private static final class Reader implements DecisionRecorder {
    long sum;

    @Override
    public void screened(long requestId, long permitted, long up) {
      sum += requestId + permitted + up;
    }

    @Override
    public void considered(Consideration told) {
      for (int run = 0; run < told.runs(); run++) {
        sum += told.runSize(run) + told.runMedianNanos(run) + told.runLimit(run).ordinal();
        sum += Math.round(told.runScore(run));
      }
      for (int member = 0; member < told.members(); member++) {
        sum += told.memberId(member) + told.memberConstraint(member).ordinal();
      }
    }
  }

  private static Engine engine(DecisionRecorder recorder, ServicePlan plan) {
    Service service =
        new Service(
            "s",
            new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, 0.9),
            true,
            List.of(new Variant("fp32", 1, 8, 64), new Variant("int8", 0.95, 8, 64)));
    Deployment deployment =
        new Deployment(
            List.of(service),
            List.of(new Tenant("t", 1, 1e6, 100), Tenant.unlimited("u")),
            List.of(Endpoint.worker("w0"), Endpoint.worker("w1")));
    return new Engine(
        deployment,
        (v, b, l) -> (4 * MS + (long) b * l * MS / 10) / (v + 1),
        Plan.uniform(0, deployment, plan),
        EngineSettings.DEFAULT.withRecorder(recorder));
  }

  /** Sends requests at about 1.3 times what two workers can do, a fifth of them offline. */
  private static void drive(Engine engine, Runner runner, int requests) {
    RequestDescriptor request = runner.request;
    for (int i = 0; i < requests; i++) {
      runner.now += MS / 2;
      runner.complete(engine);
      long id = runner.nextId++;
      request.reset(id, 0, (int) (id % 2)).length(1 + (int) (id * 7 % 64));
      request.arrivalNanos(runner.now).deadlineNanos(runner.now + 50 * MS);
      if (id % 5 == 0) {
        request.tier(Tier.OFFLINE).deadlineNanos(RequestDescriptor.NO_DEADLINE);
      }
      engine.arrived(runner.now, request, runner);
      if (id % 50 == 0) {
        engine.cancelled(runner.now, id, runner);
      }
      if (id % 7 == 0) {
        engine.timer(runner.now, runner);
      }
    }
  }

  private static double bytesPerRequest(boolean leak, DecisionRecorder recorder) {
    return bytesPerRequest(leak, recorder, ServicePlan.DEFAULT);
  }

  private static double bytesPerRequest(boolean leak, DecisionRecorder recorder, ServicePlan plan) {
    Engine engine = engine(recorder, plan);
    Runner runner = new Runner();
    drive(engine, runner, 2 * REQUESTS);
    long endedBefore = runner.ended;
    byte[][] leaked = new byte[1][];
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < REQUESTS / 100; i++) {
      drive(engine, runner, 100);
      leaked[0] = leak ? new byte[1_000] : leaked[0];
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(runner.ended - endedBefore).isGreaterThan(REQUESTS / 2);
    return (double) bytes / REQUESTS;
  }

  @Test
  void allocatesLessThanAByteForEachRequest() {
    double bytes = bytesPerRequest(false, DecisionRecorder.NONE);
    System.out.printf("figures: engine allocates %.4f B per request%n", bytes);
    assertThat(bytes).isLessThan(1);
  }

  @Test
  void allocatesNoMoreWhereItIsRecorded() {
    Reader reader = new Reader();
    assertThat(bytesPerRequest(false, reader)).isLessThan(1);
    assertThat(reader.sum).isNotZero();
  }

  @Test
  void allocatesNoMoreWithBucketEdges() {
    ServicePlan plan = ServicePlan.DEFAULT.toBuilder().bucketEdges(List.of(8, 16, 32)).build();
    assertThat(bytesPerRequest(false, DecisionRecorder.NONE, plan)).isLessThan(1);
  }

  /** A planted fault: ten bytes for each request. */
  @Test
  void seesWhatIsAllocated() {
    assertThat(bytesPerRequest(true, DecisionRecorder.NONE)).isBetween(10.0, 12.0);
  }
}
