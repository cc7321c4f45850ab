package io.waip.onnxruntime;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one parked thread when its rings get work. The waiter parks at once and never spins.
 *
 * <p>{@link #ring} comes after the offer, from any thread; {@link #await} from one thread only. The
 * fence orders the offer before the look at the waiter, and the waiter shows itself before its last
 * look at the rings: one of the two sees the other.
 */
final class Doorbell {
  private volatile @Nullable Thread waiter;

  /** Wakes the waiter if it is parked. */
  void ring() {
    VarHandle.fullFence();
    Thread parked = waiter;
    if (parked != null) {
      LockSupport.unpark(parked);
    }
  }

  /**
   * Parks until the next ring or for a time; may return early.
   *
   * @param nanos longest wait, or {@link Long#MAX_VALUE} for no limit; none if {@code <= 0}
   * @param pending says whether there is work already
   */
  void await(long nanos, BooleanSupplier pending) {
    waiter = Thread.currentThread();
    VarHandle.fullFence();
    if (!pending.getAsBoolean() && nanos > 0) {
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    }
    waiter = null;
  }
}
