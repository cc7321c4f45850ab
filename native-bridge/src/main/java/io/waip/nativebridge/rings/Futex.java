package io.waip.nativebridge.rings;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Objects;

/**
 * A word of shared memory that threads of two processes wait on ({@code futex(2)}, not private).
 *
 * <p>Here it is used as a "parked" flag: the sleeper sets it to 1, looks once more for work and
 * waits while it is 1; whoever has work for it sets it back to 0 and wakes it.
 */
final class Futex {
  /**
   * Numbers of {@code futex} in the kernel's tables {@code syscall_64.tbl} and {@code unistd.h}.
   */
  private static final Map<String, Long> CALL_NUMBERS = Map.of("amd64", 202L, "aarch64", 98L);

  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int TIMESPEC_BYTES = 16;
  private static final MethodHandle SYSCALL = syscall();
  private static final long CALL =
      CALL_NUMBERS.getOrDefault(System.getProperty("os.arch", ""), -1L);

  private final MemorySegment word;
  private final MemorySegment timeout;

  /**
   * Binds the word at an offset, aligned to 4 bytes.
   *
   * @param scratch 16 bytes of native memory for the time-out, of this object alone
   * @throws UnsupportedOperationException on a processor whose call number is not known
   */
  Futex(MemorySegment memory, long offset, MemorySegment scratch) {
    if (CALL < 0) {
      throw new UnsupportedOperationException(
          "no futex call known for os.arch=" + System.getProperty("os.arch"));
    }
    word = memory.asSlice(offset, Integer.BYTES);
    timeout = scratch.asSlice(0, TIMESPEC_BYTES);
  }

  int get() {
    return SharedMemory.acquireInt(word, 0);
  }

  /** Sets the word, ordered before every later read of this thread. */
  void set(int value) {
    SharedMemory.volatileInt(word, 0, value);
    VarHandle.fullFence();
  }

  /** Sets the word to 0 and wakes one sleeper if it was 1. Ordered after every earlier write. */
  boolean unpark() {
    if (!claimSleeper()) {
      return false;
    }
    wake(1);
    return true;
  }

  /**
   * Sets the word from 1 to 0, ordered after every earlier write of this thread; says whether it
   * was 1, so that the caller has a sleeper to wake.
   */
  boolean claimSleeper() {
    VarHandle.fullFence();
    return get() == 1 && SharedMemory.compareAndSetInt(word, 0, 1, 0);
  }

  /**
   * Waits while the word has a value; may return early, also for no reason.
   *
   * @param nanos longest wait; none if {@code <= 0}
   */
  void await(int expected, long nanos) {
    if (nanos <= 0) {
      return;
    }
    timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
    timeout.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
    call(WAIT, expected, timeout);
  }

  /** Wakes sleepers; returns how many, or a negative number where the kernel refused. */
  long wake(int most) {
    return call(WAKE, most, MemorySegment.NULL);
  }

  private long call(int operation, int value, MemorySegment time) {
    try {
      return (long) SYSCALL.invokeExact(CALL, word, operation, value, time, MemorySegment.NULL, 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  // Restricted because a wrong descriptor crashes the process; this is syscall(2) with six
  // arguments.
  // Not critical: the call blocks.
  @SuppressWarnings("restricted")
  private static MethodHandle syscall() {
    Linker linker = Linker.nativeLinker();
    MemorySegment function =
        Objects.requireNonNull(linker.defaultLookup().find("syscall").orElse(null), "syscall");
    return linker.downcallHandle(
        function,
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
        Linker.Option.firstVariadicArg(1));
  }
}
