package io.waip.onnxruntime;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that have not ended, by id. An id holds the slot in its low bits and a sequence number
 * above, so that no id is used twice.
 *
 * <p>Confined to the engine thread; allocates nothing after construction.
 */
final class Slots {
  /** The slot of a request that is not here. */
  static final int NONE = -1;

  private static final int SLOT_BITS = 24;
  private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;

  private final @Nullable Submission[] submissions;
  private final int[] free;
  private int freeCount;
  private long sequence;

  Slots(int capacity) {
    submissions = new Submission[capacity];
    free = new int[capacity];
    freeCount = capacity;
    for (int i = 0; i < capacity; i++) {
      free[i] = capacity - 1 - i;
    }
  }

  /** Gives a request a slot and an id. */
  void add(Submission submission) {
    int slot = free[--freeCount];
    submissions[slot] = submission;
    submission.slot = slot;
    submission.requestId = ++sequence << SLOT_BITS | slot;
  }

  /** Returns the request with this id. */
  Submission get(long requestId) {
    Submission submission = submissions[(int) (requestId & SLOT_MASK)];
    if (submission == null || submission.requestId != requestId) {
      throw new IllegalStateException("no request has id " + requestId);
    }
    return submission;
  }

  /** Frees the slot of a request that ended. */
  void remove(Submission submission) {
    submissions[submission.slot] = null;
    free[freeCount++] = submission.slot;
    submission.slot = NONE;
  }

  /** Says whether a request has not ended. */
  static boolean holds(Submission submission) {
    return submission.slot != NONE;
  }

  /** Calls an action, which may remove it, for each request. */
  void forEach(Consumer<Submission> action) {
    for (Submission submission : submissions) {
      if (submission != null) {
        action.accept(submission);
      }
    }
  }
}
