package io.waip.cli.bench.front;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The processor time of another process, user and system, as Linux counts it. */
final class CpuClock {
  /** Length of a tick of {@code /proc/PID/stat}: Linux shows 100 a second on every machine. */
  private static final double MICROS_PER_TICK = 10_000;

  private static final int USER_FIELD = 11;
  private static final int SYSTEM_FIELD = 12;

  private CpuClock() {}

  /** Microseconds used so far; 0 for a process that is gone. */
  static double micros(long pid) throws IOException {
    try {
      return micros(Files.readString(Path.of("/proc/" + pid + "/stat")));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /**
   * Reads a line of {@code /proc/PID/stat}; the program's name in it may hold blanks and brackets.
   */
  static double micros(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD]))
        * MICROS_PER_TICK;
  }
}
