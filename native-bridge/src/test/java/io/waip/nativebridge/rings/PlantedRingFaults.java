package io.waip.nativebridge.rings;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The tables of {@link RingOutcomes} over rings with one fault each, which jcstress has to find.
 */
final class PlantedRingFaults {
  private PlantedRingFaults() {}

  @JCStressTest
  @State
  @JCStressMeta(RingOutcomes.Publication.class)
  public static class PublishedBeforeItIsWritten extends CellRing {
    public PublishedBeforeItIsWritten() {
      super(1);
    }

    @Override
    boolean offer(int number) {
      long at = writer.offset();
      writer.published();
      write(at, number);
      return true;
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

  @JCStressTest
  @State
  @JCStressMeta(RingOutcomes.LapOfOneCell.class)
  public static class GivenBackBeforeItIsRead extends CellRing {
    public GivenBackBeforeItIsRead() {
      super(1);
    }

    @Override
    int poll() {
      if (!reader.isReadable()) {
        return NOTHING;
      }
      long at = reader.offset();
      reader.consumed();
      return read(at);
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

  @JCStressTest
  @State
  @JCStressMeta(RingOutcomes.LapOfTwoCells.class)
  public static class WrittenWithoutALook extends CellRing {
    public WrittenWithoutALook() {
      super(2);
    }

    @Override
    boolean offer(int number) {
      write(writer.offset(), number);
      writer.published();
      return true;
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

  /** The planner looks for work, perhaps before its announcement can be seen. */
  @JCStressTest
  @State
  @JCStressMeta(RingOutcomes.SleepHandshake.class)
  public static class AnnouncedWithoutAFence extends CellRing {
    public AnnouncedWithoutAFence() {
      super(1);
    }

    @Override
    void announceSleep() {
      SharedMemory.releaseInt(word, 0, 1);
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

  /** The front looks for a sleeper, perhaps before its record can be seen. */
  @JCStressTest
  @State
  @JCStressMeta(RingOutcomes.SleepHandshake.class)
  public static class ClaimedWithoutAFence extends CellRing {
    public ClaimedWithoutAFence() {
      super(1);
    }

    @Override
    boolean claimSleeper() {
      return parked.get() == 1 && SharedMemory.compareAndSetInt(word, 0, 1, 0);
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
