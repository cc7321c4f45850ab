package io.waip.triton.client;

import java.util.List;

/**
 * What a server says about itself.
 *
 * @param name of the product: {@code triton}
 * @param version of the product
 * @param extensions names of the protocol's extensions it speaks
 */
public record ServerDescription(String name, String version, List<String> extensions) {
  /** Copies the extensions. */
  public ServerDescription {
    extensions = List.copyOf(extensions);
  }
}
