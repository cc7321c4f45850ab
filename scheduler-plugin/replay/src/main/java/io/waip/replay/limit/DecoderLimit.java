package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.function.DoubleUnaryOperator;

/**
 * A number of requests that no schedule of decoders with continuous batching serves in time,
 * however much it knows.
 *
 * <p><b>Setting.</b> A {@link DecoderPool}; a request's length is its prompt. The step that ends
 * the prompt gives the first output token, each further token takes a step of decoding. A request
 * is served in time if its last token comes by its deadline, or inside the window where it has
 * none. No two requests share blocks. Every request is worth 1.
 *
 * <p><b>Bound.</b> Device time and KV blocks are two resources. For any theta in [0, 1] they are
 * made one, of which each moment has {@code (1 - theta) + theta = 1}, and {@link DecoderWork} says
 * what a request takes of it: the limit is the optimum of that {@link Relaxation}, the least over
 * several theta. At 0 blocks count for nothing, at 1 device time.
 *
 * <p><b>Why no schedule exceeds it.</b> Take any schedule and take requests that are late out of
 * its steps, which only shortens them. Every step is inside the windows of those that take part.
 * Give each its share of the step's time and the blocks it holds times that time: at any moment all
 * that is given is at most the time of the devices and all their blocks, so at most 1 in the common
 * measure. A request is given at least its work, and lowering that to its work stays feasible. (A
 * surrogate constraint; F. Glover, "Surrogate constraints", Operations Research, 1968.)
 *
 * @param requests the limit, in {@code [0, offered]}
 * @param ratePerSecond the same per second of the workload's window
 * @param blockWeight the theta that gave the least, in {@code [0, 1]}: above 0 where blocks are
 *     short
 */
public record DecoderLimit(double requests, double ratePerSecond, double blockWeight) {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int NARROWINGS = 16;
  private static final double SEARCH_TOLERANCE = 2e-3;
  private static final int SEARCH_FLOWS = 40;

  /**
   * Computes the limit.
   *
   * @param outputTokens tokens each request of the workload puts out, {@code >= 1}
   * @throws IllegalArgumentException if the outputs are not as many as the requests, or one is
   *     below 1
   */
  public static DecoderLimit of(Workload workload, int[] outputTokens, DecoderPool pool) {
    check(workload, outputTokens);
    DecoderWork work = new DecoderWork(workload, outputTokens, pool);
    double theta = least(at -> roughly(relaxation(workload, work, at)));
    double value = relaxation(workload, work, theta).optimum();
    for (double end = 0; end <= 1; end++) {
      double atEnd = relaxation(workload, work, end).optimum();
      theta = atEnd <= value ? end : theta;
      value = Math.min(value, atEnd);
    }
    double requests = Math.min(value, workload.size());
    return new DecoderLimit(requests, requests * 1e9 / workload.windowNanos(), theta);
  }

  private static void check(Workload workload, int[] outputTokens) {
    if (outputTokens.length != workload.size()) {
      throw new IllegalArgumentException(
          "%d requests have %d outputs".formatted(workload.size(), outputTokens.length));
    }
    for (int i = 0; i < outputTokens.length; i++) {
      if (outputTokens[i] < 1) {
        throw new IllegalArgumentException(
            "request %d must put out >= 1 tokens, has %d".formatted(i, outputTokens[i]));
      }
    }
  }

  /** Returns the relaxation with blocks at a weight. */
  static Relaxation relaxation(Workload workload, DecoderWork work, double theta) {
    return Relaxation.of(workload, new ClassWorks(Supply.of(1), work.nanos(theta)));
  }

  private static double roughly(Relaxation problem) {
    return problem.isAgreeable()
        ? AgreeableGreedy.value(problem)
        : LevelledFlow.value(problem, SEARCH_TOLERANCE, SEARCH_FLOWS);
  }

  /** Narrows [0, 1] to where a function is least by golden section. */
  private static double least(DoubleUnaryOperator function) {
    double low = 0;
    double high = 1;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = function.applyAsDouble(left);
    double atRight = function.applyAsDouble(right);
    for (int k = 0; k < NARROWINGS; k++) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = function.applyAsDouble(left);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = function.applyAsDouble(right);
      }
    }
    return atLeft <= atRight ? left : right;
  }
}
