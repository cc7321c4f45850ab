package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BlockTallyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final BootstrapSettings SETTINGS = BootstrapSettings.DEFAULT;

  private static BlockTally tally(int requestsOfBlock, int blocks, int badBlocks) {
    BlockTally tally = new BlockTally(1, 10 * SECOND * blocks, 10 * SECOND);
    for (int b = 0; b < blocks; b++) {
      for (int i = 0; i < requestsOfBlock; i++) {
        tally.add(0, 10 * SECOND * b + i, b >= badBlocks);
      }
    }
    return tally;
  }

  @Test
  void cutsTheWindowIntoBlocksNearTheLengthAskedFor() {
    assertThat(new BlockTally(1, 204 * SECOND, 10 * SECOND).blocks()).isEqualTo(20);
    assertThat(new BlockTally(1, 206 * SECOND, 10 * SECOND).blocks()).isEqualTo(21);
    assertThat(new BlockTally(1, 30 * SECOND, 10 * SECOND).blocks()).isEqualTo(10);
  }

  @Test
  void theIntervalIsThatOfTheBinomialNumberOfBadBlocks() {
    // Of 20 draws with probability 1/20 for the bad block: P(none) = 0.36, P(more than 3) = 0.016,
    // P(more than 2) = 0.075. So the quantile 0.05 has 3 bad blocks of 20, the quantile 0.95 none.
    Attainment attainment = tally(100, 20, 1).ofAll(new BootstrapSettings(SECOND, 20_000, 0.05), 7);
    assertThat(attainment.share()).isEqualTo(0.95);
    assertThat(attainment.low()).isCloseTo(0.85, within(1e-9));
    assertThat(attainment.high()).isEqualTo(1);
  }

  @Test
  void theSeedAloneDecidesWhichBlocksAreDrawn() {
    assertThat(tally(3, 30, 7).ofAll(SETTINGS, 5)).isEqualTo(tally(3, 30, 7).ofAll(SETTINGS, 5));
    assertThat(tally(3, 30, 7).ofAll(SETTINGS, 5).low())
        .isEqualTo(tally(300, 30, 7).ofAll(SETTINGS, 5).low());
  }

  @Test
  void resamplesWithoutRequestsOfAServiceAreLeftOut() {
    BlockTally tally = new BlockTally(2, 100 * SECOND, 10 * SECOND);
    tally.add(0, 0, true);
    assertThat(tally.ofService(0, SETTINGS, 1)).isEqualTo(new Attainment(1, 1, 1));
    assertThat(tally.ofService(1, SETTINGS, 1).share()).isNaN();
    assertThat(tally.ofService(1, SETTINGS, 1).low()).isNaN();
  }

  @Test
  void aServiceNobodyCallsNeedsNothing() {
    Attainment unknown = new Attainment(Double.NaN, Double.NaN, Double.NaN);
    assertThat(new ServiceAttainment("idle", 0, 0.99, unknown).suffices()).isTrue();
    assertThat(new ServiceAttainment("busy", 1, 0.99, new Attainment(1, 0.98, 1)).suffices())
        .isFalse();
    assertThat(new ServiceAttainment("busy", 1, 0.99, new Attainment(0.98, 0.995, 1)).suffices())
        .isFalse();
  }
}
