package io.waip.replay.records;

import io.waip.api.v1.Completion;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.Dispatch;
import io.waip.api.v1.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/** Completed executions, in the order they completed in. Single thread. */
public final class RecordedExecutions {
  /**
   * What was executed.
   *
   * @param variant name of the model
   * @param batch requests in it
   * @param length they were padded to
   */
  public record Shape(String variant, int batch, int length) {}

  /** Takes one execution. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes it.
     *
     * @param nanos measured, nanoseconds {@code > 0}
     */
    void completed(Shape shape, long nanos);
  }

  private final List<String> variants = new ArrayList<>();
  private final Long2ObjectHashMap<Shape> running = new Long2ObjectHashMap<>();
  private final Visitor visitor;

  private RecordedExecutions(Visitor visitor) {
    this.visitor = visitor;
  }

  /**
   * Reads a file to its end; returns the times of each shape, in the order they first completed in.
   *
   * @param records no record of which was read
   * @throws RecordFormatException if the file is not as it was written, or tells what cannot be
   */
  static Map<Shape, long[]> byShape(RecordReader records) {
    Map<Shape, LongArrayList> nanos = new LinkedHashMap<>();
    visit(
        records,
        (shape, time) -> nanos.computeIfAbsent(shape, _ -> new LongArrayList()).addLong(time));
    Map<Shape, long[]> times = new LinkedHashMap<>();
    nanos.forEach((shape, list) -> times.put(shape, list.toLongArray()));
    return times;
  }

  /**
   * Reads a file to its end.
   *
   * @param records no record of which was read
   * @throws RecordFormatException if the file is not as it was written, or tells what cannot be
   */
  public static void visit(RecordReader records, Visitor visitor) {
    RecordedExecutions executions = new RecordedExecutions(visitor);
    for (Service service : records.header().getDeployment().getServicesList()) {
      service.getVariantsList().forEach(variant -> executions.variants.add(variant.getModel()));
    }
    Optional<DecisionRecord> next = records.next();
    while (next.isPresent()) {
      executions.take(next.get(), records);
      next = records.next();
    }
  }

  private void take(DecisionRecord record, RecordReader records) {
    switch (record.getKindCase()) {
      case DISPATCH -> dispatched(record.getDispatch(), records);
      case COMPLETION -> completed(record.getCompletion(), records);
      case FAILURE -> running.remove(record.getFailure().getDispatchId());
      default -> {}
    }
  }

  private void dispatched(Dispatch batch, RecordReader records) {
    int size = batch.getRequestIdsCount();
    if (batch.getVariant() >= variants.size() || size < 1 || batch.getPaddedLength() < 1) {
      throw records.bad(
          "dispatch %d of variant %d, %d requests, length %d"
              .formatted(batch.getDispatchId(), batch.getVariant(), size, batch.getPaddedLength()));
    }
    Shape shape = new Shape(variants.get(batch.getVariant()), size, batch.getPaddedLength());
    running.put(batch.getDispatchId(), shape);
  }

  private void completed(Completion end, RecordReader records) {
    Shape shape = running.remove(end.getDispatchId());
    if (shape == null && records.lost() > 0) {
      return;
    }
    if (shape == null || end.getExecutionNanos() < 1) {
      throw records.bad(
          "completion of dispatch %d after %d ns, which %s"
              .formatted(
                  end.getDispatchId(),
                  end.getExecutionNanos(),
                  shape == null ? "does not run" : "is no time"));
    }
    visitor.completed(shape, end.getExecutionNanos());
  }
}
