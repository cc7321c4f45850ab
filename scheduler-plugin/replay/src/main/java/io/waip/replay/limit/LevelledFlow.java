package io.waip.replay.limit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Solves a {@link Relaxation} with any windows: several classes of deadlines, and requests that
 * have none but the end of the run.
 *
 * <p>Let {@code rho_0 > ... > rho_k} be the different values of {@code v_i / w_i}, A_l the requests
 * with at least rho_l, and F(A) the most worker time that A can be given ({@link
 * EarliestDeadlineFlow}). F is the rank of a polymatroid, for which the optimum of {@code sum rho_i
 * y_i} is (Edmonds 1970, as in {@link AgreeableGreedy})
 *
 * <pre>sum over l of (rho_l - rho_{l+1}) F(A_l),  rho_{k+1} = 0</pre>
 *
 * <p>Not every F(A_l) is computed. With W(A) the whole work of A, F grows with its set, and by no
 * more than W does. Between two computed levels {@code j < l < k} therefore
 *
 * <pre>max(F_j, F_k - (W_k - W_l))  <=  F_l  <=  min(F_j + W_l - W_j, F_k)</pre>
 *
 * <p>and the upper end is summed: the result is never below the optimum. The span with the largest
 * doubt is split until all doubt together is at most {@value #TOLERANCE} of the sum, or {@value
 * #MAX_FLOWS} flows were computed.
 */
final class LevelledFlow {
  static final double TOLERANCE = 1e-4;
  static final int MAX_FLOWS = 400;

  /** Levels between two computed ones, both excluded, and what they may be too high together. */
  private record Span(int from, int to, double doubt) {}

  private final EarliestDeadlineFlow flow;
  private final int[] level;
  private final double[] density;
  private final double[] work;
  private final double[] most;
  private final PriorityQueue<Span> spans =
      new PriorityQueue<>(Comparator.comparingDouble(Span::doubt).reversed());

  private LevelledFlow(Relaxation problem) {
    flow = new EarliestDeadlineFlow(problem);
    double[] each = new double[problem.size()];
    Arrays.setAll(each, i -> -problem.values()[i] / problem.works()[i]);
    double[] sorted = each.clone();
    Arrays.sort(sorted);
    double[] ascending =
        IntStream.range(0, sorted.length)
            .filter(i -> i == 0 || sorted[i] > sorted[i - 1])
            .mapToDouble(i -> sorted[i])
            .toArray();
    density = Arrays.stream(ascending).map(negative -> -negative).toArray();
    level = new int[each.length];
    work = new double[density.length];
    for (int i = 0; i < each.length; i++) {
      level[i] = Arrays.binarySearch(ascending, each[i]);
      work[level[i]] += problem.works()[i];
    }
    Arrays.parallelPrefix(work, Double::sum);
    most = new double[density.length];
  }

  /** Returns the optimum, or more by at most a share of {@value #TOLERANCE}. */
  static double value(Relaxation problem) {
    return value(problem, TOLERANCE, MAX_FLOWS);
  }

  /** Returns the optimum, or more: less doubt or more flows bring it nearer. */
  static double value(Relaxation problem, double tolerance, int maxFlows) {
    return problem.size() == 0 ? 0 : new LevelledFlow(problem).solve(tolerance, maxFlows);
  }

  private double solve(double tolerance, int maxFlows) {
    int last = density.length - 1;
    most[last] = flow.nanos(level, last);
    spans.add(span(-1, last));
    double doubt = spans.element().doubt();
    for (int flows = 1; flows < maxFlows && doubt > tolerance * sum(); flows++) {
      Span widest = spans.remove();
      if (widest.doubt() <= 0) {
        break;
      }
      int middle = mostDoubtful(widest);
      most[middle] = flow.nanos(level, middle);
      Span left = span(widest.from(), middle);
      Span right = span(middle, widest.to());
      spans.add(left);
      spans.add(right);
      doubt += left.doubt() + right.doubt() - widest.doubt();
    }
    return sum();
  }

  /** Sets the levels between two computed ones to their upper end. */
  private Span span(int from, int to) {
    double doubt = 0;
    for (int l = from + 1; l < to; l++) {
      most[l] = Math.min(mostAt(from) + work[l] - workAt(from), most[to]);
      doubt += (density[l] - density[l + 1]) * (most[l] - least(from, l, to));
    }
    return new Span(from, to, doubt);
  }

  private double least(int from, int l, int to) {
    return Math.max(mostAt(from), most[to] - (work[to] - work[l]));
  }

  private int mostDoubtful(Span span) {
    int found = span.from() + 1;
    double widest = -1;
    for (int l = span.from() + 1; l < span.to(); l++) {
      double doubt = most[l] - least(span.from(), l, span.to());
      if (doubt > widest) {
        widest = doubt;
        found = l;
      }
    }
    return found;
  }

  private double mostAt(int l) {
    return l < 0 ? 0 : most[l];
  }

  private double workAt(int l) {
    return l < 0 ? 0 : work[l];
  }

  private double sum() {
    double sum = 0;
    for (int l = 0; l < density.length; l++) {
      double next = l == density.length - 1 ? 0 : density[l + 1];
      sum += (density[l] - next) * most[l];
    }
    return sum;
  }
}
