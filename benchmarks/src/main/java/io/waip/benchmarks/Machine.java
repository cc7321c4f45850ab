package io.waip.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Where figures were measured.
 *
 * @param cpu model name of the processor, or its architecture where that is not told
 * @param processors processors this JVM may use, {@code >= 1}
 * @param os name and version of the operating system
 * @param jitterP999Ns 99.9th percentile of the gaps between clock readings of a spinning thread,
 *     nanoseconds: what the machine itself adds to a tail
 * @param jitterMaxNs longest such gap, nanoseconds
 */
record Machine(String cpu, int processors, String os, long jitterP999Ns, long jitterMaxNs) {
  private static final int READINGS = 2_000_000;
  private static final double TAIL = 0.999;

  /** Describes this machine; spins for about 50 ms. */
  static Machine here() {
    long[] gaps = gaps();
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        gaps[(int) (TAIL * gaps.length)],
        gaps[gaps.length - 1]);
  }

  private static long[] gaps() {
    long[] gaps = new long[READINGS];
    long last = System.nanoTime();
    for (int i = 0; i < READINGS; i++) {
      long now = System.nanoTime();
      gaps[i] = now - last;
      last = now;
    }
    Arrays.sort(gaps);
    return gaps;
  }

  private static String cpuName() {
    Path file = Path.of("/proc/cpuinfo");
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    } catch (IOException unreadable) {
      return System.getProperty("os.arch");
    }
    return System.getProperty("os.arch");
  }

  /** Returns the commit checked out in the working folder, or {@code unknown}. */
  static String commit() throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12").start();
      String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean known = git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0;
      return known ? answer.trim() : "unknown";
    } catch (IOException noGit) {
      return "unknown";
    }
  }
}
