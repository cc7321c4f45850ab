package io.waip.onnxruntime;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions over {@link TinyModel}. */
final class Tiny {
  static final int MAX_BATCH = 8;
  static final int MAX_LENGTH = 16;

  /** Pads {@code ids} with 0 and trims {@code y}. */
  static final LengthRule LOOKUP_RULE = new LengthRule("ids", 0, null, Set.of("y"), Map.of());

  private Tiny() {}

  static ModelVariant variant(String name, double quality, byte[] model) {
    return ModelVariant.bytes(new Variant(name, quality, MAX_BATCH, MAX_LENGTH), model, 1);
  }

  static LoadedModels lookup() {
    return LoadedModels.load(List.of(variant("lookup", 1, TinyModel.lookup())), LOOKUP_RULE);
  }

  static LatencyModel costs() {
    return (variant, batch, length) -> 10_000L + 100L * batch * length;
  }

  static PlannedSessionBuilder session(LoadedModels models) {
    return PlannedSession.builder()
        .service("tiny")
        .models(models)
        .latencyModel(costs())
        .objective(Objective.interactive(Duration.ofSeconds(60)));
  }

  static SessionRequest ids(long... ids) {
    return SessionRequest.builder().input("ids", InputRow.of(ids)).build();
  }
}
