package io.waip.replay.diagnose;

import java.util.List;

/**
 * What records tell of a run.
 *
 * @param policy who decided
 * @param counts of requests and executions
 * @param times sums over them
 * @param tenants in order of the deployment
 * @param endpoints in order of the deployment
 */
public record RecordFigures(
    String policy,
    Counts counts,
    Times times,
    List<TenantFigures> tenants,
    List<EndpointFigures> endpoints) {
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * How many there were.
   *
   * @param offered requests that arrived
   * @param executed requests that ran, to the end of their batch
   * @param executions batches that ended
   */
  public record Counts(long offered, long executed, long executions) {}

  /**
   * Sums, nanoseconds.
   *
   * @param window from the first arrival to the last event, {@code >= 0}
   * @param waited of requests that ran, from arrival to dispatch
   * @param executed of requests that ran, each the time of its batch
   * @param busy of batches
   * @param padded part of {@code busy} that padding took, by the cost law in the file
   */
  public record Times(long window, double waited, double executed, double busy, double padded) {}

  /**
   * A tenant.
   *
   * @param name of it
   * @param weight its share relative to the others, {@code > 0}
   * @param ratePerSecond what it may send; infinite for any number
   * @param offered requests
   * @param ends how they ended
   */
  public record TenantFigures(
      String name, double weight, double ratePerSecond, long offered, Ends ends) {
    /** Returns the share of its requests that were answered in time, {@code [0, 1]}. */
    public double attainment() {
      return offered == 0 ? 1 : (double) ends.inTime() / offered;
    }
  }

  /**
   * Ends of requests.
   *
   * @param inTime answered within the deadline
   * @param rateLimited refused because of the tenant's rate
   */
  public record Ends(long inTime, long rateLimited) {}

  /**
   * An endpoint.
   *
   * @param name of it
   * @param executions that ended there
   * @param requests in them
   * @param busyNanos time of all
   * @param lawNanos the same by the cost law in the file
   */
  public record EndpointFigures(
      String name, long executions, long requests, double busyNanos, double lawNanos) {
    /** Returns measured time over that of the cost law; 1 where nothing ran. */
    public double slowness() {
      return lawNanos > 0 ? busyNanos / lawNanos : 1;
    }
  }

  /** Copies the lists. */
  public RecordFigures {
    tenants = List.copyOf(tenants);
    endpoints = List.copyOf(endpoints);
  }

  /** Returns the mean time of a request that ran, milliseconds; 0 where none did. */
  public double totalMillis() {
    return perRequest(times.waited + times.executed);
  }

  /** Returns a sum over requests as a mean over those that ran, milliseconds. */
  public double perRequest(double nanos) {
    return counts.executed == 0 ? 0 : nanos / NANOS_PER_MILLI / counts.executed;
  }

  /** Returns the share of time that endpoints executed, {@code >= 0}. */
  public double utilisation() {
    double available = (double) times.window * endpoints.size();
    return available == 0 ? 0 : times.busy / available;
  }
}
