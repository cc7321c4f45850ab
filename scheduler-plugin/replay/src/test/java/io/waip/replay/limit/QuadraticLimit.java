package io.waip.replay.limit;

import io.waip.api.cost.LatencyModel;
import io.waip.replay.limit.ListedSource.Item;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bound by its definition: work by counting over every start, slack by every pair of interval
 * ends. Quadratic and slower, and shares no code with the fast one. All requests have deadlines.
 */
final class QuadraticLimit {
  private final List<Item> items;
  private final LatencyModel model;
  private final int maxBatch;
  private final int workers;

  private QuadraticLimit(List<Item> items, LatencyModel model, int maxBatch, int workers) {
    this.items = items;
    this.model = model;
    this.maxBatch = maxBatch;
    this.workers = workers;
  }

  static double requests(ListedSource source, LatencyModel model, int maxBatch, int workers) {
    return new QuadraticLimit(source.items(), model, maxBatch, workers).solve();
  }

  private double solve() {
    int n = items.size();
    double[] work = IntStream.range(0, n).mapToDouble(this::work).toArray();
    double[] widened = new double[n];
    for (int i = 0; i < n; i++) {
      widened[i] = Math.max(items.get(i).deadline(), i == 0 ? 0 : widened[i - 1]);
    }
    double[] granted = new double[n];
    List<Integer> order =
        IntStream.range(0, n)
            .filter(i -> work[i] < Double.POSITIVE_INFINITY)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> work[i]))
            .toList();
    double count = 0;
    for (int i : order) {
      granted[i] = Math.min(work[i], Math.max(0, slack(i, granted, widened)));
      count += granted[i] / work[i];
    }
    return count;
  }

  private double slack(int i, double[] granted, double[] widened) {
    double least = Double.POSITIVE_INFINITY;
    for (int from = 0; from <= i; from++) {
      for (int to = i; to < items.size(); to++) {
        double inside = 0;
        for (int j = from; j <= to; j++) {
          inside += granted[j];
        }
        double room = workers * (widened[to] - items.get(from).arrival());
        least = Math.min(least, room - inside);
      }
    }
    return least;
  }

  private double work(int i) {
    Item item = items.get(i);
    double least = Double.POSITIVE_INFINITY;
    for (int b = 1; b <= maxBatch; b++) {
      long cost = model.medianNanos(0, b, item.length());
      if (cost <= item.deadline() - item.arrival() && (b == 1 || together(item, cost) >= b)) {
        least = Math.min(least, (double) cost / b);
      }
    }
    return least;
  }

  private long together(Item item, long cost) {
    double counted = durationOnGrid(cost);
    return items.stream()
        .mapToLong(Item::arrival)
        .filter(start -> start >= item.arrival() && start <= item.deadline() - counted)
        .map(start ->
            items.stream()
                .filter(o -> o.arrival() <= start && o.deadline() >= start + counted)
                .count())
        .max()
        .orElse(1);
  }

  /** The fast version counts at a duration rounded down to its grid; so does this one. */
  private double durationOnGrid(long cost) {
    double shortest = model.medianNanos(0, 1, 1);
    double longest =
        items.stream()
            .mapToDouble(item -> (double) item.deadline() - item.arrival())
            .max()
            .orElse(1);
    double step = Math.pow(Math.max(longest, shortest + 1) / shortest, 1.0 / 94);
    double below = 0;
    for (int g = 1; g < 96; g++) {
      double duration = shortest * Math.pow(step, g - 1.0);
      below = duration <= cost ? duration : below;
    }
    return below;
  }
}
