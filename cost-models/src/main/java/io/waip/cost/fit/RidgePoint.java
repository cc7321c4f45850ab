package io.waip.cost.fit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is believed of the floor of a device before anything is measured at few tokens: an execution
 * takes at least as long as {@code tokens} tokens at full speed, because until then it waits for
 * the weights (Williams, Waterman, Patterson, Roofline: An Insightful Visual Performance Model for
 * Multicore Architectures, CACM 2009). With weights and arithmetic in 16 bits a token costs two
 * operations for each two bytes of weights, so the ridge in tokens is the device's arithmetic rate
 * over its memory rate, operations per byte.
 *
 * <p>The rates are those of the vendor's data sheets for dense 16-bit arithmetic, in 10^12
 * operations and 10^12 bytes per second: V100 SXM2 125 and 0.9, T4 65 and 0.32, A10 125 and 0.6,
 * A30 165 and 0.933, A40 149.7 and 0.696, A100 SXM 80 GB 312 and 2.039, L4 121 and 0.3, L40S 362
 * and 0.864, H100 SXM 989.5 and 3.35, H200 989.5 and 4.8.
 *
 * @param tokens {@code > 0}
 * @param weight how much it counts beside a measured point, {@code >= 0}
 */
public record RidgePoint(double tokens, double weight) {
  /** Chosen on the profiles of Vidur; see docs/cost-models.md. */
  private static final double KNOWN_DEVICE_WEIGHT = 0.4;

  /** Of a device nobody knows the middle of the known ones is believed, and less. */
  private static final RidgePoint ANY_DEVICE = new RidgePoint(200, 0.25);

  private static final Map<String, Double> TOKENS =
      Map.of(
          "v100", 125 / 0.9,
          "t4", 65 / 0.32,
          "a10", 125 / 0.6,
          "a30", 165 / 0.933,
          "a40", 149.7 / 0.696,
          "a100", 312 / 2.039,
          "l4", 121 / 0.3,
          "l40s", 362 / 0.864,
          "h100", 989.5 / 3.35,
          "h200", 989.5 / 4.8);

  /** Returns the belief for a device as a file names it, such as {@code a100-80gb}. */
  static RidgePoint of(String device) {
    String known = deviceIn(device);
    Double tokens = TOKENS.get(known);
    return tokens == null ? ANY_DEVICE : new RidgePoint(tokens, KNOWN_DEVICE_WEIGHT);
  }

  /** Returns the last known device that a text names as a word; empty where it names none. */
  public static String deviceIn(String text) {
    List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
    return words.reversed().stream().filter(TOKENS::containsKey).findFirst().orElse("");
  }
}
