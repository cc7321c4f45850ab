package io.waip.cli.runtime;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Runs a command so that SIGINT and SIGTERM end it cleanly: the signal starts the JVM's shutdown,
 * whose hook requests the {@link Cancellation} and holds the process until the command returned, at
 * most for the grace. The exit code of a signalled process is the JVM's, 128 + signal: 130 for
 * SIGINT, 143 for SIGTERM.
 */
public final class SignalGuard {

  /**
   * Longest time a signalled command may take to end: an interactive user waits no longer, and the
   * supervisors in use (systemd 90 s, Kubernetes 30 s by default) wait longer.
   */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  private final Cancellation cancellation;
  private final Duration grace;
  private final PrintStream err;

  public SignalGuard(Cancellation cancellation, Duration grace, PrintStream err) {
    this.cancellation = cancellation;
    this.grace = grace;
    this.err = err;
  }

  /**
   * Runs the command on the calling thread under a shutdown hook.
   *
   * @return the command's exit code; after a signal the caller's {@code System.exit} with it waits
   *     for the shutdown under way, which keeps the signal's own code
   */
  public int run(IntSupplier command) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "waip-shutdown"));
    try {
      return command.getAsInt();
    } finally {
      cancellation.finish();
    }
  }

  /** The hook. After a normal end it finds the command finished and returns at once. */
  void shutDown() {
    try {
      if (cancellation.awaitFinish(Duration.ZERO)) {
        return;
      }
      cancellation.request();
      if (!cancellation.awaitFinish(grace)) {
        err.println(
            "waip: the command did not end within "
                + grace.toSeconds()
                + " s of the signal and is stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
