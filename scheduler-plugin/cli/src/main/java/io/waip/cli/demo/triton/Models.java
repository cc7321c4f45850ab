package io.waip.cli.demo.triton;

import io.waip.triton.embedded.DynamicBatching;
import io.waip.triton.embedded.ModelConfig;
import io.waip.triton.embedded.ModelRepository;
import io.waip.triton.embedded.TensorSpec;
import io.waip.triton.embedded.TensorType;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models of the demo's server, as Triton is told of them. */
public final class Models {
  public static final String TOKENS = "input_ids";
  public static final String MASK = "attention_mask";
  public static final String HIDDEN = "last_hidden_state";

  public static final List<TensorSpec> INPUTS =
      List.of(
          TensorSpec.of(TOKENS, TensorType.INT64, -1), TensorSpec.of(MASK, TensorType.INT64, -1));

  /** Width of all-MiniLM-L6-v2's hidden states. */
  private static final int WIDTH = 384;

  private static final TensorSpec OUTPUT = TensorSpec.of(HIDDEN, TensorType.FP32, -1, WIDTH);

  private final Path control;
  private final int maxBatch;

  /**
   * Describes models of one server.
   *
   * @param control folder of the control page
   */
  public Models(Path control, int maxBatch) {
    this.control = control;
    this.maxBatch = maxBatch;
  }

  /** Returns a front model before another one. */
  public ModelConfig front(String name, String target) {
    return base(name, maxBatch).parameter("target", target).build();
  }

  /** Returns a model that the planner's process runs, alone or with batches Triton formed. */
  public ModelConfig direct(String name, int instances, Batching batching) {
    ModelConfig.Builder model =
        base(name, batching.maxBatch())
            .parameter("mode", "direct")
            .instances(instances)
            .batching(batching.settings());
    if (batching.ragged()) {
      model
          .ragged(TOKENS)
          .ragged(MASK)
          .parameter("pad_input", TOKENS)
          .parameter("mask_input", MASK)
          .parameter("trim_outputs", HIDDEN);
    }
    return model.build();
  }

  /**
   * How Triton batches a model.
   *
   * @param maxBatch largest batch, {@code >= 1}
   * @param ragged whether rows of unequal length share a batch
   * @param settings null for no batching by Triton
   */
  public record Batching(int maxBatch, boolean ragged, @Nullable DynamicBatching settings) {}

  private ModelConfig.Builder base(String name, int rows) {
    ModelConfig.Builder model =
        ModelConfig.builder(name, ModelRepository.WAIP_BACKEND)
            .maxBatchSize(rows)
            .output(OUTPUT)
            .parameter("seat", "inprocess")
            .parameter("control_folder", control.toString());
    INPUTS.forEach(model::input);
    return model;
  }
}
