package io.waip.cli.plugin;

import io.waip.api.ApiVersion;
import io.waip.api.cost.CostModelFitter;
import io.waip.api.measurement.MeasurementReader;
import io.waip.cli.input.Suggestion;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a jar says of itself before a class of it is loaded.
 *
 * @param contracts names of the contracts of ours that it has providers of
 * @param apiVersion version of the contracts it was built for, as its manifest has it; null where
 *     that says none
 */
record PluginJar(Path file, List<String> contracts, @Nullable String apiVersion) {
  /** The contracts that are asked of plug-ins. */
  static final List<Class<?>> CONTRACTS = List.of(CostModelFitter.class, MeasurementReader.class);

  private static final String SERVICES = "META-INF/services/";
  private static final String OURS = "io.waip.api.";

  /**
   * Reads a jar.
   *
   * @throws UserError if it is none, provides what nobody asks for, or was built for other
   *     contracts
   */
  static PluginJar read(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      List<String> contracts =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith(SERVICES + OURS))
              .map(name -> name.substring(SERVICES.length()))
              .sorted()
              .toList();
      PluginJar read = new PluginJar(file, contracts, apiVersion(jar));
      read.requireKnownContracts();
      read.requireVersion();
      return read;
    } catch (IOException e) {
      throw new UserError(
          "cannot be read as a jar: " + e.getMessage(),
          file.toString(),
          "a jar",
          "copy it again, or remove it from the plug-in path");
    }
  }

  private static @Nullable String apiVersion(JarFile jar) throws IOException {
    Manifest manifest = jar.getManifest();
    return manifest == null ? null : manifest.getMainAttributes().getValue(ApiVersion.ATTRIBUTE);
  }

  private void requireKnownContracts() {
    List<String> known = names().toList();
    for (String contract : contracts) {
      if (!known.contains(contract)) {
        throw new UserError(
            "provides '" + contract + "', which is asked of no plug-in",
            file.toString(),
            String.join(", ", known),
            (Suggestion.didYouMean(contract, known) + " rename the file in " + SERVICES).strip());
      }
    }
  }

  private void requireVersion() {
    String current = Integer.toString(ApiVersion.CURRENT);
    if (!contracts.isEmpty() && !current.equals(apiVersion)) {
      String built =
          apiVersion == null
              ? "does not say which version of the plug-in API it was built for"
              : "was built for version '" + apiVersion + "' of the plug-in API";
      throw new UserError(
          built,
          file.toString(),
          ApiVersion.ATTRIBUTE + ": " + current + " in its manifest",
          "build it against the waip-plugin-api of this version");
    }
  }

  /** Returns the names of the contracts. */
  static Stream<String> names() {
    return CONTRACTS.stream().map(Class::getName);
  }
}
