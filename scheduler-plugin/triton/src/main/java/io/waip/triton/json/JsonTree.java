package io.waip.triton.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes JSON objects (RFC 8259) as maps in the order of the text. Values are {@code
 * Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Boolean}, and {@code Long} or,
 * where that does not hold a number exactly, {@code BigDecimal}. There is no null.
 */
public final class JsonTree {
  /** Configurations nest some ten levels deep. */
  private static final int MAX_DEPTH = 64;

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

  private final String text;
  private int at;
  private int depth;

  private JsonTree(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if the text is none, holds a null, or nests too deep
   */
  public static Map<String, Object> read(String text) {
    JsonTree reader = new JsonTree(text);
    reader.skipBlanks();
    Map<String, Object> object = reader.object();
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.broken("the end");
    }
    return object;
  }

  /**
   * Writes an object.
   *
   * @throws IllegalArgumentException if a value is of another type
   */
  public static String write(Map<String, Object> object) {
    StringBuilder out = new StringBuilder();
    write(out, object);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    switch (value) {
      case Map<?, ?> object -> {
        String separator = "{";
        for (Map.Entry<?, ?> field : object.entrySet()) {
          out.append(separator).append(JsonText.quote(String.valueOf(field.getKey()))).append(':');
          write(out, field.getValue());
          separator = ",";
        }
        out.append(object.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object element : list) {
          out.append(separator);
          write(out, element);
          separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case String string -> out.append(JsonText.quote(string));
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag);
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    }
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    open('{');
    while (!closed('}', object.isEmpty())) {
      String name = string();
      skipBlanks();
      expect(':');
      skipBlanks();
      object.put(name, value());
      skipBlanks();
    }
    return object;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    open('[');
    while (!closed(']', list.isEmpty())) {
      list.add(value());
      skipBlanks();
    }
    return list;
  }

  private void open(char bracket) {
    expect(bracket);
    depth++;
    if (depth > MAX_DEPTH) {
      throw broken("at most " + MAX_DEPTH + " levels");
    }
    skipBlanks();
  }

  /** Takes the closing bracket or, after the first element, the comma before the next. */
  private boolean closed(char bracket, boolean first) {
    if (peek() == bracket) {
      at++;
      depth--;
      return true;
    }
    if (!first) {
      expect(',');
      skipBlanks();
    }
    return false;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw broken(word);
    }
    at += word.length();
    return value;
  }

  private Object number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw broken("a value");
    }
    at = number.end();
    String literal = number.group();
    if (WHOLE.matcher(literal).matches()) {
      return Long.valueOf(literal);
    }
    return new BigDecimal(literal);
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at);
      at++;
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> throw broken("an escape");
    };
  }

  private char codeUnit() {
    int end = Math.min(at + 4, text.length());
    String digits = text.substring(at, end);
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw broken("four hexadecimal digits");
    }
    at = end;
    return (char) Integer.parseInt(digits, 16);
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw broken("more");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw broken("'" + c + "'");
    }
    at++;
  }

  private IllegalArgumentException broken(String expected) {
    return new IllegalArgumentException(
        "no JSON object: at character %d of %d %s was expected"
            .formatted(at, text.length(), expected));
  }
}
