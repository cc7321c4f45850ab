package io.waip.cli.demo;

import io.waip.cli.demo.load.Quantiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the figures were measured.
 *
 * @param cpu name of the processor
 * @param cores the process may use
 * @param jdk version
 * @param os name, version and architecture
 * @param commit of the checkout the program runs from; {@code unknown} outside one
 * @param wakeupLagP99Ms how late a thread that asked to sleep 1 ms woke up on the idle machine
 */
public record Machine(
    String cpu, int cores, String jdk, String os, String commit, double wakeupLagP99Ms) {
  private static final Path CPU_FILE = Path.of("/proc/cpuinfo");
  private static final String CPU_KEY = "model name";
  private static final String UNKNOWN = "unknown";
  private static final int NAPS = 300;
  private static final long NAP_NANOS = 1_000_000;
  private static final int GIT_SECONDS = 5;

  /** Looks at this machine; takes about half a second. */
  public static Machine describe() throws InterruptedException {
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        findCommit(),
        wakeupLag().millis(0.99));
  }

  private static Quantiles wakeupLag() {
    long[] lags = new long[NAPS];
    for (int i = 0; i < NAPS; i++) {
      long start = System.nanoTime();
      LockSupport.parkNanos(NAP_NANOS);
      lags[i] = Math.max(0, System.nanoTime() - start - NAP_NANOS);
    }
    return Quantiles.of(lags);
  }

  private static String cpuName() {
    try {
      return Files.readAllLines(CPU_FILE).stream()
          .filter(line -> line.startsWith(CPU_KEY))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String findCommit() throws InterruptedException {
    Path home = codeFolder();
    ProcessBuilder git = new ProcessBuilder("git", "-C", home.toString(), "rev-parse", "HEAD");
    git.redirectErrorStream(true);
    try {
      Process process = git.start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? answer.strip() : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static Path codeFolder() {
    var source = Machine.class.getProtectionDomain().getCodeSource();
    Path code = source == null ? Path.of(".") : Path.of(source.getLocation().getPath());
    Path folder = Files.isDirectory(code) ? code : code.getParent();
    return folder == null ? Path.of(".") : folder;
  }
}
