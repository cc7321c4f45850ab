package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Largest function below a batch cost that never falls as a batch or its length grows, on the
 * lengths that occur in a workload: {@code ĉ(v, b, L) = min over b' >= b, L' >= L of c(v, b', L')}.
 *
 * <p>A measured table is not monotone; the limit's proof needs a cost that does not rise when
 * members leave a batch. Because {@code ĉ <= c}, a limit computed with it stays one. Immutable.
 */
final class CostEnvelope {
  private final ServiceCost service;
  private final int[] lengths;
  private final double[] nanos;

  /**
   * Evaluates the cost once for each variant, batch size and length that occurs.
   *
   * @throws IllegalArgumentException if a cost is NaN or not positive
   */
  CostEnvelope(Workload workload, ServiceCost service) {
    this.service = service;
    BatchCost cost = service.cost();
    int[] all = new int[workload.size()];
    Arrays.setAll(all, workload::length);
    Arrays.sort(all);
    lengths =
        IntStream.range(0, all.length)
            .filter(i -> i == 0 || all[i] > all[i - 1])
            .map(i -> all[i])
            .toArray();
    nanos = new double[service.variants() * service.maxBatch() * lengths.length];
    for (int v = 0; v < service.variants(); v++) {
      for (int b = service.maxBatch(); b >= 1; b--) {
        for (int l = lengths.length - 1; l >= 0; l--) {
          nanos[at(v, b, l)] = envelope(v, b, l, check(cost.nanos(v, b, lengths[l])));
        }
      }
    }
  }

  private static double check(double nanos) {
    if (!(nanos > 0)) {
      throw new IllegalArgumentException("a batch must take more than 0 ns, takes " + nanos);
    }
    return nanos;
  }

  private double envelope(int variant, int batch, int lengthIndex, double own) {
    double least = own;
    if (batch < service.maxBatch()) {
      least = Math.min(least, nanos[at(variant, batch + 1, lengthIndex)]);
    }
    if (lengthIndex < lengths.length - 1) {
      least = Math.min(least, nanos[at(variant, batch, lengthIndex + 1)]);
    }
    return least;
  }

  private int at(int variant, int batch, int lengthIndex) {
    return (variant * service.maxBatch() + batch - 1) * lengths.length + lengthIndex;
  }

  /** Returns {@code ĉ}, nanoseconds. */
  double nanos(int variant, int batch, int lengthIndex) {
    return nanos[at(variant, batch, lengthIndex)];
  }

  /** Returns the position of a length that occurs. */
  int lengthIndex(int length) {
    return Arrays.binarySearch(lengths, length);
  }

  /** Returns the number of different lengths. */
  int lengthCount() {
    return lengths.length;
  }

  ServiceCost service() {
    return service;
  }

  /** Returns every finite value, ascending, each once. */
  double[] distinctNanos() {
    return Arrays.stream(nanos).filter(Double::isFinite).sorted().distinct().toArray();
  }
}
