package io.waip.triton;

import io.waip.api.deployment.Objective;
import io.waip.nativebridge.rings.ServiceTable;
import java.util.List;
import java.util.Optional;

/**
 * A front model and the models that may answer for it.
 *
 * @param name of the front model, which clients call
 * @param objective what it promises
 * @param lengths how the length of a request is read; empty where all have one length
 * @param variants from 1 to {@link ServiceTable#MAX_VARIANTS}; the first is the reference
 * @param bitEqual whether answers must be bit-equal to the model run alone, so that each request
 *     runs by itself
 */
public record ServiceSpec(
    String name,
    Objective objective,
    Optional<ServiceTable.Lengths> lengths,
    List<VariantSpec> variants,
    boolean bitEqual) {
  /** Copies the list. */
  public ServiceSpec {
    variants = List.copyOf(variants);
  }

  /** Says whether requests of different length may share a child. */
  public boolean isPaddable() {
    return !bitEqual && lengths.flatMap(ServiceTable.Lengths::padding).isPresent();
  }

  /** Returns what the front is told of it. */
  ServiceTable table(boolean planned) {
    return new ServiceTable(planned, variants.stream().map(VariantSpec::model).toList(), lengths);
  }
}
