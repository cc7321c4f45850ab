package io.waip.cli.demo.triton;

import io.waip.cli.input.UserError;
import io.waip.nativebridge.rings.ControlPage;
import io.waip.triton.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Whether Triton's core can run in this process, and when the planner beside it is ready. */
public final class Core {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(5);

  private Core() {}

  /**
   * Checks that there can be a server. Loads its library: ONNX Runtime must be loaded before.
   *
   * @throws UserError if there can be none on this machine
   */
  public static void require() {
    EmbeddedServer.obstacle()
        .ifPresent(obstacle -> {
          throw new UserError(
              "Triton's core cannot run in this process: " + obstacle,
              "",
              "x86-64 Linux with the native part built",
              "run without WAIP_NATIVE=off, with gcc and cmake installed");
        });
  }

  /**
   * Waits for the planner of a front.
   *
   * @param control the front's file {@code control}
   * @throws IllegalStateException if it does not get ready within a minute
   */
  public static void awaitPlanner(Path control) throws InterruptedException {
    long until = System.nanoTime() + READY_WITHIN.toNanos();
    try (ControlPage page = ControlPage.open(control)) {
      while (!page.isPlannerReady()) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("the planner did not get ready within " + READY_WITHIN);
        }
        Thread.sleep(LOOK);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
