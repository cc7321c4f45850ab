package io.waip.replay.diagnose.read;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Tenant;
import io.waip.api.v1.Arrival;
import io.waip.api.v1.Completion;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.Dispatch;
import io.waip.api.v1.Ending;
import io.waip.replay.diagnose.RecordFigures;
import io.waip.replay.diagnose.RecordFigures.EndpointFigures;
import io.waip.replay.diagnose.RecordFigures.TenantFigures;
import io.waip.replay.records.RecordReader;
import io.waip.replay.records.RunSetup;
import io.waip.replay.spec.CostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.Long2ObjectHashMap;

/** Takes the figures of a run from a file of records. Single thread. */
public final class RecordScan {
  /** What is kept of a request until it ends. */
  private record Request(long arrivedNanos, int tenant, int length) {}

  /** What is kept of a batch until it ends. */
  private record Running(long startNanos, Dispatch batch, double sumLengths, double waitedNanos) {}

  private final RunSetup setup;
  private final Long2ObjectHashMap<Request> requests = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<Running> running = new Long2ObjectHashMap<>();
  private final long[] offered;
  private final long[] inTime;
  private final long[] rateLimited;
  private final long[] executions;
  private final long[] members;
  private final double[] busyAt;
  private final double[] lawAt;
  private double waited;
  private double executed;
  private double padded;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos;

  private RecordScan(RunSetup setup) {
    this.setup = setup;
    int tenants = setup.deployment().tenants().size();
    int endpoints = setup.deployment().endpoints().size();
    offered = new long[tenants];
    inTime = new long[tenants];
    rateLimited = new long[tenants];
    executions = new long[endpoints];
    members = new long[endpoints];
    busyAt = new double[endpoints];
    lawAt = new double[endpoints];
  }

  /**
   * Reads a file to its end.
   *
   * @param file no record of which was read
   * @throws io.waip.replay.records.RecordFormatException if it is not as it was written
   */
  public static RecordFigures of(RecordReader file) {
    RecordScan scan = new RecordScan(file.setup());
    Optional<DecisionRecord> next = file.next();
    while (next.isPresent()) {
      scan.take(next.get());
      next = file.next();
    }
    return scan.figures();
  }

  private void take(DecisionRecord record) {
    long now = record.getTimeNanos();
    switch (record.getKindCase()) {
      case ARRIVAL -> arrived(now, record.getArrival());
      case DISPATCH -> dispatched(now, record.getDispatch());
      case COMPLETION -> completed(record.getCompletion());
      case FAILURE -> running.remove(record.getFailure().getDispatchId());
      case ENDING -> ended(record.getEnding());
      default -> {}
    }
    lastNanos = Math.max(lastNanos, now);
  }

  private void arrived(long now, Arrival request) {
    firstNanos = Math.min(firstNanos, now);
    if (request.getTenant() < offered.length) {
      offered[request.getTenant()]++;
    }
    requests.put(
        request.getRequestId(), new Request(now, request.getTenant(), request.getLength()));
  }

  private void dispatched(long now, Dispatch batch) {
    double lengths = 0;
    double wait = 0;
    for (long id : batch.getRequestIdsList()) {
      Request request = requests.get(id);
      if (request != null) {
        lengths += request.length();
        wait += now - request.arrivedNanos();
      }
    }
    running.put(batch.getDispatchId(), new Running(now, batch, lengths, wait));
  }

  private void completed(Completion end) {
    Running ran = running.remove(end.getDispatchId());
    boolean isKnown =
        ran != null
            && ran.batch.getEndpoint() < executions.length
            && ran.batch.getVariant() < setup.deployment().variants().size();
    if (ran == null || !isKnown) {
      return;
    }
    int at = ran.batch.getEndpoint();
    int size = ran.batch.getRequestIdsCount();
    double nanos = end.getExecutionNanos();
    CostTable laws = setup.costs();
    int variant = ran.batch.getVariant();
    double due = laws.medianNanos(variant, size, ran.batch.getPaddedLength());
    double elements = (double) size * ran.batch.getPaddedLength();
    executions[at]++;
    members[at] += size;
    busyAt[at] += nanos;
    lawAt[at] += due;
    waited += ran.waitedNanos;
    executed += nanos * size;
    double filled = Math.max(0, elements - ran.sumLengths);
    padded += nanos / due * laws.variant(variant).gammaNanos() * filled;
  }

  private void ended(Ending end) {
    Request request = requests.remove(end.getRequestId());
    if (request == null || request.tenant() >= offered.length) {
      return;
    }
    if (end.getOutcome() == Outcome.COMPLETED.ordinal()) {
      inTime[request.tenant()]++;
    }
    if (end.getReason() == Reason.RATE_LIMIT.ordinal()) {
      rateLimited[request.tenant()]++;
    }
  }

  private RecordFigures figures() {
    Deployment deployment = setup.deployment();
    List<TenantFigures> tenants = new ArrayList<>();
    for (Tenant tenant : deployment.tenants()) {
      int i = tenants.size();
      tenants.add(
          new TenantFigures(
              tenant.name(),
              tenant.weight(),
              tenant.ratePerSecond(),
              offered[i],
              new RecordFigures.Ends(inTime[i], rateLimited[i])));
    }
    List<EndpointFigures> endpoints = new ArrayList<>();
    for (Endpoint endpoint : deployment.endpoints()) {
      int i = endpoints.size();
      endpoints.add(
          new EndpointFigures(endpoint.name(), executions[i], members[i], busyAt[i], lawAt[i]));
    }
    return new RecordFigures(
        setup.policy().label(), counts(tenants, endpoints), times(endpoints), tenants, endpoints);
  }

  private static RecordFigures.Counts counts(
      List<TenantFigures> tenants, List<EndpointFigures> endpoints) {
    return new RecordFigures.Counts(
        tenants.stream().mapToLong(TenantFigures::offered).sum(),
        endpoints.stream().mapToLong(EndpointFigures::requests).sum(),
        endpoints.stream().mapToLong(EndpointFigures::executions).sum());
  }

  private RecordFigures.Times times(List<EndpointFigures> endpoints) {
    return new RecordFigures.Times(
        Math.max(0, lastNanos - firstNanos),
        waited,
        executed,
        endpoints.stream().mapToDouble(EndpointFigures::busyNanos).sum(),
        padded);
  }
}
