package io.waip.api.resource;

/**
 * What was, or will be, taken: facts, whatever they cost.
 *
 * @param deviceSeconds time of devices, busy or held
 * @param joules energy of the devices
 */
public record Consumption(Figure deviceSeconds, Figure joules) {
  private static final double SECONDS_PER_HOUR = 3600;

  /**
   * Returns what devices of a kind take.
   *
   * @param busyShare of the time in which they execute, {@code [0, 1]}
   * @throws IllegalArgumentException if the share is out of range
   */
  public static Consumption of(DeviceFacts device, Figure deviceSeconds, double busyShare) {
    return new Consumption(deviceSeconds, device.watts(busyShare).times(deviceSeconds));
  }

  /** Returns the most that devices of a kind take in a time: they never draw more. */
  public static Consumption atMost(DeviceFacts device, Figure deviceSeconds) {
    return new Consumption(deviceSeconds, device.boardWatts().times(deviceSeconds));
  }

  /** Returns both together. */
  public Consumption plus(Consumption other) {
    return new Consumption(deviceSeconds.plus(other.deviceSeconds), joules.plus(other.joules));
  }

  /** Returns the device hours. */
  Figure deviceHours() {
    return deviceSeconds.times(1 / SECONDS_PER_HOUR);
  }

  /** Returns the energy in kilowatt-hours. */
  Figure kilowattHours() {
    return joules.times(1 / (1000 * SECONDS_PER_HOUR));
  }
}
