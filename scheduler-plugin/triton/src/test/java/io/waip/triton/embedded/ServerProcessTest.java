package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a server does to the JVM it is in, seen from outside. */
@ExtendWith(TritonCore.class)
@Timeout(60)
class ServerProcessTest {
  @TempDir Path folder;

  @Test
  void saysWhenRequestsOutliveTheExitTimeoutAndStillAnswersThem() throws Exception {
    Process jvm = start(ServerProcess.SLOW_EXIT);
    try (BufferedReader out = jvm.inputReader()) {
      assertThat(out.readLine()).startsWith("INTERNAL: Exit timeout expired");
      assertThat(out.readLine()).isEqualTo("answer 5.0");
      assertThat(jvm.waitFor()).isZero();
    } finally {
      jvm.destroyForcibly();
    }
  }

  @Test
  void leavesSignalsToTheJvm() throws Exception {
    Process jvm = start(ServerProcess.SIGNALS);
    try (BufferedReader out = jvm.inputReader()) {
      assertThat(out.readLine()).isEqualTo("null checks 4");
      assertThat(out.readLine()).isEqualTo("ready");
      jvm.toHandle().destroy();
      assertThat(out.readLine()).isEqualTo("hook");
      // 128 + SIGTERM, as the JVM ends.
      assertThat(jvm.waitFor()).isEqualTo(143);
    } finally {
      jvm.destroyForcibly();
    }
  }

  private Process start(String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + folder,
            "-Dbasedir=" + System.getProperty("basedir", "."),
            "-cp",
            System.getProperty("java.class.path"),
            ServerProcess.class.getName(),
            mode)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
