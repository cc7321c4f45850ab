package io.waip.cli.runtime;

import java.time.Duration;

/** A process for {@link SignalGuardTest}: works until cancelled, or is deaf to it. */
final class SignalledCommand {

  private SignalledCommand() {}

  public static void main(String[] args) {
    boolean isDeaf = args[0].equals("deaf");
    Cancellation cancellation = new Cancellation();
    Duration grace = isDeaf ? Duration.ofMillis(10) : Duration.ofSeconds(50);
    SignalGuard guard = new SignalGuard(cancellation, grace, System.err);
    System.exit(guard.run(() -> work(isDeaf ? new Cancellation() : cancellation)));
  }

  private static int work(Cancellation cancellation) {
    System.out.println("working");
    try {
      if (cancellation.await(Duration.ofSeconds(50))) {
        System.out.println("accounted for");
      }
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
