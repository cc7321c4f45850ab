package io.waip.cli.config;

import io.waip.replay.capacity.PriceCurve;
import io.waip.replay.capacity.SpotTerms;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A kind of devices that a plan may use.
 *
 * @param name distinct among devices
 * @param count how many there are, or may be bought, {@code [1, 4096]}
 * @param speed batches per time over those of the variants' costs, {@code [0.001, 1000]}
 * @param facts what is known of the device itself
 * @param price of each by their number; empty where nothing is said
 * @param spot terms of devices that are taken away at times
 * @param region where they are; empty where nothing is said
 */
public record DeviceSettings(
    String name,
    int count,
    double speed,
    Facts facts,
    Optional<PriceCurve> price,
    Optional<SpotTerms> spot,
    String region) {
  /** As fast as the costs say. */
  public static final double DEFAULT_SPEED = 1;

  /**
   * What is known of a device besides the catalogue.
   *
   * @param catalogue name to look it up by
   * @param memoryBytes {@code > 0}; empty for the catalogue's
   * @param idleWatts {@code >= 0}; empty where unknown
   * @param gramsPerKilowattHour of carbon dioxide equivalent, {@code >= 0}; empty where unknown
   * @param moneyPerKilowattHour {@code >= 0}; empty where the price of the device has it
   */
  public record Facts(
      String catalogue,
      OptionalDouble memoryBytes,
      OptionalDouble idleWatts,
      OptionalDouble gramsPerKilowattHour,
      OptionalDouble moneyPerKilowattHour) {}
}
