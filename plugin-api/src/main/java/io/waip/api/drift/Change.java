package io.waip.api.drift;

/** What a detector says of the mean of its stream. */
public enum Change {
  /** It has not changed as far as can be told. */
  NONE,
  /** It has become higher. */
  RISE,
  /** It has become lower. */
  FALL;

  /** Says whether this is an alarm. */
  public boolean isAlarm() {
    return this != NONE;
  }

  /** Returns the later of two changes that is an alarm, or {@link #NONE}. */
  public Change then(Change later) {
    return later.isAlarm() ? later : this;
  }

  /** Returns the change to a higher mean or, where {@code step} is negative, to a lower one. */
  public static Change of(double step) {
    return step > 0 ? RISE : FALL;
  }
}
