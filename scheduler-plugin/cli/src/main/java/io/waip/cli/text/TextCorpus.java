package io.waip.cli.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Short English texts of varying length.
 *
 * <p>The bundled ones are phrases of works in the public domain, all published before 1929; the
 * resource names the work above its phrases. Their lengths in MiniLM word pieces follow those of
 * the SST-2 training phrases. Immutable.
 *
 * @param texts at least one, none blank; grouped by work, so draw from them in random order
 */
public record TextCorpus(List<String> texts) {
  private static final String RESOURCE = "phrases.txt";
  private static final String HEADING = "#";

  /**
   * Copies the list and checks it.
   *
   * @throws IllegalArgumentException if there is no text or one is blank
   */
  public TextCorpus {
    texts = List.copyOf(texts);
    if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a corpus needs at least one text and no blank ones");
    }
  }

  /**
   * Reads the phrases packed with this class.
   *
   * @throws IllegalStateException if this build lacks them
   */
  public static TextCorpus bundled() {
    InputStream in = TextCorpus.class.getResourceAsStream(RESOURCE);
    if (in == null) {
      throw new IllegalStateException("this build lacks its text resource " + RESOURCE);
    }
    return read(in);
  }

  /**
   * Reads one text per line in UTF-8; blank lines and lines that start with '#' are skipped. Closes
   * the stream.
   *
   * @throws IllegalArgumentException if no text is left
   * @throws UncheckedIOException if reading fails
   */
  public static TextCorpus read(InputStream in) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new TextCorpus(
          lines
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith(HEADING))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
