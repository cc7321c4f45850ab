package io.waip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.triton.client.FakeInferenceServer;
import io.waip.triton.client.OipClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallRemotelyTest {
  private static String run(FakeInferenceServer server) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OipClient client = OipClient.to("127.0.0.1", server.port())) {
      CallRemotely.run(client, "echo", new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsTheOutputsOfTheModel() throws IOException {
    try (FakeInferenceServer server = new FakeInferenceServer()) {
      server.model = FakeInferenceServer::echo;

      assertThat(run(server).lines()).containsExactly("fake 2.51.0", "OUTPUT [1, 16]");
    }
  }

  @Test
  void printsWhyTheModelRefused() throws IOException {
    try (FakeInferenceServer server = new FakeInferenceServer()) {
      assertThat(run(server).lines())
          .containsExactly("fake 2.51.0", "refused: NOT_FOUND unknown model");
    }
  }
}
