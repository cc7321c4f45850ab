package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the time of each class is worth at each moment, from a {@link BucketProgram} of a workload,
 * and what that leaves each request.
 *
 * <p>Windows are rounded outward to whole stretches of {@link CellRows}: a surplus found over a
 * wider window leaves nothing worth its price in the true one, so the bound that {@link
 * AssignmentDual} makes of it is hardly above the program's own optimum. Works of many requests are
 * rounded to {@value #RATIO} in the program alone.
 */
final class TimePrices {
  private static final double RATIO = 1.01;
  private static final double COARSEST_RATIO = 100;
  private static final int FEW_REQUESTS = 2000;
  private static final int MOST_GROUPS = 30_000;
  private static final int MOST_CELLS = 20;

  /** Requests that differ in nothing the program sees. */
  private record Kind(int level, int first, int last, List<Long> works) {}

  private final Workload workload;
  private final List<ClassWorks> classes;
  private final double unitNanos;
  private final TimeCells cells;
  private final CellRows rows;
  private final int[] level;
  private final int[] first;
  private final int[] last;

  private TimePrices(Workload workload, List<ClassWorks> classes) {
    this.workload = workload;
    this.classes = classes;
    unitNanos =
        classes.stream()
            .flatMapToDouble(each -> Arrays.stream(each.works()).filter(Double::isFinite))
            .average()
            .orElse(1);
    cells = TimeCells.of(workload, classes);
    int n = workload.size();
    level = IntStream.range(0, n).map(i -> level(i)).toArray();
    int[] used =
        IntStream.concat(IntStream.of(0), Arrays.stream(level)).sorted().distinct().toArray();
    rows = new CellRows(cells, classes, used, unitNanos);
    first = new int[n];
    last = new int[n];
    for (int i = 0; i < n; i++) {
      level[i] = Arrays.binarySearch(used, level[i]);
      first[i] = rows.first(level[i], cells.position(workload.arrivalNanos(i)));
      last[i] = rows.last(level[i], first[i], cells.position(workload.goodputDeadlineNanos(i)));
    }
  }

  private int level(int i) {
    double covered =
        cells.position(workload.goodputDeadlineNanos(i)) - cells.position(workload.arrivalNanos(i));
    int least = 0;
    while (!cells.isExact() && covered > MOST_CELLS) {
      covered /= CellRows.FACTOR;
      least++;
    }
    return least;
  }

  /**
   * Returns what each request is worth, 1, less the least that its work costs in its window on any
   * class; at least 0.
   */
  static double[] surpluses(Workload workload, List<ClassWorks> classes) {
    TimePrices of = new TimePrices(workload, classes);
    double[] prices = InteriorPoint.prices(of.program());
    List<RangeMinTree> byClass =
        IntStream.range(0, classes.size()).mapToObj(d -> of.priceOfCells(d, prices)).toList();
    return IntStream.range(0, workload.size()).mapToDouble(i -> of.surplus(i, byClass)).toArray();
  }

  private BucketProgram program() {
    double ratio = RATIO;
    Map<Kind, int[]> kinds = kinds(ratio);
    while (kinds.size() > MOST_GROUPS && ratio < COARSEST_RATIO) {
      ratio *= ratio;
      kinds = kinds(ratio);
    }
    BucketProgram.Builder builder = new BucketProgram.Builder(rows);
    for (int[] entry : kinds.values()) {
      builder.addGroup(entry[1]);
      addColumns(builder, entry[0]);
    }
    return builder.build();
  }

  /** Returns the first request of each kind, and how many there are. */
  private Map<Kind, int[]> kinds(double ratio) {
    Map<Kind, int[]> kinds = new LinkedHashMap<>();
    for (int i = 0; i < workload.size(); i++) {
      int request = i;
      kinds.computeIfAbsent(kind(i, ratio), kind -> new int[] {request, 0})[1]++;
    }
    return kinds;
  }

  private Kind kind(int i, double ratio) {
    boolean few = workload.size() <= FEW_REQUESTS;
    List<Long> works =
        classes.stream()
            .map(each -> each.works()[i])
            .map(w -> few ? Double.doubleToLongBits(w) : rounded(w, ratio))
            .toList();
    return new Kind(level[i], first[i], last[i], works);
  }

  private static long rounded(double nanos, double ratio) {
    return Math.round(Math.log(nanos) / Math.log(ratio));
  }

  private void addColumns(BucketProgram.Builder builder, int i) {
    for (int stretch = first[i]; stretch < last[i]; stretch++) {
      for (int d = 0; d < classes.size(); d++) {
        int row = rows.row(d, level[i], stretch);
        if (row >= 0 && classes.get(d).serves(i)) {
          builder.addColumn(row, classes.get(d).works()[i] / unitNanos);
        }
      }
    }
  }

  /** Returns the price of a class in each cell; infinite where it is down. */
  private RangeMinTree priceOfCells(int d, double[] prices) {
    double[] ofCell = new double[cells.count()];
    for (int cell = 0; cell < ofCell.length; cell++) {
      int row = rows.row(d, 0, cell);
      ofCell[cell] = row < 0 ? Double.POSITIVE_INFINITY : prices[row];
    }
    return new RangeMinTree(ofCell);
  }

  private double surplus(int i, List<RangeMinTree> prices) {
    int from = rows.first(0, cells.position(workload.arrivalNanos(i)));
    int to = rows.last(0, from, cells.position(workload.goodputDeadlineNanos(i))) - 1;
    double least = 1;
    for (int d = 0; d < classes.size(); d++) {
      if (classes.get(d).serves(i)) {
        double price = prices.get(d).min(from, to);
        least = Math.min(least, classes.get(d).works()[i] / unitNanos * price);
      }
    }
    return 1 - least;
  }
}
