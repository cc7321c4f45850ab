package io.waip.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.triton.embedded.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EmbeddedTritonTest {
  @Test
  @Timeout(120)
  void answersThroughTheRealCore() throws Exception {
    EmbeddedServer.obstacle()
        .ifPresent(reason -> System.out.println("EmbeddedTritonTest: skipped, as " + reason));
    assumeTrue(EmbeddedServer.obstacle().isEmpty(), "the core cannot run here");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EmbeddedTriton.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("Triton 2.51.0: last_hidden_state [1, 6, 384], first value ");
  }
}
