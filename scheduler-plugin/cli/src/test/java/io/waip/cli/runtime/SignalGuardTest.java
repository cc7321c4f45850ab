package io.waip.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SignalGuardTest {

  private final Cancellation cancellation = new Cancellation();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({"TERM,143", "INT,130"})
  void aSignalledCommandEndsItselfAndKeepsTheSignalsExitCode(String signal, int exitCode)
      throws IOException, InterruptedException {
    Process process = startCommand("obedient");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("working");

      send(signal, process);

      assertThat(out.readLine()).isEqualTo("accounted for");
      assertThat(process.waitFor()).isEqualTo(exitCode);
    }
  }

  @Test
  void aDeafCommandIsStoppedWhenTheGraceIsOver() throws IOException, InterruptedException {
    Process process = startCommand("deaf");
    try (BufferedReader out = process.inputReader();
        BufferedReader errors = process.errorReader()) {
      assertThat(out.readLine()).isEqualTo("working");

      send("TERM", process);

      assertThat(errors.readLine()).contains("did not end within 0 s of the signal");
      assertThat(process.waitFor()).isEqualTo(143);
    }
  }

  @Test
  void returnsTheCommandsExitCodeWithoutASignal() {
    SignalGuard guard = guard(Duration.ofDays(1));

    assertThat(guard.run(() -> 7)).isEqualTo(7);

    guard.shutDown();
    assertThat(cancellation.isRequested()).isFalse();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aCommandThatThrowsHoldsNothingUp() {
    SignalGuard guard = guard(Duration.ofDays(1));
    IllegalStateException failure = new IllegalStateException("broken");

    assertThat(catchFrom(guard, failure)).isSameAs(failure);

    guard.shutDown();
    assertThat(cancellation.isRequested()).isFalse();
  }

  private static RuntimeException catchFrom(SignalGuard guard, RuntimeException failure) {
    try {
      guard.run(() -> {
        throw failure;
      });
      throw new AssertionError("nothing was thrown");
    } catch (IllegalStateException e) {
      return e;
    }
  }

  private SignalGuard guard(Duration grace) {
    return new SignalGuard(cancellation, grace, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  /** Starts the command with SIGINT as a terminal gives it: a background shell ignores it. */
  private static Process startCommand(String manner) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                "env",
                "--default-signal=INT",
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SignalledCommand.class.getName(),
                manner))
        .start();
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
  }
}
