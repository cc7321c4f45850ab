package io.waip.cli.demo.load;

/** Says whether an answer is one to its own request. Called where replies come; must be quick. */
@FunctionalInterface
interface AnswerCheck {
  /**
   * Checks an answer of the model.
   *
   * @param reply of the outcome completed
   */
  boolean isRight(TextLoad load, int request, Serving.Reply reply);
}
