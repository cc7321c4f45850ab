package io.waip.api.measurement;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** The readers there are, and the choice of one for a file. Immutable; any thread. */
public final class MeasurementReaders {
  /** Characters of a file that a reader recognises it by. */
  public static final int HEAD_CHARS = 4096;

  private final List<MeasurementReader> readers;

  /**
   * Takes readers.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public MeasurementReaders(List<MeasurementReader> readers) {
    this.readers = List.copyOf(readers);
    Set<String> seen = new HashSet<>();
    for (String name : names()) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("two readers are called '" + name + "'");
      }
    }
  }

  /**
   * Finds all readers by {@link ServiceLoader}.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static MeasurementReaders installed() {
    return new MeasurementReaders(
        ServiceLoader.load(MeasurementReader.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  /** Returns the names of the forms that can be read. */
  public List<String> names() {
    return readers.stream().map(MeasurementReader::name).toList();
  }

  /**
   * Returns the reader of a name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  public MeasurementReader named(String name) {
    return readers.stream()
        .filter(reader -> reader.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no form of measurements is called '%s'; allowed: %s"
                    .formatted(name, listed(readers))));
  }

  /**
   * Returns the one reader that recognises a file.
   *
   * @throws MeasurementFormatException if the file is empty, or none or several recognise it
   * @throws IOException if it cannot be read
   */
  public MeasurementReader forFile(Path file) throws IOException {
    String head = head(file);
    Source source = new Source(file.toString(), 0);
    if (head.isBlank()) {
      throw new MeasurementFormatException(
          source, "the file is empty", "a file with measurements", "measure again");
    }
    List<MeasurementReader> found =
        readers.stream().filter(reader -> reader.recognises(file, head)).toList();
    if (found.isEmpty()) {
      throw new MeasurementFormatException(
          source,
          "it is of no known form",
          listed(readers),
          "give a file of one of these forms, not compressed");
    }
    if (found.size() > 1) {
      throw new MeasurementFormatException(
          source, "it may be " + listed(found), "one form", "name the form");
    }
    return found.getFirst();
  }

  /** Reads the first characters; bytes that are no UTF-8 become U+FFFD. */
  private static String head(Path file) throws IOException {
    char[] head = new char[HEAD_CHARS];
    int count = 0;
    try (Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
      int got = in.read(head, 0, HEAD_CHARS);
      while (got > 0) {
        count += got;
        got = in.read(head, count, HEAD_CHARS - count);
      }
    }
    boolean hasMark = count > 0 && head[0] == '\uFEFF';
    return hasMark ? new String(head, 1, count - 1) : new String(head, 0, count);
  }

  private static String listed(List<MeasurementReader> readers) {
    return readers.stream().map(MeasurementReader::name).collect(Collectors.joining(", "));
  }
}
