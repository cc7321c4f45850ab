package io.waip.cost.drift;

/**
 * Settings of a {@link DriftMonitor}.
 *
 * @param windows of the streams watched by windows of time; each of the four has these
 * @param residuals of all series of residuals together
 */
public record DriftSettings(StreamSettings windows, ResidualSettings residuals) {
  /** The defaults of both: five signals with a false alarm in ten hours each, one in two hours. */
  public static final DriftSettings DEFAULT =
      new DriftSettings(StreamSettings.DEFAULT, ResidualSettings.DEFAULT);
}
