package io.waip.scheduler.execute;

import io.waip.api.schedule.Batch;
import io.waip.scheduler.state.RequestTable;

/** A row of the in-flight table, as drivers see it. A reused view. */
public final class RowBatch implements Batch {
  private final InFlightTable inFlight;
  private final RequestTable requests;
  private int row;

  /** Creates a view over the two tables. */
  public RowBatch(InFlightTable inFlight, RequestTable requests) {
    this.inFlight = inFlight;
    this.requests = requests;
  }

  /** Points the view at a row. */
  public RowBatch at(int rowIndex) {
    row = rowIndex;
    return this;
  }

  @Override
  public long dispatchId() {
    return inFlight.dispatchId(row);
  }

  @Override
  public int endpoint() {
    return inFlight.endpoint(row);
  }

  @Override
  public int variant() {
    return inFlight.variant(row);
  }

  @Override
  public int size() {
    return inFlight.size(row);
  }

  @Override
  public long requestId(int i) {
    return requests.requestId(inFlight.member(row, i));
  }

  @Override
  public int paddedLength() {
    return inFlight.paddedLength(row);
  }

  @Override
  public long predictedNanos() {
    return inFlight.predictedNanos(row);
  }
}
