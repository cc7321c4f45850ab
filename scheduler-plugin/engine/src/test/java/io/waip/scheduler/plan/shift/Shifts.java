package io.waip.scheduler.plan.shift;

import io.waip.api.resource.EnergyTerms;
import io.waip.api.resource.Figure;
import io.waip.scheduler.plan.shift.ShiftProblem.Aim;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Small problems. A device draws 3.6 MW more when busy, so that a device-second is one
 * kilowatt-hour and costs what the slot's price says.
 */
final class Shifts {
  static final double WATTS = 3.6e6;
  private static final int UNKNOWN = -1;

  private Shifts() {}

  /** Returns one pool of devices of speed 1. */
  static DevicePool pool(String name, int devices, double speed) {
    return new DevicePool(name, devices, speed, OptionalDouble.of(0), OptionalDouble.of(WATTS));
  }

  static DeferrableJob job(String id, long release, long deadline, double work, int devices) {
    return new DeferrableJob(
        id, release, deadline, work, true, devices, List.of("a"), OptionalDouble.empty());
  }

  static DeferrableJob whole(String id, long release, long deadline, double work, int devices) {
    return new DeferrableJob(
        id, release, deadline, work, false, devices, List.of("a"), OptionalDouble.empty());
  }

  /** Returns terms of a price that is also the grams; -1 is unknown. */
  static EnergyTerms terms(int price) {
    Figure figure = price == UNKNOWN ? Figure.unknown("price") : Figure.of(price, 1, "made up");
    return new EnergyTerms(figure, figure);
  }

  /** Returns slots of one pool. */
  static List<ShiftSlot> slots(int seconds, int[] spare, int... prices) {
    List<ShiftSlot> slots = new ArrayList<>();
    for (int s = 0; s < prices.length; s++) {
      slots.add(
          new ShiftSlot(
              (long) s * seconds,
              (s + 1L) * seconds,
              List.of(new ShiftSlot.Supply(spare[s], terms(prices[s])))));
    }
    return slots;
  }

  /** Returns a problem of one pool 'a' of three devices. */
  static ShiftProblem problem(List<DeferrableJob> jobs, List<ShiftSlot> slots) {
    return new ShiftProblem(
        jobs, List.of(pool("a", 3, 1)), slots, OptionalDouble.empty(), Aim.MONEY);
  }

  /** Returns a problem of 4 slots of 2 s, up to 3 jobs in whole seconds and devices. */
  static ShiftProblem random(long seed, boolean withWhole) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] spare = new int[4];
    int[] prices = new int[4];
    for (int s = 0; s < 4; s++) {
      spare[s] = random.nextInt(4);
      prices[s] = random.nextInt(10);
    }
    List<DeferrableJob> jobs = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int j = 0; j < count; j++) {
      int devices = 1 + random.nextInt(2);
      int length = 1 + random.nextInt(3);
      int release = random.nextInt(4);
      int deadline = Math.min(8, release + length + random.nextInt(5));
      boolean isWhole = withWhole && random.nextBoolean();
      double work = isWhole ? devices * length : 1 + random.nextInt(4);
      jobs.add(
          isWhole
              ? whole("j" + j, release, deadline, work, devices)
              : job("j" + j, release, deadline, work, devices));
    }
    return problem(jobs, slots(2, spare, prices));
  }
}
