package io.waip.examples;

import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.nativebridge.rings.ServiceTable.Lengths;
import io.waip.nativebridge.rings.ServiceTable.Padding;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.SlotModel;
import io.waip.triton.InProcessPlanner;
import io.waip.triton.OnnxExecutor;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import io.waip.triton.embedded.EmbeddedServer;
import io.waip.triton.embedded.EmbeddedSettings;
import io.waip.triton.embedded.InferenceClient;
import io.waip.triton.embedded.InferenceResult;
import io.waip.triton.embedded.ModelConfig;
import io.waip.triton.embedded.ModelRepository;
import io.waip.triton.embedded.TensorSpec;
import io.waip.triton.embedded.TensorType;
import io.waip.triton.embedded.TritonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * One request through Triton's real core in this JVM: the client calls a front model, the planner
 * decides, ONNX Runtime in this JVM executes, Triton answers.
 *
 * <pre>{@code
 * java --enable-native-access=ALL-UNNAMED \
 *     -cp "examples/target/classes:$(cat examples/target/class-path)" io.waip.examples.EmbeddedTriton
 * }</pre>
 *
 * <p>For trying things out only: the core is of release 24.10, which predates security fixes.
 */
public final class EmbeddedTriton {
  private static final String SERVICE = "embed";
  private static final String MODEL = "minilm";
  private static final String OUTPUT = "last_hidden_state";
  private static final int HIDDEN = 384;

  /** "Hello, world." as the model's tokenizer writes it. */
  private static final long[] IDS = {101, 7592, 1010, 2088, 1012, 102};

  private EmbeddedTriton() {}

  /** Sends the request and prints what came back. */
  @SuppressWarnings("SystemOut") // An example prints.
  public static void main(String[] args) throws IOException {
    run(System.out);
  }

  static void run(PrintStream out) throws IOException {
    try (SlotModel model = model();
        ModelRepository repository = ModelRepository.temporary().addWaipBackend()) {
      Path control = repository.root().resolve("control");
      repository.add(onWaip(MODEL, control).parameter("mode", "direct").build());
      repository.add(onWaip(SERVICE, control).parameter("target", MODEL).build());
      try (EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
        server.load(MODEL);
        server.load(SERVICE);
        OnnxExecutor executor = new OnnxExecutor(Map.of(MODEL, model));
        try (InProcessPlanner _ =
            InProcessPlanner.start(control.resolve("control"), spec(), executor, line -> {})) {
          InferenceResult.Output answer = embed(server).output(OUTPUT);
          out.printf(
              "Triton %s: %s %s, first value %.3f%n",
              server.version(), OUTPUT, answer.shape(), answer.floats()[0]);
        }
      }
    }
  }

  private static InferenceResult embed(EmbeddedServer server) {
    List<TensorSpec> inputs = onWaip(SERVICE, Path.of("-")).build().inputs();
    try (InferenceClient client =
        new InferenceClient(server, SERVICE, inputs, List.of(OUTPUT), 1)) {
      while (true) {
        try {
          return client
              .infer(call -> {
                ByteBuffer ids = call.write(0, 1, IDS.length);
                ByteBuffer mask = call.write(1, 1, IDS.length);
                for (int i = 0; i < IDS.length; i++) {
                  ids.putLong(i * Long.BYTES, IDS[i]);
                  mask.putLong(i * Long.BYTES, 1);
                }
                call.options().parameter("tenant", "gold");
              })
              .join();
        } catch (CompletionException e) {
          retryUntilThePlannerIsWarm(e);
        }
      }
    }
  }

  /** Models in direct mode answer UNAVAILABLE, as long as nobody is there to execute. */
  private static void retryUntilThePlannerIsWarm(CompletionException failure) {
    if (!(failure.getCause() instanceof TritonException refusal)
        || !String.valueOf(refusal.getMessage()).contains("planner_lost")) {
      throw failure;
    }
    Thread.onSpinWait();
  }

  private static ModelConfig.Builder onWaip(String name, Path control) {
    return ModelConfig.builder(name, ModelRepository.WAIP_BACKEND)
        .maxBatchSize(16)
        .input(TensorSpec.of("input_ids", TensorType.INT64, -1))
        .input(TensorSpec.of("attention_mask", TensorType.INT64, -1))
        .output(TensorSpec.of(OUTPUT, TensorType.FP32, -1, HIDDEN))
        .parameter("seat", "inprocess")
        .parameter("control_folder", control.toString());
  }

  private static PlanningSpec spec() {
    Lengths lengths =
        new Lengths("input_ids", 1, Optional.of(new Padding(0, "attention_mask", List.of(OUTPUT))));
    ServiceSpec service =
        new ServiceSpec(
            SERVICE,
            Objective.interactive(Duration.ofSeconds(10)),
            Optional.of(lengths),
            List.of(new VariantSpec(MODEL, 1)),
            false);
    return PlanningSpec.of(List.of(service), List.of(Tenant.unlimited("gold")), true, List.of());
  }

  private static SlotModel model() throws IOException {
    try (InputStream bytes =
        Objects.requireNonNull(
            EmbeddedTriton.class.getResourceAsStream("/all-minilm-l6-v2.onnx"))) {
      Variant variant = new Variant(MODEL, 1, 16, 128);
      return SlotModel.load(
          ModelVariant.bytes(variant, bytes.readAllBytes(), 1), Set.of("token_type_ids"));
    }
  }
}
