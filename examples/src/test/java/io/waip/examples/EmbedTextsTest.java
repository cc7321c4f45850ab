package io.waip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbedTextsTest {
  @Test
  void findsTheSentenceThatMeansTheSame() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> texts =
        List.of("The cat sleeps.", "A cat is asleep on the sofa at home.", "Taxes were cut.");
    EmbedTexts.run(
        texts, Duration.ofMillis(500), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3).allMatch(line -> line.contains("minilm_fp32, batch of"));
    assertThat(cosine(lines.get(0))).isEqualTo(1);
    assertThat(cosine(lines.get(1))).isGreaterThan(0.5);
    assertThat(cosine(lines.get(2))).isLessThan(0.3);
  }

  private static double cosine(String line) {
    return Double.parseDouble(line.strip().split(" ", 2)[0]);
  }
}
