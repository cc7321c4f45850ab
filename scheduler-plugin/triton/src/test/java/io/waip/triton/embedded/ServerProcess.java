package io.waip.triton.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A JVM with a server in it, for what cannot be tried in the JVM of the tests. */
final class ServerProcess {
  static final String SLOW_EXIT = "slow-exit";
  static final String SIGNALS = "signals";

  private ServerProcess() {}

  @SuppressWarnings("SystemOut") // The test reads it.
  public static void main(String[] args) throws InterruptedException {
    try (ModelRepository repository = Identity.repository().add(Identity.model("echo"))) {
      EmbeddedServer server =
          EmbeddedServer.start(
              EmbeddedSettings.of(repository).withExitTimeout(Duration.ofSeconds(1)));
      server.load("echo");
      if (args[0].equals(SLOW_EXIT)) {
        exitWithARequestInFlight(server);
      } else {
        awaitSignal();
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private static void exitWithARequestInFlight(EmbeddedServer server) {
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      CompletableFuture<InferenceResult> held =
          client.infer(call -> {
            Identity.fill(call, 5, 1);
            call.options().parameter("sleep_us", 3_000_000L);
          });
      try {
        server.close();
      } catch (TritonException e) {
        System.out.println(e.status() + ": " + e.getMessage());
      }
      System.out.println("answer " + held.join().output("OUT0").floats()[0]);
    }
  }

  @SuppressWarnings("SystemOut")
  private static void awaitSignal() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    System.out.println("null checks " + caughtNullChecks());
    System.out.println("ready");
    Thread.sleep(Duration.ofMinutes(1));
  }

  /** Compiled code checks for null by the JVM's own handler of SIGSEGV. */
  private static int caughtNullChecks() {
    int caught = 0;
    for (int i = 0; i < 200_000; i++) {
      try {
        caught += lengthOf(i % 50_000 == 49_999 ? null : "x") - 1;
      } catch (NullPointerException e) {
        caught++;
      }
    }
    return caught;
  }

  @SuppressWarnings("NullAway") // That is the point.
  private static int lengthOf(@Nullable String text) {
    return text.length();
  }
}
