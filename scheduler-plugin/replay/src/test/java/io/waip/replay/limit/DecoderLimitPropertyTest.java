package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.replay.limit.DecoderPool.StepCost;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The limit of decoders against an exhaustive search over every step. */
class DecoderLimitPropertyTest {
  private static final int INSTANCES = 1000;

  /** A small workload for a small pool. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or prints them.
  private record Small(Workload workload, int[] outputs, DecoderPool pool) {
    static Small draw(Random random) {
      return random.nextBoolean() ? crowded(random) : mixed(random);
    }

    /** Four like requests at nearly the same time, with blocks for hardly two of them. */
    private static Small crowded(Random random) {
      int alpha = 2 + random.nextInt(4);
      DecoderPool pool =
          new DecoderPool(
              1, 3, 5 + random.nextInt(2), 1, new StepCost(alpha, 0, random.nextInt(2)));
      Workload.Builder builder = new Workload.Builder(100);
      for (int i = 0; i < 4; i++) {
        builder.add(i / 2, 3, Tier.INTERACTIVE, 0, 1 + alpha * (3L + random.nextInt(7)));
      }
      return new Small(builder.build(), new int[] {3, 3, 3, 3}, pool);
    }

    private static Small mixed(Random random) {
      int n = 2 + random.nextInt(3);
      int blockTokens = 1 + random.nextInt(2);
      DecoderPool pool =
          new DecoderPool(
              1 + random.nextInt(2),
              1 + random.nextInt(3),
              5 / blockTokens + random.nextInt(3),
              blockTokens,
              new StepCost(1 + random.nextInt(5), random.nextInt(3), random.nextInt(3)));
      Workload.Builder builder = new Workload.Builder(60);
      for (long arrival : random.longs(n, 0, 5).sorted().toArray()) {
        long deadline = arrival + 6 + random.nextInt(18);
        builder.add(arrival, 1 + random.nextInt(3), Tier.INTERACTIVE, 0, deadline);
      }
      int[] outputs = random.ints(n, 1, 4).toArray();
      return new Small(builder.build(), outputs, pool);
    }

    int optimum() {
      return new ExactDecoder(workload, outputs, pool).requests();
    }

