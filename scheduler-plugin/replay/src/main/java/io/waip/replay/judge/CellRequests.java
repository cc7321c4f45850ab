package io.waip.replay.judge;

import io.waip.api.RequestDescriptor;
import io.waip.replay.drive.RequestSource;
import io.waip.replay.trace.Workload;

/** The requests of a workload that reach one cell, with the cell's own indices of services. */
final class CellRequests implements RequestSource {
  private final Workload workload;
  private final int[] requests;
  private final int[] services;

  /**
   * Selects requests.
   *
   * @param requests positions in the workload, ascending
   * @param services the cell's index of each service of the workload
   */
  CellRequests(Workload workload, int[] requests, int[] services) {
    this.workload = workload;
    this.requests = requests;
    this.services = services;
  }

  @Override
  public int size() {
    return requests.length;
  }

  @Override
  public long arrivalNanos(int i) {
    return workload.arrivalNanos(requests[i]);
  }

  @Override
  public void describe(int i, RequestDescriptor descriptor) {
    int request = requests[i];
    descriptor
        .reset(i, services[workload.service(request)], workload.tenant(request))
        .tier(workload.tier(request))
        .length(workload.length(request))
        .arrivalNanos(workload.arrivalNanos(request))
        .deadlineNanos(workload.deadlineNanos(request));
  }
}
