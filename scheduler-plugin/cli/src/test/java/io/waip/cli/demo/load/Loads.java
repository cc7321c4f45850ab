package io.waip.cli.demo.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small loads for tests: texts of 3, 5, 9 and 20 tokens. */
public final class Loads {
  /** One millisecond in nanoseconds. */
  public static final long MS = 1_000_000;

  private Loads() {}

  /** Returns a pool of four texts. */
  public static TextPool texts() {
    List<long[]> tokens = new ArrayList<>();
    for (int length : new int[] {3, 5, 9, 20}) {
      long[] ids = new long[length];
      Arrays.fill(ids, 2000);
      tokens.add(ids);
    }
    return TextPool.of(tokens);
  }

  /**
   * Returns a load with an objective of 100 ms.
   *
   * @param interactiveShare 0 or 1 make every request offline or interactive
   */
  public static TextLoad of(double interactiveShare, long windowMs, double... sendMs) {
    long[] sendNanos = new long[sendMs.length];
    for (int i = 0; i < sendMs.length; i++) {
      sendNanos[i] = Math.round(sendMs[i] * MS);
    }
    TextLoad.Window window = new TextLoad.Window(100 * MS, windowMs * MS);
    return TextLoad.draw(texts(), window, sendNanos, interactiveShare, 1);
  }

  /** Returns evenly spaced requests. */
  public static TextLoad even(double interactiveShare, long windowMs, int requests) {
    double[] sendMs = new double[requests];
    for (int i = 0; i < requests; i++) {
      sendMs[i] = (double) windowMs * i / requests;
    }
    return of(interactiveShare, windowMs, sendMs);
  }
}
