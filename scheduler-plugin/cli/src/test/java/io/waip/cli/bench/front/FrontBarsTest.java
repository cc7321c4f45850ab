package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.bench.load.ErrorGroup;
import io.waip.cli.bench.load.LoadFigures;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontBarsTest {
  private static final LoadFigures CLEAN = account(0, 0, 0, 0);
  private static final FaultFigures HEALTHY = fault(0, 0, 0, 0, 900);

  private static AddedLatency added(double high) {
    return new AddedLatency(2000, 1, 1, 1, 1, 0.2, 0.1, high);
  }

  private static LoadFigures account(long errors, long wrong, long lost, long duplicated) {
    List<ErrorGroup> groups =
        errors > 0 ? List.of(new ErrorGroup("UNAVAILABLE", "waip: lost", errors)) : List.of();
    return new LoadFigures(
        100, 100, errors, wrong, lost, duplicated, 1, 100, 1, 1, 0, 0, true, groups);
  }

  private static FaultFigures fault(
      int ineffective, int unrecovered, int lost, int errors, double stockMs) {
    return new FaultFigures(
        "planner_killed", 10, ineffective, unrecovered, lost, errors, 0, 1, 1, stockMs, 1, 1, 1, 1);
  }

  private static List<String> missed(AddedLatency added, LoadFigures campaign, FaultFigures fault) {
    return FrontBars.missed(added, campaign, List.of(fault));
  }

  @Test
  void aGoodRunMissesNothing() {
    assertThat(missed(added(0.3), CLEAN, HEALTHY)).isEmpty();
  }

  @Test
  void theUpperEndOfTheIntervalIsJudged() {
    assertThat(missed(added(0.301), CLEAN, HEALTHY)).singleElement().asString().contains("0.301");
  }

  @Test
  void anUnknownAdditionIsNoPass() {
    assertThat(missed(added(Double.NaN), CLEAN, HEALTHY)).hasSize(1);
  }

  @Test
  void oneLostRequestIsTooMany() {
    assertThat(missed(added(0.2), account(0, 0, 1, 0), HEALTHY))
        .singleElement()
        .asString()
        .contains("1 were lost");
  }

  @Test
  void oneErrorIsTooManyAndIsNamed() {
    assertThat(missed(added(0.2), account(1, 0, 0, 0), HEALTHY))
        .singleElement()
        .asString()
        .contains("UNAVAILABLE waip: lost");
  }

  @Test
  void oneWrongAnswerIsTooMany() {
    assertThat(missed(added(0.2), account(0, 1, 0, 0), HEALTHY)).hasSize(1);
  }

  @Test
  void oneRequestAnsweredTwiceIsTooMany() {
    assertThat(missed(added(0.2), account(0, 0, 0, 1), HEALTHY)).hasSize(1);
  }

  @Test
  void aPlannerThatStaysAwayIsNamed() {
    assertThat(missed(added(0.2), CLEAN, fault(0, 1, 0, 0, 0)))
        .singleElement()
        .asString()
        .contains("planner_killed", "did not come back");
  }

  @Test
  void aFaultThatDidNothingProvesNothing() {
    assertThat(missed(added(0.2), CLEAN, fault(1, 0, 0, 0, 0)))
        .singleElement()
        .asString()
        .contains("did not notice");
  }

  @Test
  void aPauseOverASecondIsTooLong() {
    assertThat(missed(added(0.2), CLEAN, fault(0, 0, 0, 0, 1001)))
        .singleElement()
        .asString()
        .contains("1001 ms");
  }
}
