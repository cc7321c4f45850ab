package io.waip.cli.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a cost model is and which of its subjects a variant is.
 *
 * @param file as {@code waip fit} wrote it; not opened yet
 * @param subject name of the variant in the file
 * @param device it was measured on, as the file names it; empty where the file says only one
 * @param place where the configuration names the file
 */
public record CostModelSettings(
    Path file, String subject, Optional<String> device, ConfigPlace place) {
  /** Returns the same variant as measured on a device. */
  public CostModelSettings on(String measured) {
    return new CostModelSettings(file, subject, Optional.of(measured), place);
  }
}
