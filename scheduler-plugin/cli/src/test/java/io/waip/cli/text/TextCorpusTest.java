package io.waip.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCorpusTest {
  /** Longest input of the bundled model that the tests ask for. */
  private static final int MAX_LENGTH = 128;

  @Test
  void bundledTextsAreManyAndDistinct() {
    List<String> texts = TextCorpus.bundled().texts();

    assertThat(texts).hasSizeBetween(800, 1500);
    assertThat(new HashSet<>(texts)).hasSameSizeAs(texts);
  }

  @Test
  void bundledLengthsFollowTheSst2TrainingPhrases() {
    int[] lengths = bundledLengths();

    // SST-2 training phrases: mean 13.3; p10 4, p50 10, p90 27, p99 44.
    assertThat(Arrays.stream(lengths).average().orElseThrow()).isCloseTo(13.3, within(0.3));
    assertThat(quantile(lengths, 0.10)).isEqualTo(4);
    assertThat(quantile(lengths, 0.50)).isEqualTo(10);
    assertThat(quantile(lengths, 0.90)).isBetween(26, 28);
    assertThat(quantile(lengths, 0.99)).isBetween(43, 46);
    assertThat(lengths[lengths.length - 1]).isLessThanOrEqualTo(66);
  }

  @Test
  void skipsHeadingsAndBlankLines() {
    assertThat(TextCorpus.read(lines("# a work\n\n  two roads \n#\nthe bells\n")).texts())
        .containsExactly("two roads", "the bells");
  }

  @Test
  void refusesAFileWithoutText() {
    assertThatThrownBy(() -> TextCorpus.read(lines("# only a heading\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one text");
  }

  private static int[] bundledLengths() {
    try (TextTokenizer tokenizer = TextTokenizer.miniLm(MAX_LENGTH)) {
      return tokenizer.encodeAll(TextCorpus.bundled().texts()).stream()
          .mapToInt(ids -> ids.length)
          .sorted()
          .toArray();
    }
  }

  private static int quantile(int[] sorted, double share) {
    return sorted[(int) (sorted.length * share)];
  }

  private static InputStream lines(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
