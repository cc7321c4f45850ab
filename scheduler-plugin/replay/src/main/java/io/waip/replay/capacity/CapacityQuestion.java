package io.waip.replay.capacity;

import io.waip.replay.Noise;
import io.waip.replay.Traffic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many devices are enough?
 *
 * @param traffic requests, at a rate that does not follow the devices
 * @param services that they call, with what is asked of each; at least one, names distinct
 * @param kinds of devices, at least one, names distinct
 * @param maxBatch most requests in a batch, {@code [1, 1024]}
 * @param noise on execution times, and the seed of everything drawn
 * @param effort how much is computed
 */
public record CapacityQuestion(
    Traffic traffic,
    List<ServiceTarget> services,
    List<DeviceKind> kinds,
    int maxBatch,
    Noise noise,
    Effort effort) {
  private static final int MOST_BATCH = 1024;

  /**
   * How much is computed.
   *
   * @param bootstrap of every replay
   * @param mixReplays most replays spent on mixes of two kinds, {@code [0, 10000]}; 0 for none
   * @param searchesBest whether the best schedule with full knowledge is searched for the devices
   *     chosen
   */
  public record Effort(BootstrapSettings bootstrap, int mixReplays, boolean searchesBest) {
    /** The default bootstrap, no mixes, with a search for the best schedule. */
    public static final Effort DEFAULT = new Effort(BootstrapSettings.DEFAULT, 0, true);

    private static final int MOST_REPLAYS = 10_000;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is left
     */
    public Effort {
      if (mixReplays < 0 || mixReplays > MOST_REPLAYS) {
        throw new IllegalArgumentException("mix replays must be in [0, 10000], are " + mixReplays);
      }
    }
  }

  /**
   * Copies the lists and checks the parts.
   *
   * @throws IllegalArgumentException if a list is empty or names occur twice, a part is out of
   *     range, a kind has costs of another number of services, or the rate follows the capacity;
   *     the message is one line for the user
   */
  public CapacityQuestion {
    services = List.copyOf(services);
    kinds = List.copyOf(kinds);
    requireDistinct("service", services.stream().map(each -> each.service().name()).toList());
    requireDistinct("device kind", kinds.stream().map(DeviceKind::name).toList());
    if (maxBatch < 1 || maxBatch > MOST_BATCH) {
      throw new IllegalArgumentException("max batch must be in [1, 1024], is " + maxBatch);
    }
    if (!traffic.hasFixedRate()) {
      throw new IllegalArgumentException(
          "the rate is a share of the capacity of the devices that are asked for; allowed: requests"
              + " per second, or the pace of a trace; remedy: give a rate");
    }
    for (DeviceKind kind : kinds) {
      if (!kind.costs().isEmpty() && kind.costs().size() != services.size()) {
        throw new IllegalArgumentException(
            "device kind '%s' has %d costs; allowed: none or %d, one for each service; remedy: name"
                    .formatted(kind.name(), kind.costs().size(), services.size())
                + " them all");
      }
    }
  }

  private static void requireDistinct(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(what + " '" + name + "' is named twice");
      }
    }
    if (seen.isEmpty()) {
      throw new IllegalArgumentException("at least one " + what + " is required");
    }
  }

  /** Returns the same question about other requests. */
  public CapacityQuestion withTraffic(Traffic other) {
    return new CapacityQuestion(other, services, kinds, maxBatch, noise, effort);
  }

  /** Returns the same question with other effort. */
  public CapacityQuestion withEffort(Effort other) {
    return new CapacityQuestion(traffic, services, kinds, maxBatch, noise, other);
  }

  /** Returns the same question with longer latency objectives. */
  CapacityQuestion loosened(long nanos) {
    List<ServiceTarget> looser = services.stream().map(each -> each.loosened(nanos)).toList();
    return new CapacityQuestion(traffic, looser, kinds, maxBatch, noise, effort);
  }

  /** Returns the kind of this name. */
  DeviceKind kind(String name) {
    return kinds.get(kindIndex(name));
  }

  /**
   * Returns the position of a kind.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  int kindIndex(String name) {
    for (int k = 0; k < kinds.size(); k++) {
      if (kinds.get(k).name().equals(name)) {
        return k;
      }
    }
    throw new IllegalArgumentException("no device kind is named '" + name + "'");
  }
}
