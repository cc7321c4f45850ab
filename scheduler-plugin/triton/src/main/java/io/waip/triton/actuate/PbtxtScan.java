package io.waip.triton.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where the fields of a message stand in protobuf's text format, one level at a time. It
 * knows comments, quoted strings, lists and nested messages, and leaves checking to the parser.
 */
final class PbtxtScan {
  private final String text;
  private int at;

  private PbtxtScan(String text, int from) {
    this.text = text;
    at = from;
  }

  /**
   * A stretch of the text.
   *
   * @param start of the first character, {@code >= 0}
   * @param end behind the last, {@code >= start}
   */
  record Span(int start, int end) {}

  /**
   * A field.
   *
   * @param whole from its name to the end of its value
   * @param messages inner texts of messages that are its values, without the braces
   * @param value its value where that is a scalar
   */
  record Field(String name, Span whole, List<Span> messages, Optional<Span> value) {
    Field {
      messages = List.copyOf(messages);
    }
  }

  /**
   * Returns the fields that stand directly within a stretch.
   *
   * @throws IllegalArgumentException if the text is not in the format
   */
  static List<Field> fields(String text, Span within) {
    PbtxtScan scan = new PbtxtScan(text, within.start());
    List<Field> fields = new ArrayList<>();
    scan.skipBlanks(within.end());
    while (scan.at < within.end()) {
      fields.add(scan.field(within.end()));
      scan.skipBlanks(within.end());
    }
    return fields;
  }

  private Field field(int limit) {
    int start = at;
    String name = token(limit);
    skipBlanks(limit);
    if (peek(limit) == ':') {
      at++;
      skipBlanks(limit);
    }
    List<Span> messages = new ArrayList<>();
    Optional<Span> value = Optional.empty();
    switch (peek(limit)) {
      case '{', '<' -> messages.add(message(limit));
      case '[' -> list(limit, messages);
      default -> value = Optional.of(scalar(limit));
    }
    return new Field(name, new Span(start, at), messages, value);
  }

  private Span message(int limit) {
    char close = peek(limit) == '{' ? '}' : '>';
    at++;
    int start = at;
    skipBlanks(limit);
    while (peek(limit) != close) {
      field(limit);
      skipBlanks(limit);
    }
    int end = at;
    at++;
    return new Span(start, end);
  }

  private void list(int limit, List<Span> messages) {
    at++;
    skipBlanks(limit);
    while (peek(limit) != ']') {
      if (peek(limit) == '{' || peek(limit) == '<') {
        messages.add(message(limit));
      } else {
        scalar(limit);
      }
      skipBlanks(limit);
    }
    at++;
  }

  private Span scalar(int limit) {
    int start = at;
    if (peek(limit) != '"' && peek(limit) != '\'') {
      token(limit);
      return new Span(start, at);
    }
    int end = at;
    // Strings that follow each other are one value.
    while (at < limit && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      skipString(limit);
      end = at;
      skipBlanks(limit);
    }
    at = end;
    return new Span(start, end);
  }

  private void skipString(int limit) {
    char quote = peek(limit);
    at++;
    while (peek(limit) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private String token(int limit) {
    int start = at;
    while (at < limit && isToken(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw broken();
    }
    return text.substring(start, at);
  }

  private static boolean isToken(char c) {
    return Character.isLetterOrDigit(c) || "_.+-".indexOf(c) >= 0;
  }

  /** Skips what separates fields and values: blanks, comments, commas and semicolons. */
  private void skipBlanks(int limit) {
    while (at < limit) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 || end > limit ? limit : end;
      } else if (Character.isWhitespace(c) || c == ',' || c == ';') {
        at++;
      } else {
        return;
      }
    }
  }

  private char peek(int limit) {
    if (at >= limit) {
      throw broken();
    }
    return text.charAt(at);
  }

  private IllegalArgumentException broken() {
    long line =
        text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
    return new IllegalArgumentException("line " + (line + 1) + " is not in protobuf's text format");
  }
}
