package io.waip.onnxruntime;

/**
 * Whether a configured variant can serve.
 *
 * @param name as configured
 * @param loaded whether its model was loaded
 * @param problem why not, in one line; empty where loaded
 */
public record VariantStatus(String name, boolean loaded, String problem) {
  static VariantStatus up(String name) {
    return new VariantStatus(name, true, "");
  }

  static VariantStatus down(String name, String problem) {
    return new VariantStatus(name, false, problem);
  }
}
