package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import io.waip.cost.fit.FittedCurve;
import io.waip.cost.shape.PooledShape;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The curve of each variant ({@link RooflineFitter}) as a table for the data plane: its monotone
 * envelope at the measured batches and lengths and at steps of a twelfth between them, bilinear
 * inside, linear beyond.
 *
 * <p><b>Envelope:</b> a shape is given the largest time of any node no larger in batch and length,
 * so a dip after a full tile is not planned with. <b>Beside {@link GridLatencyModel}</b> it smooths
 * the points, and knows a floor and tiles where no point is; with a point at every shape of use the
 * grid is as good and simpler.
 *
 * <p>Immutable; any thread. A prediction takes constant time and allocates nothing.
 */
public final class RooflineLatencyModel implements LatencyModel {
  /** A cell this wide, relative to where it begins, is split. */
  private static final double STEP = 1 / 12.0;

  private final @Nullable LatencySurface[] surfaces;

  private RooflineLatencyModel(@Nullable LatencySurface[] surfaces) {
    this.surfaces = surfaces;
  }

  /**
   * Fits each variant. Points of one shape are merged into their mean, weighted by samples.
   *
   * @throws IllegalArgumentException if there is no point
   */
  public static RooflineLatencyModel fit(List<CostPoint> points) {
    NavigableMap<Integer, List<CostPoint>> sorted = PointTable.byVariant(points);
    @Nullable LatencySurface[] surfaces = new LatencySurface[sorted.lastKey() + 1];
    sorted.forEach((variant, own) -> surfaces[variant] = surface(own));
    return new RooflineLatencyModel(surfaces);
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    LatencySurface surface = variant >= 0 && variant < surfaces.length ? surfaces[variant] : null;
    return surface == null ? UNKNOWN_NANOS : surface.nanos(batch, length);
  }

  private static LatencySurface surface(List<CostPoint> points) {
    Subject subject = new Subject("variant " + points.getFirst().variant(), Phase.WHOLE, "", 1, 0);
    FittedCurve curve = FittedCurve.of(subject, shapes(subject, points));
    int[] batches = axis(points.stream().mapToInt(CostPoint::batch));
    int[] lengths = axis(points.stream().mapToInt(CostPoint::length));
    double[] nodes = new double[batches.length * lengths.length];
    for (int i = 0; i < batches.length; i++) {
      for (int j = 0; j < lengths.length; j++) {
        double own = Nanos.whole(curve.nanos(batches[i], lengths[j]));
        double below = i > 0 ? nodes[(i - 1) * lengths.length + j] : 0;
        double left = j > 0 ? nodes[i * lengths.length + j - 1] : 0;
        nodes[i * lengths.length + j] = Math.max(own, Math.max(below, left));
      }
    }
    return new LatencySurface(new GridAxis(batches), new GridAxis(lengths), nodes);
  }

  /** Returns the values and the steps between them, ascending. */
  private static int[] axis(IntStream values) {
    int[] measured = values.sorted().distinct().toArray();
    IntStream.Builder axis = IntStream.builder();
    int last = measured[0];
    axis.add(last);
    for (int next : measured) {
      for (int n = step(last); n < next; n = step(last)) {
        axis.add(n);
        last = n;
      }
      if (next > last) {
        axis.add(next);
        last = next;
      }
    }
    return axis.build().toArray();
  }

  private static int step(int from) {
    return from + Math.max(1, (int) (STEP * from));
  }

  private static List<PooledShape> shapes(Subject subject, List<CostPoint> points) {
    NavigableMap<Long, List<CostPoint>> byShape = new TreeMap<>();
    for (CostPoint point : points) {
      long key = ((long) point.batch() << Integer.SIZE) | point.length();
      byShape.computeIfAbsent(key, k -> new ArrayList<>()).add(point);
    }
    return byShape.values().stream().map(repeats -> shape(subject, repeats)).toList();
  }

  private static PooledShape shape(Subject subject, List<CostPoint> repeats) {
    long samples = repeats.stream().mapToLong(CostPoint::samples).sum();
    double sum = repeats.stream().mapToDouble(p -> p.nanos() * p.samples()).sum();
    CostPoint any = repeats.getFirst();
    Measurement mean =
        new Measurement(
            subject,
            any.batch(),
            any.length(),
            sum / samples,
            OptionalDouble.empty(),
            samples,
            new Source("live points", 0));
    return new PooledShape(mean.batch(), mean.length(), mean.medianNanos(), List.of(mean));
  }
}
