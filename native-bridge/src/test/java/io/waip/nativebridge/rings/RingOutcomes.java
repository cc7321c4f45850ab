package io.waip.nativebridge.rings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What two sides of a ring may see of each other, as tables for jcstress. */
final class RingOutcomes {
  private RingOutcomes() {}

  /** r1: what the reader read. */
  @JCStressTest
  @State
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "not published yet")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "published, and whole")
  @Outcome(expect = FORBIDDEN, desc = "a record in part, or a broken turn")
  public static class Publication extends CellRing {
    public Publication() {
      super(1);
    }

    @Actor
    public void front() {
      offer(1);
    }

    @Actor
    public void planner(I_Result r) {
      r.r1 = poll();
    }
  }

  /** r1: records published; r2: those read meanwhile; r3: those left. */
  @JCStressTest
  @State
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "never read, so never reused")
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "read when the writer had left")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "reused once")
  @Outcome(id = "2, 12, 0", expect = ACCEPTABLE, desc = "reused once")
  @Outcome(id = "3, 12, 3", expect = ACCEPTABLE, desc = "reused twice")
  @Outcome(id = "3, 123, 0", expect = ACCEPTABLE, desc = "reused twice")
  @Outcome(expect = FORBIDDEN, desc = "a record lost, twice, torn or out of order")
  public static class LapOfOneCell extends CellRing {
    public LapOfOneCell() {
      super(1);
    }

    @Actor
    public void front(III_Result r) {
      r.r1 = publishAll();
    }

    @Actor
    public void planner(III_Result r) {
      r.r2 = takeAll();
    }

    @Arbiter
    public void rest(III_Result r) {
      r.r3 = takeAll();
    }
  }

  /** r1: records published; r2: those read meanwhile; r3: those left. */
  @JCStressTest
  @State
  @Outcome(id = "2, 0, 12", expect = ACCEPTABLE, desc = "never read, so never reused")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "read when the writer had left")
  @Outcome(id = "2, 12, 0", expect = ACCEPTABLE, desc = "read when the writer had left")
  @Outcome(id = "3, 1, 23", expect = ACCEPTABLE, desc = "reused")
  @Outcome(id = "3, 12, 3", expect = ACCEPTABLE, desc = "reused")
  @Outcome(id = "3, 123, 0", expect = ACCEPTABLE, desc = "reused")
  @Outcome(expect = FORBIDDEN, desc = "a record lost, twice, torn or out of order")
  public static class LapOfTwoCells extends CellRing {
    public LapOfTwoCells() {
      super(2);
    }

    @Actor
    public void front(III_Result r) {
      r.r1 = publishAll();
    }

    @Actor
    public void planner(III_Result r) {
      r.r2 = takeAll();
    }

    @Arbiter
    public void rest(III_Result r) {
      r.r3 = takeAll();
    }
  }

  /**
   * r1: work the planner saw after it announced its sleep; r2: sleepers the front saw after it
   * published; r3: the parked word at the end, on which the planner sleeps while it is 1.
   */
  @JCStressTest
  @State
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "the planner sleeps and is woken")
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the planner sees the work and stays awake")
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "each sees the other")
  @Outcome(id = "0, 0, 1", expect = FORBIDDEN, desc = "a lost wake-up")
  @Outcome(expect = FORBIDDEN, desc = "the word does not say what happened")
  public static class SleepHandshake extends CellRing {
    public SleepHandshake() {
      super(1);
    }

    @Actor
    public void planner(III_Result r) {
      announceSleep();
      r.r1 = reader.isReadable() ? 1 : 0;
    }

    @Actor
    public void front(III_Result r) {
      offer(1);
      r.r2 = claimSleeper() ? 1 : 0;
    }

    @Arbiter
    public void word(III_Result r) {
      r.r3 = parked.get();
    }
  }
}
