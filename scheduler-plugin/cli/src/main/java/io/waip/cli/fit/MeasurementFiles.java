package io.waip.cli.fit;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import io.waip.cli.input.Suggestion;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Reads files of measurements with the readers that are there. */
final class MeasurementFiles {
  private static final int HEAD_BYTES = 4096;

  private final List<MeasurementReader> readers;
  private final @Nullable String format;

  /**
   * Takes the readers.
   *
   * @param format name of the one to use; null finds it from each file
   */
  MeasurementFiles(@Nullable String format) {
    readers =
        ServiceLoader.load(MeasurementReader.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    this.format = format;
  }

  /**
   * Reads all files.
   *
   * @throws UserError if a file cannot be read, is of no known form, or not as it should be
   */
  List<Measurement> read(List<Path> files) {
    List<Measurement> all = new ArrayList<>();
    for (Path file : files) {
      try {
        all.addAll(reader(file).read(file));
      } catch (MeasurementFormatException e) {
        throw new UserError(String.valueOf(e.getMessage()), "", "", "");
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    return all;
  }

  private MeasurementReader reader(Path file) throws IOException {
    if (format != null) {
      return readers.stream()
          .filter(reader -> reader.name().equals(format))
          .findFirst()
          .orElseThrow(() -> unknownFormat(format));
    }
    String head = head(file);
    List<MeasurementReader> found =
        readers.stream().filter(reader -> reader.recognises(file, head)).toList();
    if (found.size() != 1) {
      throw new UserError(
          found.isEmpty()
              ? "no known form of measurements"
              : "could be " + String.join(" or ", found.stream().map(r -> r.name()).toList()),
          file.toString(),
          String.join(", ", names()),
          found.isEmpty() ? "give a file of one of these forms" : "say which by --format");
    }
    return found.getFirst();
  }

  private UserError unknownFormat(String name) {
    return UserError.usage(
        "unknown form '" + name + "'",
        "--format",
        String.join(", ", names()),
        Suggestion.didYouMean(name, names()));
  }

  private List<String> names() {
    return readers.stream().map(MeasurementReader::name).sorted().toList();
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static UserError unreadable(Path file, IOException fault) {
    return new UserError(
        "cannot be read: " + fault.getClass().getSimpleName(),
        file.toString(),
        "a readable file",
        "check the path");
  }
}
