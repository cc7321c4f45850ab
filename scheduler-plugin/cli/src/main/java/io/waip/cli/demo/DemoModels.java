package io.waip.cli.demo;

import io.waip.api.deployment.Variant;
import io.waip.onnxruntime.LengthRule;
import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.SlotModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The two forms of all-MiniLM-L6-v2 the demo serves, as the jars of its packages hold them. */
final class DemoModels {
  static final String REFERENCE = "minilm_fp32";
  static final String QUANTIZED = "minilm_int8";
  static final int MAX_BATCH = 64;
  static final int MAX_LENGTH = 64;

  private static final String REFERENCE_RESOURCE = "all-minilm-l6-v2.onnx";
  private static final String QUANTIZED_RESOURCE = "all-minilm-l6-v2-q.onnx";

  private final byte[] reference = resource(REFERENCE_RESOURCE);
  private final byte[] quantized = resource(QUANTIZED_RESOURCE);
  private final int threads;

  /**
   * Reads both models.
   *
   * @param threads threads inside one execution
   * @throws IllegalStateException if this build lacks them
   */
  DemoModels(int threads) {
    this.threads = threads;
  }

  /** Loads both variants. */
  LoadedModels both(double quantizedQuality) {
    return LoadedModels.load(
        List.of(referenceVariant(), variant(QUANTIZED, quantizedQuality, quantized)),
        LengthRule.encoder());
  }

  /** Loads both variants for direct mode, by name; the caller closes them. */
  Map<String, SlotModel> forDirectMode() {
    Map<String, SlotModel> models = new LinkedHashMap<>();
    Set<String> zeros = Set.of("token_type_ids");
    models.put(REFERENCE, SlotModel.load(referenceVariant(), zeros));
    models.put(QUANTIZED, SlotModel.load(variant(QUANTIZED, 1, quantized), zeros));
    return models;
  }

  private ModelVariant referenceVariant() {
    return variant(REFERENCE, 1, reference);
  }

  private ModelVariant variant(String name, double quality, byte[] model) {
    return ModelVariant.bytes(new Variant(name, quality, MAX_BATCH, MAX_LENGTH), model, threads);
  }

  private static byte[] resource(String name) {
    try (InputStream in = DemoModels.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks the model " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
