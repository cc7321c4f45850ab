package io.waip.scheduler.plan.shift;

import static io.waip.scheduler.plan.shift.Shifts.job;
import static io.waip.scheduler.plan.shift.Shifts.problem;
import static io.waip.scheduler.plan.shift.Shifts.slots;
import static io.waip.scheduler.plan.shift.Shifts.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.scheduler.plan.shift.ShiftPlan.Undone;
import io.waip.scheduler.plan.shift.ShiftPlan.Work;
import io.waip.scheduler.plan.shift.ShiftProblem.Aim;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShifterTest {
  private static final int[] THREE = {3, 3, 3, 3};

  /** Devices at the middle of each of four slots of 10 s. */
  private static List<Double> devices(ShiftPlan plan) {
    return IntStream.range(0, 4)
        .mapToObj(slot -> Math.round(plan.devicesAt("a", 10 * slot + 5) * 1e6) / 1e6)
        .toList();
  }

  private static ShiftPlan plan(List<DeferrableJob> jobs, int... prices) {
    return Shifter.plan(problem(jobs, slots(10, THREE, prices)));
  }

  @Test
  void anInterruptibleJobTakesTheCheapestSlotsBeforeItsDeadline() {
    ShiftPlan plan = plan(List.of(job("a", 0, 40, 20, 1)), 9, 2, 8, 3);

    assertThat(devices(plan)).containsExactly(0.0, 1.0, 0.0, 1.0);
    assertThat(plan.shifted().money().value()).isCloseTo(50, within(1e-6));
    assertThat(plan.atOnce().money().value()).isCloseTo(110, within(1e-6));
  }

  @Test
  void aJobInOneGoTakesTheWindowOfLeastSum() {
    ShiftPlan plan = plan(List.of(whole("a", 0, 40, 20, 1)), 9, 4, 5, 8);

    assertThat(plan.work()).containsExactly(new Work("a", "a", 10, 30, 1));
    assertThat(plan.isProven()).isFalse();
  }

  @Test
  void aWindowNeedNotBeginWithASlot() {
    // 15 s from 5 to 20 cost 5 * 6 + 10 * 1; from 10 on they cost 10 * 1 + 5 * 9.
    ShiftPlan plan = plan(List.of(whole("a", 0, 40, 15, 1)), 6, 1, 9, 9);

    assertThat(plan.work()).containsExactly(new Work("a", "a", 5, 20, 1));
  }

  @Test
  void aReleaseInsideOfASlotIsKept() {
    ShiftPlan plan = plan(List.of(job("a", 4, 20, 12, 1)), 1, 5, 1, 1);

    assertThat(plan.work())
        .satisfiesExactly(
            first -> {
              assertThat(first.startSeconds()).isEqualTo(4);
              assertThat(first.endSeconds()).isEqualTo(10);
              assertThat(first.devices()).isCloseTo(1, within(1e-9));
            },
            second -> assertThat(second.deviceSeconds()).isCloseTo(6, within(1e-6)));
  }

  @Test
  void atEqualCostTheEarliestTimeIsTaken() {
    assertThat(devices(plan(List.of(job("a", 0, 40, 20, 1)), 3, 3, 3, 3)))
        .containsExactly(1.0, 1.0, 0.0, 0.0);
  }

  @Test
  void nothingIsGuessedOfUnknownTimes() {
    List<DeferrableJob> jobs = List.of(job("a", 0, 40, 10, 1));

    assertThat(devices(plan(jobs, -1, -1, -1, -1))).containsExactly(1.0, 0.0, 0.0, 0.0);
    assertThat(devices(plan(jobs, -1, 1, 1, 1)))
        .as("now unknown")
        .containsExactly(1.0, 0.0, 0.0, 0.0);
    assertThat(devices(plan(jobs, 9, 5, -1, -1)))
        .as("end unknown")
        .containsExactly(0.0, 1.0, 0.0, 0.0);
    assertThat(devices(plan(jobs, 9, -1, 1, 1))).as("gap").containsExactly(1.0, 0.0, 0.0, 0.0);
    assertThat(plan(jobs, -1, 1, 1, 1).shifted().money().isKnown()).isFalse();
  }

  @Test
  void workThatDoesNotFitBeforeUnknownTimesGoesOnInThem() {
    assertThat(devices(plan(List.of(job("a", 0, 40, 30, 1)), 9, 5, -1, -1)))
        .containsExactly(1.0, 1.0, 1.0, 0.0);
  }

  @Test
  void unknownWattsAreAsUnknownAsPrices() {
    DevicePool dark = new DevicePool("a", 3, 1, OptionalDouble.empty(), OptionalDouble.empty());
    ShiftProblem problem =
        new ShiftProblem(
            List.of(job("a", 0, 40, 10, 1)),
            List.of(dark),
            slots(10, THREE, 9, 1, 1, 1),
            OptionalDouble.empty(),
            Aim.MONEY);

    assertThat(devices(Shifter.plan(problem))).containsExactly(1.0, 0.0, 0.0, 0.0);
    assertThat(Shifter.plan(problem).shifted().peakWatts().isKnown()).isFalse();
  }

  @Test
  void theCapHoldsAndIsShownAgainstDoingAllAtOnce() {
    List<DeferrableJob> jobs = List.of(job("a", 0, 40, 60, 3));
    ShiftProblem free = problem(jobs, slots(10, THREE, 5, 1, 1, 5));

    ShiftPlan plan = Shifter.plan(free.withCap(2 * Shifts.WATTS));

    assertThat(plan.shifted().peakWatts().value()).isCloseTo(2 * Shifts.WATTS, within(10.0));
    assertThat(plan.atOnceWithoutCap().value()).isEqualTo(3 * Shifts.WATTS);
    // 40 device-seconds at 1 and 20 at 5 instead of 60 at 1.
    assertThat(plan.shifted().money().value()).isCloseTo(140, within(1e-3));
    assertThat(Shifter.plan(free).shifted().money().value()).isCloseTo(60, within(1e-3));
  }

  @Test
  void saysWhatCannotBeDoneInTimeAndHowLittleWouldHelp() {
    ShiftProblem problem =
        problem(
            List.of(job("big", 0, 20, 70, 3), job("small", 0, 10, 10, 1)),
            slots(10, THREE, 1, 1, 1, 1));

    ShiftPlan plan = Shifter.plan(problem);

    // 60 device-seconds until 20, 10 of them for 'small': 50 fit, and 20 more take 6.7 s of 3.
    assertThat(plan.undone())
        .singleElement()
        .satisfies(undone -> {
          assertThat(undone.job()).isEqualTo("big");
          assertThat(undone.fitsWorkSeconds()).isCloseTo(50, within(1e-4));
          assertThat(undone.enoughDeadlineSeconds()).hasValue(27);
          assertThat(undone.enoughWatts()).isEmpty();
        });
    assertThat(plan.work()).allMatch(work -> work.job().equals("small"));
  }

  @Test
  void saysThatAnInterruptionOrMoreWattsWouldHelp() {
    ShiftProblem problem =
        problem(
            List.of(whole("long", 0, 40, 20, 1)), slots(10, new int[] {1, 0, 1, 0}, 1, 1, 1, 1));

    Undone undone = Shifter.plan(problem).undone().getFirst();
    assertThat(undone.job()).isEqualTo("long");
    assertThat(undone.fitsInterrupted()).isTrue();
    assertThat(undone.enoughDeadlineSeconds()).isEmpty();

    ShiftProblem capped =
        problem(List.of(job("a", 0, 40, 100, 3)), slots(10, THREE, 1, 1, 1, 1))
            .withCap(2 * Shifts.WATTS);
    assertThat(Shifter.plan(capped).undone().getFirst().enoughWatts()).hasValue(2.5 * Shifts.WATTS);
  }

  @Test
  void jobsWithTheEarliestDeadlineStayWhereNotAllFit() {
    ShiftProblem problem =
        problem(
            List.of(job("late", 0, 20, 40, 3), job("soon", 0, 10, 30, 3), job("x", 0, 40, 30, 3)),
            slots(10, THREE, 1, 1, 1, 1));

    assertThat(Shifter.plan(problem).undone()).extracting(Undone::job).containsExactly("late");
  }

  @Test
  void theOrderOfJobsDoesNotMatter() {
    List<DeferrableJob> jobs =
        List.of(job("a", 0, 40, 50, 2), whole("b", 0, 40, 40, 2), whole("c", 0, 40, 10, 1));
    ShiftPlan plan = plan(jobs, 5, 1, 2, 7);

    assertThat(plan(jobs.reversed(), 5, 1, 2, 7).shifted().money().value())
        .isCloseTo(plan.shifted().money().value(), within(1e-6));
  }

  @Test
  void aRunningJobInOneGoGoesOnAndAnInterruptibleOneIsShiftedAnew() {
    ShiftProblem problem =
        problem(
            List.of(whole("run", 0, 40, 20, 1), job("wait", 0, 40, 20, 1), job("done", 0, 9, 5, 1)),
            slots(10, THREE, 5, 9, 9, 1));
    Map<String, ShiftProblem.Progress> done =
        Map.of(
            "run", new ShiftProblem.Progress(12, "a"),
            "wait", new ShiftProblem.Progress(10, "a"),
            "done", new ShiftProblem.Progress(5, "a"));

    ShiftPlan plan = Shifter.plan(problem.remainingAt(12, done));

    assertThat(plan.work())
        .containsExactly(new Work("run", "a", 12, 20, 1), new Work("wait", "a", 30, 40, 1));
  }

  @Test
  void aJobThatMissedItsDeadlineComesOutAsUndone() {
    ShiftProblem problem = problem(List.of(job("a", 0, 10, 20, 1)), slots(10, THREE, 1, 1, 1, 1));

    assertThat(Shifter.plan(problem.remainingAt(12, Map.of())).undone())
        .singleElement()
        .satisfies(undone -> assertThat(undone.enoughDeadlineSeconds()).hasValue(32));
  }

  @Test
  void theShareOfOfflineWorkIsThatOfThePlan() {
    ShiftPlan plan = plan(List.of(job("a", 0, 40, 20, 1)), 9, 2, 8, 3);
    List<DevicePool> pools = List.of(Shifts.pool("a", 3, 1));

    assertThat(OfflineRate.share(plan, pools, 5)).isZero();
    assertThat(OfflineRate.share(plan, pools, 15)).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(OfflineRate.releaseSeconds(plan, "a")).hasValue(10);
    assertThat(OfflineRate.releaseSeconds(plan, "b")).isEmpty();
    assertThat(OfflineRate.nextChangeSeconds(plan, 0)).hasValue(10);
    assertThat(OfflineRate.nextChangeSeconds(plan, 10)).hasValue(20);
    assertThat(OfflineRate.nextChangeSeconds(plan, 40)).isEmpty();
    ShiftPlan full = plan(List.of(job("a", 0, 10, 30, 3)), 1, 1, 1, 1);
    assertThat(OfflineRate.share(full, pools, 5)).isLessThan(1).isGreaterThan(0.999);
  }

  @Test
  void theCheckSeesEveryRuleThatAPlanBreaks() {
    ShiftProblem problem =
        problem(
                List.of(job("a", 10, 30, 20, 1), whole("b", 0, 40, 20, 2)),
                slots(10, new int[] {3, 2, 3, 3}, 1, 1, 1, 1))
            .withCap(3 * Shifts.WATTS);

    assertThat(broken(problem, new Work("a", "a", 5, 25, 1))).contains("a outside of its window");
    assertThat(broken(problem, new Work("a", "a", 10, 29, 1))).contains("a: 19.0 of 20.0 work");
    assertThat(broken(problem, new Work("a", "a", 10, 20, 2)))
        .contains("a at 10.0: 2.0 devices of 1");
    assertThat(broken(problem, new Work("x", "a", 10, 20, 1))).contains("no job x");
    assertThat(broken(problem, new Work("a", "a", 10, 30, 1), new Work("b", "a", 10, 20, 2)))
        .anyMatch(line -> line.contains("3.0 devices of 2.0 spare"));
    assertThat(broken(problem, new Work("b", "a", 0, 5, 2), new Work("b", "a", 20, 25, 2)))
        .contains("b is interrupted or not on all its devices");
    assertThat(
            broken(
                problem.withCap(2.5 * Shifts.WATTS),
                new Work("a", "a", 20, 30, 1),
                new Work("b", "a", 20, 30, 2)))
        .anyMatch(line -> line.startsWith("at 20.0:"));
  }

  private static List<String> broken(ShiftProblem problem, Work... work) {
    ShiftPlan sound = Shifter.plan(problem);
    return ShiftCheck.violations(
        problem,
        new ShiftPlan(
            List.of(work),
            List.of(),
            sound.shifted(),
            sound.atOnce(),
            sound.atOnceWithoutCap(),
            false));
  }

  @Test
  void refusesWhatIsNoProblem() {
    assertThatThrownBy(() -> job("a", 5, 5, 1, 1))
        .hasMessage("job a: its deadline 5 is not after its release 5");
    assertThatThrownBy(
            () -> problem(List.of(job("a", 0, 1, 1, 1), job("a", 0, 1, 1, 1)), slots(10, THREE, 1)))
        .hasMessage("job a twice");
    assertThatThrownBy(() -> problem(List.of(), slots(10, new int[] {4}, 1)))
        .hasMessage("spare devices of a must be in [0, 3], are 4.0");
    DevicePool dark = new DevicePool("a", 3, 1, OptionalDouble.empty(), OptionalDouble.of(9));
    assertThatThrownBy(() ->
            new ShiftProblem(
                List.of(), List.of(dark), slots(10, THREE, 1), OptionalDouble.of(5), Aim.CARBON))
        .hasMessage("a cap of watts needs idle and busy watts of a");
  }
}
