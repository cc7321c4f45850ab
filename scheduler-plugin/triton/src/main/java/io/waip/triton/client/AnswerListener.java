package io.waip.triton.client;

/**
 * Told how a sent call ended: one method, once. Called on the connection's event thread, which
 * serves all calls: implementations neither block nor throw.
 */
public interface AnswerListener {
  /** The model answered. */
  void answered(InferAnswer answer);

  /** The call failed. */
  void failed(CallFailure failure);
}
