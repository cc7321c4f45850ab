package io.waip.api.deployment;

import java.util.List;

/**
 * A name clients call, and the variants that may answer.
 *
 * @param name not blank
 * @param objective what it promises
 * @param paddable whether requests of different length may share a batch, padded to the longest
 * @param variants at least one; the first is the reference the others are compared with
 */
public record Service(String name, Objective objective, boolean paddable, List<Variant> variants) {
  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if the name is blank or there is no variant
   */
  public Service {
    variants = List.copyOf(variants);
    if (name.isBlank()) {
      throw new IllegalArgumentException("service must have a name");
    }
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("service '" + name + "' has no variant");
    }
  }
}
