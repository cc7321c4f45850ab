package io.waip.cli.profile;

import io.waip.cli.config.PlannerConfig;
import io.waip.cli.input.InputFiles;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model that is measured.
 *
 * @param variant what its measurements are called
 */
record ModelFile(String variant, Path path) {
  private static final String ENDING = ".onnx";
  private static final int BUFFER_BYTES = 1 << 16;

  /** Returns the model in a file; the file's name without its ending is the variant's. */
  static ModelFile named(Path path) {
    String name = String.valueOf(path.getFileName());
    boolean hasEnding = name.endsWith(ENDING) && name.length() > ENDING.length();
    return new ModelFile(
        hasEnding ? name.substring(0, name.length() - ENDING.length()) : name, path);
  }

  /**
   * Returns the models of all variants in a configuration, the latest version of each.
   *
   * @throws UserError if the configuration is wrong or a model is not in the repository
   */
  static List<ModelFile> configured(Path config, Path repository) {
    return PlannerConfig.load(config).services().stream()
        .flatMap(service -> service.variants().stream())
        .map(variant -> variant.model())
        .distinct()
        .map(model -> new ModelFile(model, latest(repository, model)))
        .toList();
  }

  private static Path latest(Path repository, String model) {
    Path folder = repository.resolve(model);
    List<Integer> versions = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.matches("[1-9]\\d{0,8}"))
          .map(Integer::valueOf)
          .forEach(versions::add);
    } catch (IOException e) {
      throw missing(folder, "it cannot be listed");
    }
    int newest =
        versions.stream()
            .max(Integer::compare)
            .orElseThrow(() -> missing(folder, "it has no version"));
    return folder.resolve(Integer.toString(newest)).resolve("model" + ENDING);
  }

  private static UserError missing(Path folder, String what) {
    return new UserError(
        "no model there: " + what,
        folder.toString(),
        "a folder of --model-repository with VERSION/model.onnx, for each variant of --config",
        "check --model-repository and the variant's name");
  }

  /**
   * Returns the hash of the file, SHA-256 in hexadecimal.
   *
   * @throws UserError if it cannot be read
   */
  String sha256() {
    return InputFiles.read(path, ModelFile::sha256);
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
