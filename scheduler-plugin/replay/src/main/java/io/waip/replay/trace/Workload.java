package io.waip.replay.trace;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.drive.RequestSource;
import java.util.Arrays;

/**
 * The requests of a measured window, in order of arrival: when, how long, by when, for whom.
 *
 * <p>The window is {@code [0, windowNanos]}; every arrival lies in it. A request without deadline
 * counts as served when it is completed before the window ends. Immutable; built by {@link
 * Builder}.
 */
public final class Workload implements RequestSource {
  private final long windowNanos;
  private final long[] arrivalNanos;
  private final long[] deadlineNanos;
  private final int[] lengths;
  private final int[] tenants;
  private final int[] services;
  private final byte[] tiers;

  private Workload(Builder from) {
    windowNanos = from.windowNanos;
    arrivalNanos = Arrays.copyOf(from.arrivalNanos, from.size);
    deadlineNanos = Arrays.copyOf(from.deadlineNanos, from.size);
    lengths = Arrays.copyOf(from.lengths, from.size);
    tenants = Arrays.copyOf(from.tenants, from.size);
    services = Arrays.copyOf(from.services, from.size);
    tiers = Arrays.copyOf(from.tiers, from.size);
  }

  @Override
  public int size() {
    return arrivalNanos.length;
  }

  /** Returns the length of the measured window, nanoseconds, {@code >= 1}. */
  public long windowNanos() {
    return windowNanos;
  }

  /** Returns the mean offered rate over the window, requests per second. */
  public double offeredPerSecond() {
    return size() * 1e9 / windowNanos;
  }

  @Override
  public long arrivalNanos(int i) {
    return arrivalNanos[i];
  }

  /** Returns the absolute deadline, nanoseconds, or {@link RequestDescriptor#NO_DEADLINE}. */
  public long deadlineNanos(int i) {
    return deadlineNanos[i];
  }

  /**
   * Returns by when request {@code i} must be completed to count as goodput: its deadline, or the
   * end of the window where it has none.
   */
  public long goodputDeadlineNanos(int i) {
    return deadlineNanos[i] == RequestDescriptor.NO_DEADLINE ? windowNanos : deadlineNanos[i];
  }

  /** Returns the length of request {@code i}, {@code >= 1}. */
  public int length(int i) {
    return lengths[i];
  }

  /** Returns the tenant index of request {@code i}. */
  public int tenant(int i) {
    return tenants[i];
  }

  /** Returns the index of the service that request {@code i} calls. */
  public int service(int i) {
    return services[i];
  }

  /** Returns the tier of request {@code i}. */
  public Tier tier(int i) {
    return Tier.of(tiers[i]);
  }

  /**
   * Returns the same requests at other times, each with as long until its deadline.
   *
   * @param newArrivalNanos one for each request, never decreasing, in the window
   * @throws IllegalArgumentException if a time or the window is out of range
   */
  public Workload at(long[] newArrivalNanos, long newWindowNanos) {
    Builder builder = new Builder(newWindowNanos, size());
    for (int i = 0; i < size(); i++) {
      boolean hasDeadline = deadlineNanos[i] != RequestDescriptor.NO_DEADLINE;
      long deadline =
          hasDeadline
              ? Math.addExact(newArrivalNanos[i], deadlineNanos[i] - arrivalNanos[i])
              : RequestDescriptor.NO_DEADLINE;
      builder.add(
          new Request(services[i], newArrivalNanos[i], lengths[i], tier(i), tenants[i], deadline));
    }
    return builder.build();
  }

  /** Returns the longest length, {@code >= 1}. */
  public int longest() {
    return Arrays.stream(lengths).max().orElse(1);
  }

  /** Returns the longest length of a service's requests, {@code >= 1}. */
  public int longest(int service) {
    int longest = 1;
    for (int i = 0; i < lengths.length; i++) {
      longest = services[i] == service ? Math.max(longest, lengths[i]) : longest;
    }
    return longest;
  }

  /** Says whether lengths differ. */
  public boolean hasUnequalLengths() {
    return Arrays.stream(lengths).anyMatch(length -> length != lengths[0]);
  }

  @Override
  public void describe(int i, RequestDescriptor descriptor) {
    descriptor
        .reset(i, services[i], tenants[i])
        .tier(tier(i))
        .length(lengths[i])
        .arrivalNanos(arrivalNanos[i])
        .deadlineNanos(deadlineNanos[i]);
  }

