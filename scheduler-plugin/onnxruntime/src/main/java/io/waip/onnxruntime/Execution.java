package io.waip.onnxruntime;

import org.jspecify.annotations.Nullable;

/**
 * The one batch a worker holds. Filled by the engine thread, run by the worker, read back by the
 * engine thread; the rings between them order the accesses. Reused.
 */
final class Execution {
  final int worker;
  private final @Nullable Submission[] members;
  private int size;
  private int variant;
  private int paddedLength;
  private long dispatchId;
  private long executionNanos;
  private @Nullable Throwable failure;

  Execution(int worker, int maxBatch) {
    this.worker = worker;
    members = new Submission[maxBatch];
  }

  /** Starts the description of a batch. */
  void open(long id, int variantIndex, int padded) {
    dispatchId = id;
    variant = variantIndex;
    paddedLength = padded;
    size = 0;
    executionNanos = 0;
    failure = null;
  }

  void add(Submission submission) {
    members[size++] = submission;
  }

  Submission member(int i) {
    Submission submission = members[i];
    if (submission == null) {
      throw new IndexOutOfBoundsException(i);
    }
    return submission;
  }

  /** Drops the references to the requests. */
  void release() {
    for (int i = 0; i < size; i++) {
      members[i] = null;
    }
    size = 0;
  }

  void succeeded(long nanos) {
    executionNanos = nanos;
  }

  void failed(Throwable cause) {
    failure = cause;
  }

  int size() {
    return size;
  }

  int variant() {
    return variant;
  }

  int paddedLength() {
    return paddedLength;
  }

  long dispatchId() {
    return dispatchId;
  }

  long executionNanos() {
    return executionNanos;
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