    /** The bound at one weight of the blocks. */
    double at(double theta) {
      DecoderWork work = new DecoderWork(workload, outputs, pool);
      return DecoderLimit.relaxation(workload, work, theta).optimum();
    }
  }

  @Test
  void noScheduleExceedsTheLimit() {
    int byBlocks = 0;
    for (int seed = 0; seed < INSTANCES; seed++) {
      Small small = Small.draw(new Random(seed));
      DecoderLimit limit = DecoderLimit.of(small.workload(), small.outputs(), small.pool());
      int optimum = small.optimum();
      assertThat(limit.requests()).as("seed %d", seed).isGreaterThan(optimum - 1e-9);
      for (double theta : new double[] {0, 0.25, 0.5, 0.75, 1}) {
        assertThat(small.at(theta)).as("seed %d", seed).isGreaterThan(optimum - 1e-9);
      }
      byBlocks += limit.requests() < small.at(0) - 0.01 ? 1 : 0;
    }
    assertThat(byBlocks).as("limits that blocks lower").isGreaterThan(INSTANCES / 50);
  }

  /** Says whether a schedule for one pool exceeds the limit of another. */
  private static boolean isCaught(Small small, DecoderPool is, DecoderPool faulty) {
    int optimum = new ExactDecoder(small.workload(), small.outputs(), is).requests();
    return DecoderLimit.of(small.workload(), small.outputs(), faulty).requests() < optimum - 1e-9;
  }

  private static int caught(int blocksFactor, UnaryOperator<DecoderPool> fault) {
    int caught = 0;
    for (int seed = 0; seed < 150; seed++) {
      Small small = Small.draw(new Random(seed));
      DecoderPool is = small.pool();
      DecoderPool roomy =
          new DecoderPool(
              is.devices(), is.slots(), blocksFactor * is.blocks(), is.blockTokens(), is.step());
      caught += isCaught(small, roomy, fault.apply(roomy)) ? 1 : 0;
    }
    return caught;
  }

  @Test
  void limitsOfTheRightPoolAreNotCaught() {
    assertThat(caught(1, is -> is)).isZero();
  }

  @Test
  void aLimitWithHalfTheBlocksIsCaught() {
    UnaryOperator<DecoderPool> half =
        is ->
            new DecoderPool(
                is.devices(), is.slots(), (is.blocks() + 1) / 2, is.blockTokens(), is.step());
    assertThat(caught(1, half)).isPositive();
  }

  @Test
  void aLimitWithOneSlotIsCaughtWhereBlocksArePlenty() {
    UnaryOperator<DecoderPool> one =
        is -> new DecoderPool(is.devices(), 1, is.blocks(), is.blockTokens(), is.step());
    assertThat(caught(3, one)).isPositive();
  }

  @Test
  void aLimitWithStepsTooLongIsCaught() {
    UnaryOperator<DecoderPool> slow =
        is ->
            new DecoderPool(
                is.devices(),
                is.slots(),
                is.blocks(),
                is.blockTokens(),
                new StepCost(
                    2 * is.step().alphaNanos(), is.step().betaNanos(), is.step().gammaNanos()));
    assertThat(caught(1, slow)).isPositive();
  }

  private static Workload atOnce(int requests, int prompt, long deadline) {
    Workload.Builder builder = new Workload.Builder(deadline);
    IntStream.range(0, requests)
        .forEach(i -> builder.add(0, prompt, Tier.INTERACTIVE, 0, deadline));
    return builder.build();
  }

  private static int[] outputs(int requests, int tokens) {
    int[] outputs = new int[requests];
    Arrays.fill(outputs, tokens);
    return outputs;
  }

  @Test
  void deviceTimeBindsWhereBlocksArePlenty() {
    // 4 in a step: a token is 10 / 4 + 1 ns, the prompt 10 / 4 + 2 * 3; 11 tokens are 43.5 ns.
    DecoderPool pool = new DecoderPool(1, 4, 1_000_000, 16, new StepCost(10, 3, 1));
    DecoderLimit limit = DecoderLimit.of(atOnce(100, 2, 870), outputs(100, 11), pool);
    assertThat(limit.requests()).isCloseTo(20, Offset.offset(0.01));
    assertThat(limit.blockWeight()).isCloseTo(0, Offset.offset(0.01));
  }

  @Test
  void blocksBindWhereFewSequencesFit() {
    // One block each and one block in all: one at a time, 10 + 1 ns a token, 10 + 3 the prompt.
    DecoderPool pool = new DecoderPool(1, 64, 1, 1000, new StepCost(10, 3, 1));
    DecoderLimit limit = DecoderLimit.of(atOnce(100, 1, 1230), outputs(100, 11), pool);
    assertThat(limit.requests()).isCloseTo(10, Offset.offset(0.01));
  }

  @Test
  void blocksAndTimeAreWeighedAgainstEachOther() {
    // A big step is cheap in time and dear in blocks: neither resource alone says how dear.
    DecoderPool pool = new DecoderPool(1, 64, 24, 4, new StepCost(100, 10, 10));
    Workload workload = atOnce(200, 4, 20_000);
    DecoderWork work = new DecoderWork(workload, outputs(200, 9), pool);
    double time = DecoderLimit.relaxation(workload, work, 0).optimum();
    double blocks = DecoderLimit.relaxation(workload, work, 1).optimum();
    DecoderLimit both = DecoderLimit.of(workload, outputs(200, 9), pool);
    assertThat(both.requests()).isLessThan(0.9 * Math.min(time, blocks));
    assertThat(both.blockWeight()).isBetween(0.01, 0.99);
  }

  @Test
  void countsNothingThatAloneIsLateOrTooLarge() {
    // A prompt of 4 tokens and 3 outputs need 3 steps: 30 + 4 * 3 + 2 * 1 = 44 ns, and 6 tokens.
    DecoderPool pool = new DecoderPool(1, 4, 3, 2, new StepCost(10, 3, 1));
    assertThat(DecoderLimit.of(atOnce(1, 4, 44), outputs(1, 3), pool).requests()).isEqualTo(1);
    assertThat(DecoderLimit.of(atOnce(1, 4, 43), outputs(1, 3), pool).requests()).isZero();
    DecoderPool small = new DecoderPool(1, 4, 2, 2, new StepCost(10, 3, 1));
    assertThat(DecoderLimit.of(atOnce(1, 4, 44), outputs(1, 3), small).requests()).isZero();
  }

  @Test
  void rejectsWhatIsNone() {
    DecoderPool pool = new DecoderPool(1, 4, 3, 2, new StepCost(10, 3, 1));
    assertThatThrownBy(() -> DecoderLimit.of(atOnce(2, 4, 44), new int[] {1}, pool))
        .hasMessage("2 requests have 1 outputs");
    assertThatThrownBy(() -> DecoderLimit.of(atOnce(1, 4, 44), new int[] {0}, pool))
        .hasMessage("request 0 must put out >= 1 tokens, has 0");
    assertThatThrownBy(() -> new DecoderPool(1, 0, 3, 2, pool.step()))
        .hasMessageContaining("are 1, 0, 3, 2");
    assertThatThrownBy(() -> new StepCost(0, 3, 1)).hasMessageContaining("alpha > 0");
    assertThatThrownBy(() -> new StepCost(1, Double.NaN, 1)).hasMessageContaining("NaN");
  }
}
