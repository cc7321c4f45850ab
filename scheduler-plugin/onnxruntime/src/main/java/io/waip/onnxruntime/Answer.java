package io.waip.onnxruntime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended. Every accepted request gets exactly one.
 *
 * @param ending the outcome and its cause
 * @param latencyNanos from intended arrival to the end
 * @param served how it ran, or null if it never did
 * @param output the model's answer; null unless the outcome is {@link Outcome#COMPLETED} or {@link
 *     Outcome#LATE}
 */
public record Answer(
    Ending ending, long latencyNanos, @Nullable Served served, @Nullable OutputRow output) {
  /**
   * The outcome and its cause.
   *
   * @param retryAfterNanos when a retry may succeed; 0 where nothing is known
   * @param detail message of the failed execution, else empty
   */
  public record Ending(Outcome outcome, Reason reason, long retryAfterNanos, String detail) {}

  /**
   * How a request ran.
   *
   * @param variant name of the variant
   * @param batch requests executed together
   * @param paddedLength length of the batch in elements
   * @param queueNanos from arrival at the session to dispatch
   * @param executionNanos batch assembly, model and output copy
   */
  public record Served(
      String variant, int batch, int paddedLength, long queueNanos, long executionNanos) {}

  /** Returns the outcome. */
  public Outcome outcome() {
    return ending.outcome();
  }

  /** Returns the cause of the outcome. */
  public Reason reason() {
    return ending.reason();
  }

  /**
   * Returns the model's answer.
   *
   * @throws IllegalStateException if there is none
   */
  public OutputRow requireOutput() {
    if (output == null) {
      throw new IllegalStateException(
          "the request ended as %s (%s) and has no output %s"
              .formatted(outcome(), reason(), ending.detail()));
    }
    return output;
  }

  /**
   * Returns how the request ran.
   *
   * @throws IllegalStateException if it never did
   */
  public Served requireServed() {
    if (served == null) {
      throw new IllegalStateException(
          "the request ended as %s (%s) and never ran".formatted(outcome(), reason()));
    }
    return served;
  }
}
