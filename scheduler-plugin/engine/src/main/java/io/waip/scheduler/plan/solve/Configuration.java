package io.waip.scheduler.plan.solve;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Options loaded together on a gang.
 *
 * @param device index of the supply
 * @param degree devices of the gang
 * @param options indices, ascending, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
record Configuration(int device, int degree, int[] options) implements Comparable<Configuration> {
  private static final Comparator<Configuration> ORDER =
      Comparator.comparingInt(Configuration::device)
          .thenComparingInt(Configuration::degree)
          .thenComparing(Configuration::options, Arrays::compare);

  static Configuration of(Instance instance, int... options) {
    int[] sorted = options.clone();
    Arrays.sort(sorted);
    return new Configuration(instance.deviceOf[sorted[0]], instance.degree(sorted[0]), sorted);
  }

  /** Returns the position of an option, or below 0. */
  int indexOf(int option) {
    return Arrays.binarySearch(options, option);
  }

  @Override
  public int compareTo(Configuration other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Configuration that && Arrays.equals(options, that.options);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(options);
  }

  @Override
  public String toString() {
    return Arrays.toString(options);
  }
}
