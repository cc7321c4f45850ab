package io.waip.api.drift;

/** Told of alarms. */
@FunctionalInterface
public interface DriftListener {
  /**
   * A stream has drifted.
   *
   * @param index class of a {@link Signal#CLASS_MIX}, series of a {@link Signal#RESIDUAL}, else 0
   * @param change where to; never {@link Change#NONE}
   * @param nowNanos when it was noticed
   */
  void drifted(Signal signal, int index, Change change, long nowNanos);
}
