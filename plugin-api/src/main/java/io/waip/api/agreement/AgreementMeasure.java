package io.waip.api.agreement;

/**
 * Says whether the answer of a variant agrees with that of the reference to the same request.
 *
 * <p>The same two answers always give the same verdict. An answer agrees with itself if all its
 * values are finite; answers of different shape, or with a value that is not finite, never agree.
 * Any thread; keeps nothing of the answers.
 */
@FunctionalInterface
public interface AgreementMeasure {
  /** Says whether they agree. */
  boolean agrees(AnswerRow answer, AnswerRow reference);
}
