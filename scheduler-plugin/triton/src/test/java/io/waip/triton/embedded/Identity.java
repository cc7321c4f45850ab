package io.waip.triton.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The test backend of {@code native-bridge/src/test/c/identity_backend.c}: answers IN0 as OUT0,
 * sleeps and fails on demand.
 */
final class Identity {
  static final String BACKEND = "identity";
  static final Path LIBRARY =
      Path.of(
              System.getProperty("basedir", "."),
              "../../native-bridge/target/cmake/release/test/libtriton_identity.so")
          .toAbsolutePath()
          .normalize();
  static final TensorSpec IN = TensorSpec.of("IN0", TensorType.FP32, -1);
  static final TensorSpec OUT = TensorSpec.of("OUT0", TensorType.FP32, -1);

  private Identity() {}

  /** A model without Triton's batching. */
  static ModelConfig model(String name) {
    return ModelConfig.builder(name, BACKEND).maxBatchSize(16).input(IN).output(OUT).build();
  }

  static ModelRepository repository() {
    return ModelRepository.temporary().addBackend(BACKEND, LIBRARY);
  }

  static InferenceClient client(EmbeddedServer server, String model, int maxInFlight) {
    return new InferenceClient(server, model, List.of(IN), List.of("OUT0"), maxInFlight);
  }

  /** Takes a call; fails when all are taken. */
  static InferenceCall acquire(InferenceClient client) {
    return Objects.requireNonNull(client.tryAcquire(), "all calls are taken");
  }

  /** Writes one row of {@code length} values from {@code first} on. */
  static void fill(InferenceCall call, float first, int length) {
    var bytes = call.write(0, 1, length);
    for (int i = 0; i < length; i++) {
      bytes.putFloat(i * Float.BYTES, first + i);
    }
  }
}
