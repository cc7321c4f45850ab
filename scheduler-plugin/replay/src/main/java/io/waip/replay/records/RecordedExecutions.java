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
import java.util.function.BiConsumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/** Times of completed executions by what was executed. Single thread. */
final class RecordedExecutions {
  /**
   * What was executed.
   *
   * @param variant name of the model
   * @param batch requests in it
   * @param length they were padded to
   */
  record Shape(String variant, int batch, int length) {}

  private final List<String> variants = new ArrayList<>();
  private final Long2ObjectHashMap<Shape> running = new Long2ObjectHashMap<>();
  private final Map<Shape, LongArrayList> nanos = new LinkedHashMap<>();

  private RecordedExecutions() {}

  /**
   * Reads a file to its end.
   *
   * @param records no record of which was read
   * @throws RecordFormatException if the file is not as it was written, or tells what cannot be
   */
  static RecordedExecutions of(RecordReader records) {
    RecordedExecutions executions = new RecordedExecutions();
    for (Service service : records.header().getDeployment().getServicesList()) {
      service.getVariantsList().forEach(variant -> executions.variants.add(variant.getModel()));
    }
    Optional<DecisionRecord> next = records.next();
    while (next.isPresent()) {
      executions.take(next.get(), records);
      next = records.next();
    }
    return executions;
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
    nanos.computeIfAbsent(shape, _ -> new LongArrayList()).addLong(end.getExecutionNanos());
  }

  /**
   * Goes over the shapes in the order they first completed in, with the nanoseconds of each
   * execution.
   */
  void forEach(BiConsumer<Shape, long[]> consumer) {
    nanos.forEach((shape, times) -> consumer.accept(shape, times.toLongArray()));
  }
}
