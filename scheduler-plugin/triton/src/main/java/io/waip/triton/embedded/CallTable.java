package io.waip.triton.embedded;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The open calls of this process by number. Triton hands a callback the number, as JavaCPP's
 * callbacks are few and shared by all; number 0 is never given out, because it is a null pointer.
 *
 * <p>Looking up takes no lock. Adding and removing do, once in the life of a call object.
 */
final class CallTable {
  private static final int FIRST_SIZE = 64;

  private static final ArrayDeque<Integer> RETURNED = new ArrayDeque<>();
  private static volatile @Nullable InferenceCall[] calls = new InferenceCall[FIRST_SIZE];
  private static int next = 1;

  private CallTable() {}

  static synchronized int add(InferenceCall call) {
    Integer reused = RETURNED.poll();
    int id = reused == null ? next++ : reused;
    @Nullable InferenceCall[] table = Arrays.copyOf(calls, Math.max(calls.length, 2 * id));
    table[id] = call;
    calls = table;
    return id;
  }

  static synchronized void remove(int id) {
    @Nullable InferenceCall[] table = calls.clone();
    table[id] = null;
    calls = table;
    RETURNED.add(id);
  }

  /**
   * Returns the call with a number.
   *
   * @throws IllegalStateException if there is none
   */
  static InferenceCall get(long id) {
    InferenceCall call = calls[(int) id];
    if (call == null) {
      throw new IllegalStateException("Triton called back for a call that is gone, " + id);
    }
    return call;
  }
}
