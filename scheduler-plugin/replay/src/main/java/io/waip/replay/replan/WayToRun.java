package io.waip.replay.replan;

import io.waip.api.cost.LatencyModel;

/**
 * How a variant runs on devices of a kind.
 *
 * @param device name of the kind
 * @param devicesPerInstance devices that one instance takes, {@code >= 1}: those of a
 *     tensor-parallel copy, or the cores of its threads
 * @param times of batches, whatever variant index is asked for
 */
public record WayToRun(String device, int devicesPerInstance, LatencyModel times) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the name is blank or the count below 1
   */
  public WayToRun {
    if (device.isBlank() || devicesPerInstance < 1) {
      throw new IllegalArgumentException(
          "a way to run names a device and takes at least one, is '%s' and %d"
              .formatted(device, devicesPerInstance));
    }
  }
}