  /**
   * A request to add.
   *
   * @param service index, {@code >= 0}
   * @param arrivalNanos in the window
   * @param length {@code >= 1}
   * @param tenant index, {@code >= 0}
   * @param deadlineNanos absolute, {@code >= arrivalNanos}, or {@link
   *     RequestDescriptor#NO_DEADLINE}
   */
  public record Request(
      int service, long arrivalNanos, int length, Tier tier, int tenant, long deadlineNanos) {}

  /** Collects requests in order of arrival. Single thread. */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 1024;

    private final long windowNanos;
    private int size;
    private long[] arrivalNanos;
    private long[] deadlineNanos;
    private int[] lengths;
    private int[] tenants;
    private int[] services;
    private byte[] tiers;

    /**
     * Starts a workload without requests.
     *
     * @param windowNanos length of the measured window
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder(long windowNanos) {
      this(windowNanos, FIRST_CAPACITY);
    }

    /**
     * Starts a workload without requests.
     *
     * @param windowNanos length of the measured window
     * @param expected how many requests to make room for, {@code >= 1}; more may be added
     * @throws IllegalArgumentException if a figure is below 1
     */
    public Builder(long windowNanos, int expected) {
      if (windowNanos < 1) {
        throw new IllegalArgumentException("window must be >= 1 ns, is " + windowNanos);
      }
      if (expected < 1) {
        throw new IllegalArgumentException("expected requests must be >= 1, are " + expected);
      }
      this.windowNanos = windowNanos;
      arrivalNanos = new long[expected];
      deadlineNanos = new long[expected];
      lengths = new int[expected];
      tenants = new int[expected];
      services = new int[expected];
      tiers = new byte[expected];
    }

    /**
     * Adds a request of service 0 that has not arrived before the last one added.
     *
     * @param arrivalNanos in the window
     * @param length {@code >= 1}
     * @param tenant index, {@code >= 0}
     * @param deadlineNanos absolute, {@code >= arrivalNanos}, or {@link
     *     RequestDescriptor#NO_DEADLINE}
     * @return this
     * @throws IllegalArgumentException if a part is out of range
     */
    public Builder add(long arrivalNanos, int length, Tier tier, int tenant, long deadlineNanos) {
      return add(new Request(0, arrivalNanos, length, tier, tenant, deadlineNanos));
    }

    /**
     * Adds a request that has not arrived before the last one added.
     *
     * @return this
     * @throws IllegalArgumentException if a part is out of range
     */
    public Builder add(Request request) {
      long last = size == 0 ? 0 : arrivalNanos[size - 1];
      if (request.arrivalNanos() < last || request.arrivalNanos() > windowNanos) {
        throw new IllegalArgumentException(
            "arrival of request %d must be in [%d, %d] ns, is %d"
                .formatted(size, last, windowNanos, request.arrivalNanos()));
      }
      if (request.service() < 0
          || request.length() < 1
          || request.tenant() < 0
          || request.deadlineNanos() < request.arrivalNanos()) {
        throw new IllegalArgumentException(
            "request %d needs service >= 0, length >= 1, tenant >= 0 and a deadline after its arrival"
                .formatted(size));
      }
      grow();
      arrivalNanos[size] = request.arrivalNanos();
      deadlineNanos[size] = request.deadlineNanos();
      lengths[size] = request.length();
      tenants[size] = request.tenant();
      services[size] = request.service();
      tiers[size++] = (byte) request.tier().ordinal();
      return this;
    }

    private void grow() {
      if (size == arrivalNanos.length) {
        int capacity = 2 * size;
        arrivalNanos = Arrays.copyOf(arrivalNanos, capacity);
        deadlineNanos = Arrays.copyOf(deadlineNanos, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        tenants = Arrays.copyOf(tenants, capacity);
        services = Arrays.copyOf(services, capacity);
        tiers = Arrays.copyOf(tiers, capacity);
      }
    }

    /**
     * Returns the workload; this may go on to be added to.
     *
     * @throws IllegalArgumentException if no request was added
     */
    public Workload build() {
      if (size == 0) {
        throw new IllegalArgumentException("a workload needs at least one request");
      }
      return new Workload(this);
    }
  }
}
