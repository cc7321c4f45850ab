package io.waip.onnxruntime;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The client's view of a request; cancelling it withdraws the request. */
final class AnswerFuture extends CompletableFuture<Answer> {
  private final Submission submission;
  private volatile @Nullable EngineLoop loop;

  AnswerFuture(Submission submission) {
    this.submission = submission;
  }

  /** Tells it where to report a cancellation; called before the client sees it. */
  void accepted(EngineLoop engineLoop) {
    loop = engineLoop;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    EngineLoop engineLoop = loop;
    if (cancelled && engineLoop != null) {
      engineLoop.cancel(submission);
    }
    return cancelled;
  }
}
