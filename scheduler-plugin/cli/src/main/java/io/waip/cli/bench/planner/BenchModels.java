package io.waip.cli.bench.planner;

import io.waip.api.cost.CostPoint;
import io.waip.api.deployment.Variant;
import io.waip.onnxruntime.CostProfiler;
import io.waip.onnxruntime.LengthRule;
import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.SlotModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** all-MiniLM-L6-v2 in the forms of {@link BenchVariant}. */
final class BenchModels {
  static final int MAX_BATCH = 32;
  static final int MAX_LENGTH = 256;

  private final byte[] reference = resource("all-minilm-l6-v2.onnx");
  private final byte[] quantized = resource("all-minilm-l6-v2-q.onnx");

  /** Loads all for direct mode, by name; the caller closes them. */
  Map<String, SlotModel> forDirectMode() {
    Map<String, SlotModel> models = new LinkedHashMap<>();
    for (BenchVariant variant : BenchVariant.ALL) {
      models.put(variant.name(), SlotModel.load(model(variant), Set.of("token_type_ids")));
    }
    return models;
  }

  /** Measures execution times of all, each alone on the machine; by the index of the variant. */
  List<CostPoint> profile(Duration horizon, Duration budget) throws InterruptedException {
    List<ModelVariant> variants = BenchVariant.ALL.stream().map(this::model).toList();
    try (LoadedModels models = LoadedModels.load(variants, LengthRule.encoder())) {
      return new CostProfiler(models, 1, horizon).measure(budget);
    }
  }

  private ModelVariant model(BenchVariant variant) {
    return ModelVariant.bytes(
        new Variant(variant.name(), 1, MAX_BATCH, MAX_LENGTH),
        variant.isQuantized() ? quantized : reference,
        variant.threads());
  }

  private static byte[] resource(String name) {
    try (InputStream in = BenchModels.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks the model " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
