package io.waip.onnxruntime;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How requests of different length may share a batch: which inputs have a length, what fills the
 * rest, and which outputs are cut back. The length is axis 1 of the batch, right after the batch
 * axis.
 *
 * @param input input whose length is the request's length
 * @param padValue fills padded elements of {@code input}
 * @param mask input that is 1 for real elements and 0 for padding, or null if the model has none;
 *     requests may leave it out
 * @param trim outputs whose first axis after the batch is the length
 * @param defaults inputs that requests may leave out, and the value that then fills them; other
 *     inputs with a length are padded with 0
 */
public record LengthRule(
    String input,
    long padValue,
    @Nullable String mask,
    Set<String> trim,
    Map<String, Long> defaults) {
  private static final long REAL = 1;
  private static final long PADDING = 0;

  /**
   * Copies the collections and checks the parts.
   *
   * @throws IllegalArgumentException if the input has no name
   */
  public LengthRule {
    trim = Set.copyOf(trim);
    defaults = Map.copyOf(defaults);
    if (input.isBlank()) {
      throw new IllegalArgumentException("lengths.input must name the input that has the length");
    }
  }

  /** Says whether requests may leave an input out. */
  boolean isOptional(String name) {
    return name.equals(mask) || defaults.containsKey(name);
  }

  /** Returns what fills an input that was left out: 1 for the mask. */
  long defaultValue(String name) {
    return name.equals(mask) ? REAL : defaults.getOrDefault(name, PADDING);
  }

  /** Returns what fills an input behind a row's length. */
  long padValueOf(String name) {
    return name.equals(input) ? padValue : PADDING;
  }

  /**
   * Returns the rule of BERT-like encoders: {@code input_ids} padded with 0, {@code
   * attention_mask}, {@code token_type_ids} zero where left out, {@code last_hidden_state} trimmed.
   */
  public static LengthRule encoder() {
    return new LengthRule(
        "input_ids",
        0,
        "attention_mask",
        Set.of("last_hidden_state"),
        Map.of("token_type_ids", 0L));
  }
}
