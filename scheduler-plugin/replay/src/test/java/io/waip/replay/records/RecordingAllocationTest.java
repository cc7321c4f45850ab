package io.waip.replay.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.Scheduler;
import io.waip.replay.policy.Policy;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Recording costs the scheduler's thread no heap once it is warm. */
class RecordingAllocationTest {
  private static final int REQUESTS = 50_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** One batch at a time, at 1.3 times what the worker can do. */
  private static final class Driver implements Decisions {
    private final RequestDescriptor request = new RequestDescriptor();
    private final Scheduler scheduler;
    private long now;
    private long nextId;
    private long running;
    private long endNanos;
    private long nanos;

    Driver(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    void step() {
      now += 1_000_000;
      if (running != 0 && endNanos <= now) {
        long id = running;
        running = 0;
        scheduler.completed(now, id, nanos, this);
      }
      request.reset(nextId, 0, 0).length(1 + (int) (nextId * 7 % 64));
      nextId++;
      request.arrivalNanos(now).deadlineNanos(now + 50 * Runs.MS);
      scheduler.arrived(now, request, this);
    }

    @Override
    public void dispatch(Batch batch) {
      running = batch.dispatchId();
      nanos = batch.predictedNanos();
      endNanos = now + nanos;
    }

    @Override
    public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {}

    @Override
    public void wakeAt(long timeNanos) {}
  }

  @Test
  void aRecordedRequestAllocatesNothingOnTheSchedulersThread() {
    RecordRing ring = new RecordRing(RecordRing.CAPACITY, WhenFull.WAIT, () -> false);
    Driver driver = new Driver(Runs.setup(Policy.WAIP).recordedScheduler(new RecordEncoder(ring)));
    drive(driver, ring, 2 * REQUESTS);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long messages = drive(driver, ring, REQUESTS);
    double bytes = (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / REQUESTS;

    System.out.printf("figures: recording allocates %.4f B per request%n", bytes);
    assertThat(messages).isGreaterThan(3L * REQUESTS);
    assertThat(bytes).isLessThan(1);
  }

  private static long drive(Driver driver, RecordRing ring, int requests) {
    long messages = 0;
    for (int i = 0; i < requests; i++) {
      driver.step();
      messages += ring.read((type, buffer, index, length) -> {});
    }
    return messages;
  }
}
