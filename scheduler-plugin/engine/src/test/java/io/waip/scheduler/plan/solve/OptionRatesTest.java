package io.waip.scheduler.plan.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.LatencyModel;
import io.waip.api.plan.PlacementOption.Bucket;
import io.waip.scheduler.plan.solve.OptionRates.Batching;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OptionRatesTest {
  /** 4 ms, and 0.8 ms for each request of 32 elements. */
  private static final BatchTime USUAL =
      (batch, length) -> OptionalDouble.of(4e6 + 0.8e6 * batch * length / 32);

  /** A tenth more. */
  private static final BatchTime BOUND =
      (batch, length) -> OptionalDouble.of(1.1 * USUAL.nanos(batch, length).orElseThrow());

  private static OptionRates rates(int[] lengths, Batching batching) {
    return OptionRates.of(BOUND, USUAL, lengths, batching).orElseThrow();
  }

  @Test
  void aloneARequestWaitsForAWholeBatchBeforeItsOwn() {
    // 2 · 1.1 · (4 + 0.8 b) <= 50 ms: b <= 23.4.
    OptionRates alone = rates(new int[] {32}, new Batching(50_000_000, 1, 64, 1, 8));
    assertThat(alone.maxBatch()).isEqualTo(23);
    assertThat(alone.servedPerSecond()).isCloseTo(23 / 0.0224, within(1e-6));
    assertThat(alone.batchNanos()).isBetween(24_640_000L, 24_640_001L);
  }

  @Test
  void manyGangsOfOneQueueStartInTurnAndBatchMore() {
    // 1.25 · 1.1 · (4 + 0.8 b) <= 50 ms: b <= 40.4.
    OptionRates four = rates(new int[] {32}, new Batching(50_000_000, 4, 64, 1, 8));
    assertThat(four.maxBatch()).isEqualTo(40);
  }

  @Test
  void theVariantsOwnCapHolds() {
    assertThat(rates(new int[] {32}, new Batching(50_000_000, 4, 16, 1, 8)).maxBatch())
        .isEqualTo(16);
  }

  @Test
  void eachBucketHasItsOwnCapAndTheRateIsOverAllRequests() {
    // Three of 32 and one of 128: 2.2 · (4 + 3.2 b) <= 50 gives 5 for the long ones.
    OptionRates mixed = rates(new int[] {32, 128, 32, 32}, new Batching(50_000_000, 1, 64, 2, 8));
    assertThat(mixed.buckets()).containsExactly(new Bucket(32, 23), new Bucket(128, 5));
    double mean = 0.75 * 22.4e6 / 23 + 0.25 * 20e6 / 5;
    assertThat(mixed.servedPerSecond()).isCloseTo(1e9 / mean, within(1e-6));
  }

  @Test
  void oneBucketServesLessThanTwo() {
    int[] lengths = {32, 128, 32, 32};
    double one = rates(lengths, new Batching(50_000_000, 1, 64, 1, 8)).servedPerSecond();
    double two = rates(lengths, new Batching(50_000_000, 1, 64, 2, 8)).servedPerSecond();
    assertThat(one).isLessThan(0.6 * two);
  }

  @Test
  void aBatchTimeThatFallsWithTheBatchIsTakenAsItIs() {
    BatchTime dips = (b, length) -> OptionalDouble.of(b == 8 ? 20e6 : b < 6 ? 4e6 * b : 40e6);
    Batching batching = new Batching(50_000_000, 1, 16, 1, 8);
    assertThat(OptionRates.of(dips, dips, new int[] {8}, batching).orElseThrow().maxBatch())
        .isEqualTo(8);
  }

  @Test
  void givesNothingWhereOneRequestAloneIsLate() {
    Batching tight = new Batching(8_000_000, 1, 64, 1, 8);
    assertThat(OptionRates.of(BOUND, USUAL, new int[] {32}, tight)).isEmpty();
  }

  @Test
  void givesNothingWhereATimeIsUnknown() {
    BatchTime unknown = (batch, length) -> OptionalDouble.empty();
    Batching batching = new Batching(50_000_000, 1, 64, 1, 8);
    assertThat(OptionRates.of(BOUND, unknown, new int[] {32}, batching)).isEmpty();
    assertThat(OptionRates.of(unknown, USUAL, new int[] {32}, batching)).isEmpty();
  }

  @Test
  void aModelsMedianIsMultipliedByTheMargin() {
    LatencyModel model = (variant, batch, length) -> variant == 0 ? 1000L * batch : -1;
    assertThat(BatchTime.of(model, 0, 1.2).nanos(5, 8)).hasValue(6000);
    assertThat(BatchTime.of(model, 1, 1.2).nanos(5, 8)).isEmpty();
  }

  @Test
  void refusesNumbersBelowOne() {
    assertThatThrownBy(() -> new Batching(1, 0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sharers");
  }
}
