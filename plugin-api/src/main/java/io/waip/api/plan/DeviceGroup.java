package io.waip.api.plan;

import java.util.List;

/**
 * Gangs of devices on which the same options are loaded, each with the same share of the time.
 *
 * @param device supply that the devices are of
 * @param gangs that are alike, {@code >= 1}
 * @param devicesPerGang devices that run as one, {@code >= 1}
 * @param shares at least one, together at most the whole time
 */
public record DeviceGroup(String device, int gangs, int devicesPerGang, List<Share> shares) {
  /**
   * Part of the time of each gang.
   *
   * @param option that runs in it
   * @param timeShare {@code (0, 1]}
   */
  public record Share(PlacementOption option, double timeShare) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is left
     */
    public Share {
      if (!(timeShare > 0 && timeShare <= 1)) {
        throw new IllegalArgumentException("time share must be in (0, 1], is " + timeShare);
      }
    }
  }

  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if a count is below 1 or there is no share
   */
  public DeviceGroup {
    shares = List.copyOf(shares);
    if (gangs < 1 || devicesPerGang < 1 || shares.isEmpty()) {
      throw new IllegalArgumentException(
          "a group has gangs, devices and shares, has %d, %d and %s"
              .formatted(gangs, devicesPerGang, shares));
    }
  }

  /** Returns the devices of all gangs. */
  public int devices() {
    return gangs * devicesPerGang;
  }

  /** Returns the share of the time in which a gang executes. */
  public double busyShare() {
    return shares.stream().mapToDouble(Share::timeShare).sum();
  }

  /** Returns what all gangs serve through an option, requests per second. */
  public double servedPerSecond(Share share) {
    return gangs * share.timeShare() * share.option().servedPerSecond();
  }
}
