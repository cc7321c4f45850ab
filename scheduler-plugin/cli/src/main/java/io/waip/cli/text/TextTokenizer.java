package io.waip.cli.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Turns text into the token ids a model expects, special tokens included, without padding.
 *
 * <p>Works offline: the tokenizer is a resource of the model's jar, its native library is unpacked
 * from the library's jar, and usage reports are switched off. Any thread may call it until {@link
 * #close}.
 */
public final class TextTokenizer implements AutoCloseable {
  /** Tokenizer definition in the jar of all-MiniLM-L6-v2, fp32; the int8 jar holds the same one. */
  public static final String MINILM_RESOURCE = "all-minilm-l6-v2-tokenizer.json";

  private static final String OFFLINE = "ai.djl.offline";
  private static final String NO_USAGE_REPORTS = "OPT_OUT_TRACKING";

  private final HuggingFaceTokenizer tokenizer;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Loads the tokenizer of all-MiniLM-L6-v2 from the class path.
   *
   * @param maxLength longest result in tokens, {@code >= 2}; a longer text is cut
   * @throws IllegalStateException if it is not on the class path or cannot be loaded here
   */
  public static TextTokenizer miniLm(int maxLength) {
    return fromResource(MINILM_RESOURCE, maxLength);
  }

  /**
   * Loads a tokenizer definition (Hugging Face {@code tokenizer.json}) from the class path.
   *
   * @param resource absolute resource name without a leading slash
   * @param maxLength longest result in tokens, {@code >= 2}; a longer text is cut
   * @throws IllegalArgumentException if {@code maxLength} is out of range
   * @throws IllegalStateException if the resource is missing or cannot be loaded here
   */
  public static TextTokenizer fromResource(String resource, int maxLength) {
    if (maxLength < 2) {
      throw new IllegalArgumentException("max_length must be >= 2, is " + maxLength);
    }
    System.setProperty(OFFLINE, "true");
    System.setProperty(NO_USAGE_REPORTS, "true");
    try (InputStream in = TextTokenizer.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "tokenizer '" + resource + "' is not on the class path; add the jar of its model");
      }
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(in, options(maxLength)));
    } catch (IOException | RuntimeException | LinkageError e) {
      throw unusable(resource, e);
    }
  }

  private static Map<String, String> options(int maxLength) {
    return Map.of(
        "padding", "false", "truncation", "true", "maxLength", Integer.toString(maxLength));
  }

  private static IllegalStateException unusable(String resource, Throwable cause) {
    if (cause instanceof IllegalStateException clear && clear.getCause() == null) {
      return clear;
    }
    return new IllegalStateException(
        "tokenizer '%s' cannot be loaded: %s".formatted(resource, cause.getMessage()), cause);
  }

  /**
   * Returns the ids of one text, {@code int64 [length]}, first and last token of the model
   * included.
   */
  public long[] encode(String text) {
    return tokenizer.encode(text).getIds();
  }

  /** Returns the ids of each text, in order. */
  public List<long[]> encodeAll(List<String> texts) {
    return texts.stream().map(tokenizer::encode).map(Encoding::getIds).toList();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
