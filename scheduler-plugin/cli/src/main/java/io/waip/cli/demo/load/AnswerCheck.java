package io.waip.cli.demo.load;

import io.waip.onnxruntime.Answer;

/** Says whether an answer is one to its own request. Called on the reply thread; must be quick. */
@FunctionalInterface
interface AnswerCheck {
  /**
   * Checks an answer of the model.
   *
   * @param answer with the outcome completed or late
   */
  boolean isRight(TextLoad load, int request, Answer answer);
}
