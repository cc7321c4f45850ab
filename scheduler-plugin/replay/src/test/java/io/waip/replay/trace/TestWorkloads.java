package io.waip.replay.trace;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Workloads made for tests, and the shared traces where they lie beside the checkout. */
public final class TestWorkloads {
  private TestWorkloads() {}

  /** Returns interactive requests of length 1 with one relative deadline. */
  public static Workload uniformDeadline(long[] arrivals, long sloNanos, long windowNanos) {
    Workload.Builder builder = new Workload.Builder(windowNanos);
    for (long arrival : arrivals) {
      builder.add(arrival, 1, Tier.INTERACTIVE, 0, arrival + sloNanos);
    }
    return builder.build();
  }

  /** Returns a workload whose every {@code k}-th request has a deadline; the others have none. */
  public static Workload twoTiers(long[] arrivals, int[] lengths, int k, long sloNanos) {
    Workload.Builder builder = new Workload.Builder(arrivals[arrivals.length - 1] + sloNanos);
    for (int i = 0; i < arrivals.length; i++) {
      boolean interactive = i % k == 0;
      builder.add(
          arrivals[i],
          lengths[i % lengths.length],
          interactive ? Tier.INTERACTIVE : Tier.OFFLINE,
          0,
          interactive ? arrivals[i] + sloNanos : RequestDescriptor.NO_DEADLINE);
    }
    return builder.build();
  }

  /**
   * Returns a shared trace: in the folder WAIP_SHARED, or in {@code shared} beside the checkout.
   */
  public static Optional<Path> shared(String name) {
    String given = System.getenv("WAIP_SHARED");
    if (given != null) {
      return existing(Path.of(given, "traces", name));
    }
    return existing(checkout().resolveSibling("shared").resolve("traces").resolve(name));
  }

  /** Returns the folder of the checkout. */
  public static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("plugin-api/pom.xml"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not inside a checkout");
    }
    return folder;
  }

  private static Optional<Path> existing(Path path) {
    return Files.isReadable(path) ? Optional.of(path) : Optional.empty();
  }
}
