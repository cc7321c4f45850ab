package io.waip.api.resource;

import java.util.Map;

/**
 * What is known of a kind of device.
 *
 * @param device name, not blank
 * @param memoryBytes size of its memory
 * @param memoryBytesPerSecond rate of its memory
 * @param operationsPerSecond rate of dense arithmetic; a multiplication and an addition are two
 * @param boardWatts most that it draws
 * @param idleWatts what it draws with a model loaded and nothing to do
 */
public record DeviceFacts(
    String device,
    Figure memoryBytes,
    Figure memoryBytesPerSecond,
    Map<Precision, Figure> operationsPerSecond,
    Figure boardWatts,
    Figure idleWatts) {
  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public DeviceFacts {
    if (device.isBlank()) {
      throw new IllegalArgumentException("a device must have a name");
    }
    operationsPerSecond = Map.copyOf(operationsPerSecond);
  }

  /** Returns a device of which only the name is known. */
  public static DeviceFacts unknown(String device) {
    return new DeviceFacts(
        device,
        Figure.unknown("memory of " + device),
        Figure.unknown("memory rate of " + device),
        Map.of(),
        Figure.unknown("board watts of " + device),
        idleUnknown(device));
  }

  /** Returns idle watts that no data sheet gives. */
  public static Figure idleUnknown(String device) {
    return Figure.unknown("idle watts of " + device);
  }

  /** Returns the rate of dense arithmetic; unknown where the data sheet names none. */
  public Figure operationsPerSecond(Precision precision) {
    Figure known = operationsPerSecond.get(precision);
    return known == null ? Figure.unknown(precision + " rate of " + device) : known;
  }

  /** Returns the same with idle watts that were measured. */
  public DeviceFacts withIdleWatts(Figure watts) {
    return new DeviceFacts(
        device, memoryBytes, memoryBytesPerSecond, operationsPerSecond, boardWatts, watts);
  }

  /**
   * Returns the operations for each byte of memory traffic above which arithmetic is the bound: the
   * ridge point of the roofline (Williams, Waterman, Patterson, CACM 2009).
   */
  public Figure ridgeOperationsPerByte(Precision precision) {
    return operationsPerSecond(precision).dividedBy(memoryBytesPerSecond);
  }

  /**
   * Returns what it draws while busy for a share of the time: linear between idle and most, which
   * Fan, Weber and Barroso (Power Provisioning for a Warehouse-sized Computer, ISCA 2007) found to
   * follow servers within a few per cent.
   *
   * @param busyShare {@code [0, 1]}
   * @throws IllegalArgumentException if it is out of range
   */
  public Figure watts(double busyShare) {
    if (!(busyShare >= 0 && busyShare <= 1)) {
      throw new IllegalArgumentException("busy share must be in [0, 1], is " + busyShare);
    }
    return idleWatts.times(1 - busyShare).plus(boardWatts.times(busyShare));
  }
}
