package io.waip.triton.stock;

import java.util.List;
import java.util.Map;

/** The models that the client's cases ask for: targets, a front of each, and ensembles of both. */
public final class StockModels {
  /** Every target that has a front of its own. */
  public static final List<String> FRONTED =
      List.of(
          "identity",
          "unbatched",
          "mixer",
          "lengths",
          "repeat",
          "failing",
          "hanging",
          "versions",
          "facts",
          "sequence",
          "onnx");

  /** A target whose numbers are wrong by one bit. */
  public static final String FLIPPED = "flipped_mixer";

  private StockModels() {}

  /** Adds the targets and the ensemble of targets. */
  public static StockRepository addTargets(StockRepository repository) {
    return repository
        .targets(FRONTED)
        .targets(List.of(FLIPPED))
        .ensemble("ensemble", "mixer", "mixer");
  }

  /**
   * Adds a front of each target, a second one of mixer, one with the wrong target, and the ensemble
   * with a front in it.
   */
  public static StockRepository addFronts(
      StockRepository repository, Map<String, String> parameters) {
    for (String target : FRONTED) {
      repository.front(StockRepository.FRONT + target, target, parameters);
    }
    return repository
        .front("second_mixer", "mixer", parameters)
        .front("wrong_mixer", FLIPPED, parameters)
        .ensemble(StockRepository.FRONT + "ensemble", StockRepository.FRONT + "mixer", "mixer");
  }
}
