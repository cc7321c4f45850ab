package io.waip.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTokenizerTest {
  private static final String SENTENCE = "The quick brown fox jumps over the lazy dog.";

  /** Ids of the sentence in the uncased BERT vocabulary, which MiniLM uses. */
  private static final long[] SENTENCE_IDS = {
    101, 1996, 4248, 2829, 4419, 14523, 2058, 1996, 13971, 3899, 1012, 102
  };

  @Test
  void givesTheIdsOfTheUncasedBertVocabulary() {
    try (TextTokenizer tokenizer = TextTokenizer.miniLm(128)) {
      assertThat(tokenizer.encode(SENTENCE)).containsExactly(SENTENCE_IDS);
    }
  }

  @Test
  void keepsTheOrderOfManyTextsAndPadsNone() {
    try (TextTokenizer tokenizer = TextTokenizer.miniLm(128)) {
      List<long[]> ids = tokenizer.encodeAll(List.of("dog", SENTENCE));

      assertThat(ids.get(0)).containsExactly(101, 3899, 102);
      assertThat(ids.get(1)).containsExactly(SENTENCE_IDS);
    }
  }

  @Test
  void cutsATextThatIsTooLong() {
    try (TextTokenizer tokenizer = TextTokenizer.miniLm(4)) {
      assertThat(tokenizer.encode(SENTENCE)).containsExactly(101, 1996, 4248, 102);
    }
  }

  @Test
  void bothModelJarsTokenizeAlike() {
    try (TextTokenizer reference = TextTokenizer.miniLm(128);
        TextTokenizer quantized =
            TextTokenizer.fromResource("all-minilm-l6-v2-q-tokenizer.json", 128)) {
      for (String text : TextCorpus.bundled().texts().subList(0, 100)) {
        assertThat(quantized.encode(text)).containsExactly(reference.encode(text));
      }
    }
  }

  @Test
  void saysWhichResourceIsMissing() {
    assertThatThrownBy(() -> TextTokenizer.fromResource("absent.json", 128))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tokenizer 'absent.json' is not on the class path; add the jar of its model");
  }

  @Test
  void saysWhenTheDefinitionIsBroken() {
    assertThatThrownBy(() -> TextTokenizer.fromResource("io/waip/cli/text/phrases.txt", 128))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("tokenizer 'io/waip/cli/text/phrases.txt' cannot be loaded: ");
  }

  @Test
  void refusesALengthWithoutRoomForTheSpecialTokens() {
    assertThatThrownBy(() -> TextTokenizer.miniLm(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_length must be >= 2, is 1");
  }
}
