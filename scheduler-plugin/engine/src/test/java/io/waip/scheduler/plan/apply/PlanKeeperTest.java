package io.waip.scheduler.plan.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.scheduler.plan.apply.PlanStep.Kind;
import io.waip.scheduler.plan.apply.PlanWindow.Candidate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans are named by words; a window is 30 s with 1,000 requests. */
class PlanKeeperTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = 30 * SECOND;

  private final PlanKeeper<String> keeper = new PlanKeeper<>(KeeperSettings.DEFAULT, "old");
  private long now;

  private static PlanForecast forecast(double share) {
    return new PlanForecast(0, 1000 * share, 1, share);
  }

  private static ArmCount seen(double share) {
    return new ArmCount(1000, Math.round(1000 * share), 0);
  }

  private static Optional<Candidate<String>> candidate(String plan, double share) {
    return Optional.of(new Candidate<>(plan, forecast(share), 0, true));
  }

  private PlanStep<String> steady(double seen, Optional<Candidate<String>> candidate) {
    now += WINDOW;
    return keeper.windowEnded(PlanWindow.of(now, seen(seen), forecast(seen), candidate));
  }

  private PlanStep<String> canary(double usual, double trial, double trialForecast) {
    now += WINDOW;
    return keeper.windowEnded(
        new PlanWindow<>(
            now,
            seen(usual),
            seen(trial),
            forecast(usual),
            Optional.of(forecast(trialForecast)),
            Optional.empty(),
            ""));
  }

  private PlanStep<String> watched(double seen, double forecast) {
    now += WINDOW;
    return keeper.windowEnded(PlanWindow.of(now, seen(seen), forecast(forecast), Optional.empty()));
  }

  @Test
  void changesByCanaryAndWatchWhereTheForecastIsKept() {
    PlanStep<String> canary = steady(0.5, candidate("new", 0.9));
    assertThat(canary).isEqualTo(new PlanStep<>(Kind.CANARY, "old", "new", 0.25, canary.why()));
    assertThat(keeper.proven()).isEqualTo("old");

    PlanStep<String> change = canary(0.5, 0.9, 0.9);
    assertThat(change.kind()).isEqualTo(Kind.CHANGE);
    assertThat(change.usual()).isEqualTo("new");
    assertThat(keeper.proven()).isEqualTo("old");

    assertThat(watched(0.9, 0.9).kind()).isEqualTo(Kind.KEEP);
    assertThat(watched(0.9, 0.9).kind()).isEqualTo(Kind.KEEP);
    assertThat(keeper.proven()).isEqualTo("new");
  }

  @Test
  void keepsThePlanWhereTheGainIsWithinTheHysteresis() {
    assertThat(steady(0.9, candidate("new", 0.92)).kind()).isEqualTo(Kind.KEEP);
    assertThat(steady(0.9, candidate("new", 0.93)).kind()).isEqualTo(Kind.CANARY);
  }

  @Test
  void countsWhatTheChangeItselfCosts() {
    now += WINDOW;
    Candidate<String> dear = new Candidate<>("new", forecast(0.95), 0.05, true);
    assertThat(
            keeper
                .windowEnded(PlanWindow.of(now, seen(0.9), forecast(0.9), Optional.of(dear)))
                .kind())
        .isEqualTo(Kind.KEEP);
  }

  @Test
  void takesTheCheaperOfPlansThatServeTheSame() {
    now += WINDOW;
    PlanForecast half = new PlanForecast(0, 900, 0.5, 0.9);
    Optional<Candidate<String>> cheap = Optional.of(new Candidate<>("cheap", half, 0, true));
    assertThat(keeper.windowEnded(PlanWindow.of(now, seen(0.9), forecast(0.9), cheap)).kind())
        .isEqualTo(Kind.CANARY);
  }

  @Test
  void takesACanaryBackThatIsBelowItsForecast() {
    steady(0.5, candidate("new", 0.9));
    PlanStep<String> back = canary(0.5, 0.6, 0.9);
    assertThat(back.kind()).isEqualTo(Kind.ROLL_BACK);
    assertThat(back.usual()).isEqualTo("old");
    assertThat(back.why()).isEqualTo("60.0 % in time, 90.0 % forecast");
  }

  @Test
  void takesACanaryBackThatIsWorseThanThePlanBesideIt() {
    steady(0.9, candidate("new", 0.95));
    assertThat(canary(0.9, 0.7, 0.7).kind()).isEqualTo(Kind.ROLL_BACK);
  }

  @Test
  void takesACanaryBackThatFailsRequests() {
    steady(0.9, candidate("new", 0.95));
    now += WINDOW;
    PlanWindow<String> failing =
        new PlanWindow<>(
            now,
            seen(0.9),
            new ArmCount(1000, 900, 20),
            forecast(0.9),
            Optional.of(forecast(0.95)),
            Optional.empty(),
            "");
    assertThat(keeper.windowEnded(failing).why())
        .isEqualTo("2.0 % failed, 0.0 % with the plan beside it");
  }

  @Test
  void takesAWatchedChangeBackWithinTwoWindows() {
    steady(0.5, candidate("new", 0.9));
    canary(0.5, 0.9, 0.9);
    assertThat(watched(0.9, 0.9).kind()).isEqualTo(Kind.KEEP);
    PlanStep<String> back = watched(0.6, 0.9);
    assertThat(back.kind()).isEqualTo(Kind.ROLL_BACK);
    assertThat(back.usual()).isEqualTo("old");
  }

  @Test
  void doesNotTakeBackWhatKeepsItsForecastUnderMoreLoad() {
    steady(0.5, candidate("new", 0.9));
    canary(0.5, 0.9, 0.9);
    assertThat(watched(0.3, 0.32).kind()).isEqualTo(Kind.KEEP);
  }

  @Test
  void isOutOfTheToleranceOnlyBeyondChance() {
    steady(0.5, candidate("new", 0.9));
    canary(0.5, 0.9, 0.9);
    // Below 0.9 x 0.9 by less than two standard errors of 0.9 over 1,000 requests, 0.019.
    assertThat(watched(0.795, 0.9).kind()).isEqualTo(Kind.KEEP);
    assertThat(watched(0.79, 0.9).kind()).isEqualTo(Kind.ROLL_BACK);
  }

  @Test
  void changesAtMostOnceADwell() {
    steady(0.5, candidate("new", 0.9));
    canary(0.5, 0.4, 0.9);
    PlanStep<String> early = steady(0.5, candidate("other", 0.9));
    assertThat(early.kind()).as(early.why()).isEqualTo(Kind.CANARY);
    assertThat(canary(0.5, 0.4, 0.9).kind()).isEqualTo(Kind.ROLL_BACK);

    KeeperSettings slow = KeeperSettings.DEFAULT.with(0.03, 4 * WINDOW);
    PlanKeeper<String> dwelling = new PlanKeeper<>(slow, "old");
    Optional<Candidate<String>> sudden =
        Optional.of(new Candidate<>("new", forecast(0.9), 0, false));
    assertThat(at(dwelling, 1, sudden).kind()).isEqualTo(Kind.CHANGE);
    at(dwelling, 2, Optional.empty());
    Optional<Candidate<String>> next =
        Optional.of(new Candidate<>("next", forecast(0.9), 0, false));
    assertThat(at(dwelling, 4, next).kind()).isEqualTo(Kind.KEEP);
    assertThat(at(dwelling, 5, next).kind()).isEqualTo(Kind.CHANGE);
  }

  private static PlanStep<String> at(
      PlanKeeper<String> keeper, int window, Optional<Candidate<String>> candidate) {
    return keeper.windowEnded(PlanWindow.of(window * WINDOW, seen(0.5), forecast(0.5), candidate));
  }

  @Test
  void changesNoOftenerInAnHourThanAllowed() {
    KeeperSettings two = new KeeperSettings(0.03, 0, 2, 0.1, 1, 1, 0, 100);
    PlanKeeper<String> bounded = new PlanKeeper<>(two, "old");
    int changes = 0;
    for (int window = 1; window <= 119; window++) {
      changes += at(bounded, window, candidate("p" + window, 0.9)).kind() == Kind.CHANGE ? 1 : 0;
    }
    assertThat(changes).isEqualTo(2);
    assertThat(at(bounded, 121, candidate("late", 0.9)).kind()).isEqualTo(Kind.CHANGE);
  }

  @Test
  void doesNotTryAPlanAgainBeforeItsQuarantineEnds() {
    steady(0.5, candidate("new", 0.9));
    canary(0.5, 0.4, 0.9);
    long back = now;
    now = back + 599 * SECOND - WINDOW;
    assertThat(steady(0.5, candidate("new", 0.9)).kind()).isEqualTo(Kind.KEEP);
    now = back + 600 * SECOND - WINDOW;
    assertThat(steady(0.5, candidate("new", 0.9)).kind()).isEqualTo(Kind.CANARY);
    canary(0.5, 0.4, 0.9);
    back = now;
    now = back + 1199 * SECOND - WINDOW;
    assertThat(steady(0.5, candidate("new", 0.9)).kind()).isEqualTo(Kind.KEEP);
    now = back + 1200 * SECOND - WINDOW;
    assertThat(steady(0.5, candidate("new", 0.9)).kind()).isEqualTo(Kind.CANARY);
  }

  @Test
  void changesAtOnceWhereThePlanInForceIsForbidden() {
    steady(0.5, candidate("new", 0.9));
    canary(0.5, 0.9, 0.9);
    now += SECOND;
    PlanStep<String> step =
        keeper.windowEnded(
            PlanWindow.of(now, seen(0.9), forecast(0.9), candidate("sound", 0.4))
                .forbidding("int8 agrees too little"));
    assertThat(step).isEqualTo(PlanStep.of(Kind.CHANGE, "sound", "int8 agrees too little"));
    // What was forbidden does not come back.
    assertThat(watched(0.1, 0.9).usual()).isEqualTo("sound");
  }

  @Test
  void judgesWindowsOfFewRequestsTogether() {
    steady(0.5, candidate("new", 0.9));
    now += WINDOW;
    PlanWindow<String> quiet =
        new PlanWindow<>(
            now,
            seen(0.5),
            new ArmCount(99, 0, 0),
            forecast(0.5),
            Optional.of(forecast(0.9)),
            Optional.empty(),
            "");
    assertThat(keeper.windowEnded(quiet))
        .isEqualTo(
            new PlanStep<>(Kind.KEEP, "old", "new", 0.25, "too few requests under the canary"));
    now += WINDOW;
    PlanWindow<String> good =
        new PlanWindow<>(
            now,
            seen(0.5),
            new ArmCount(99, 99, 0),
            forecast(0.5),
            Optional.of(forecast(0.9)),
            Optional.empty(),
            "");
    // 99 of 198, where 0.9 of them were forecast.
    assertThat(keeper.windowEnded(good).kind()).isEqualTo(Kind.ROLL_BACK);
  }

  @Test
  void doesNotJudgeAWindowByTheOneBefore() {
    steady(0.5, candidate("new", 0.9));
    canary(0.5, 0.9, 0.9);
    assertThat(watched(0.9, 0.9).kind()).isEqualTo(Kind.KEEP);
    assertThat(watched(0.75, 0.9).kind()).isEqualTo(Kind.ROLL_BACK);
  }

  @Test
  void refusesACanaryWindowWithoutItsForecast() {
    steady(0.5, candidate("new", 0.9));
    assertThatThrownBy(() -> steady(0.5, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a canary needs a forecast");
  }
}
