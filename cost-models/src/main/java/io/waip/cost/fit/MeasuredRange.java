package io.waip.cost.fit;

import io.waip.cost.shape.PooledShape;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;

/** The range of batches, of lengths and of elements that was measured. */
record MeasuredRange(
    IntSummaryStatistics batches, IntSummaryStatistics lengths, LongSummaryStatistics elements) {
  /** Returns the range of shapes, of which there is at least one. */
  static MeasuredRange of(List<PooledShape> shapes) {
    return new MeasuredRange(
        shapes.stream().mapToInt(PooledShape::batch).summaryStatistics(),
        shapes.stream().mapToInt(PooledShape::length).summaryStatistics(),
        shapes.stream().mapToLong(MeasuredRange::elements).summaryStatistics());
  }

  /** Says whether a shape lies within all three. */
  boolean covers(int batch, int length) {
    long product = (long) batch * length;
    return batches.getMin() <= batch
        && batch <= batches.getMax()
        && lengths.getMin() <= length
        && length <= lengths.getMax()
        && elements.getMin() <= product
        && product <= elements.getMax();
  }

  private static long elements(PooledShape shape) {
    return (long) shape.batch() * shape.length();
  }
}
