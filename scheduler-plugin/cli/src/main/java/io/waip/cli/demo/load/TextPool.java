package io.waip.cli.demo.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokenised texts to draw requests from. Immutable. */
public final class TextPool {
  private final List<long[]> tokens;
  private final int[] lengths;
  private final Map<Integer, float[]> references;

  private TextPool(List<long[]> tokens, int[] lengths, Map<Integer, float[]> references) {
    this.tokens = tokens;
    this.lengths = lengths;
    this.references = references;
  }

  /**
   * Takes token ids, {@code int64 [length]} each, not copied.
   *
   * @throws IllegalArgumentException if there is no text
   */
  public static TextPool of(List<long[]> tokens) {
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("a pool needs at least one text");
    }
    int[] lengths = tokens.stream().mapToInt(ids -> ids.length).toArray();
    return new TextPool(List.copyOf(tokens), lengths, Map.of());
  }

  /** Returns this pool with the embedding each of some texts must come close to. */
  public TextPool withReferences(Map<Integer, float[]> embeddings) {
    return new TextPool(tokens, lengths, new HashMap<>(embeddings));
  }

  /** Returns the number of texts. */
  public int size() {
    return lengths.length;
  }

  /** Returns the token ids of a text, {@code int64 [length]}, not a copy. */
  public long[] tokens(int text) {
    return tokens.get(text);
  }

  /** Returns the length of a text in tokens. */
  public int length(int text) {
    return lengths[text];
  }

  /** Returns the longest length. */
  public int maxLength() {
    int max = 0;
    for (int length : lengths) {
      max = Math.max(max, length);
    }
    return max;
  }

  /** Returns the reference embedding of a text, {@code float32 [hidden]}, where there is one. */
  public float @Nullable [] reference(int text) {
    return references.get(text);
  }
}
