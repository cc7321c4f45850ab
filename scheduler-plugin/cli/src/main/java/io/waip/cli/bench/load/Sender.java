package io.waip.cli.bench.load;

import io.waip.triton.client.AnswerListener;
import io.waip.triton.client.CallFailure;
import io.waip.triton.client.InferAnswer;
import io.waip.triton.client.OipClient;
import io.waip.triton.client.PreparedCall;

/** Sends requests of the pool and books them; the run's one sending thread calls. */
final class Sender {
  /** Where requests go: {@link OipClient#send}. */
  interface Wire {
    void send(PreparedCall call, AnswerListener listener);
  }

  private final Wire wire;
  private final CallPool pool;
  private final Ledger ledger;

  Sender(Wire wire, CallPool pool, Ledger ledger) {
    this.wire = wire;
    this.pool = pool;
    this.ledger = ledger;
  }

  /** Sends a request that warms up the way to an arm. */
  void warmUp(int arm, Runnable then) {
    send(LoadLog.WARM_UP, arm, System.nanoTime(), then);
  }

  /**
   * Sends the next request.
   *
   * @param arm whom it goes to
   * @param then runs after it ended, on the connection's thread
   */
  void send(int arm, long intendedNanos, Runnable then) {
    send(arm, arm, intendedNanos, then);
  }

  private void send(int booked, int arm, long intendedNanos, Runnable then) {
    int request = ledger.open(booked, intendedNanos, System.nanoTime());
    wire.send(
        pool.call(arm, request),
        new AnswerListener() {
          @Override
          public void answered(InferAnswer answer) {
            long now = System.nanoTime();
            ledger.answered(request, now, pool.isRight(request, answer));
            then.run();
          }

          @Override
          public void failed(CallFailure failure) {
            long now = System.nanoTime();
            ledger.failed(request, now, failure.code(), String.valueOf(failure.getMessage()));
            then.run();
          }
        });
  }

  Ledger ledger() {
    return ledger;
  }
}
