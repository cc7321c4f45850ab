package io.waip.replay.diagnose.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads protobuf's text format, in which {@code config.pbtxt} is written, without its schema: a
 * field that occurs several times becomes an array. A schema would refuse the fields of later
 * versions of the server.
 *
 * <p>Form: protobuf.dev, text format language specification, without extensions and {@code Any}.
 * Single thread.
 */
final class TextFormat {
  private static final int DEEPEST = 100;
  private static final Pattern SPACE = Pattern.compile("(?:\\s|#[^\\n]*)+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern SCALAR = Pattern.compile("[-+.A-Za-z0-9_]+");
  private static final Pattern STRING =
      Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'");

  private final String file;
  private final String text;
  private int at;

  private TextFormat(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * Reads a whole message.
   *
   * @param file its name, for messages
   * @throws MeasurementFormatException if it is of another form
   */
  static ObjectNode parse(String file, String text) {
    TextFormat parser = new TextFormat(file, text);
    ObjectNode message = parser.fields("", 0);
    if (parser.at < text.length()) {
      throw parser.bad("a field");
    }
    return message;
  }

  private ObjectNode fields(String close, int depth) {
    if (depth > DEEPEST) {
      throw bad("at most " + DEEPEST + " messages in one another");
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    skip();
    while (at < text.length()) {
      if (!close.isEmpty() && take(close)) {
        return message;
      }
      field(message, depth);
      skip();
    }
    if (!close.isEmpty()) {
      throw bad("'" + close + "'");
    }
    return message;
  }

  private void field(ObjectNode message, int depth) {
    String name = match(NAME, "the name of a field");
    skip();
    boolean hasColon = take(":");
    skip();
    if (take("[")) {
      list(message, name, depth);
    } else {
      put(message, name, value(hasColon, depth));
    }
    skip();
    if (!take(",")) {
      take(";");
    }
  }

  private void list(ObjectNode message, String name, int depth) {
    ArrayNode array = message.withArray("/" + name);
    skip();
    while (!take("]")) {
      array.add(value(true, depth));
      skip();
      take(",");
      skip();
    }
  }

  private JsonNode value(boolean mayBeScalar, int depth) {
    if (take("{")) {
      return fields("}", depth + 1);
    }
    if (take("<")) {
      return fields(">", depth + 1);
    }
    if (!mayBeScalar) {
      throw bad("':' or '{'");
    }
    return at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')
        ? strings()
        : scalar(match(SCALAR, "a value"));
  }

  private JsonNode strings() {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      String quoted = match(STRING, "a closed string");
      value.append(quoted, 1, quoted.length() - 1);
      skip();
    }
    return JsonNodeFactory.instance.textNode(value.toString().replaceAll("\\\\(.)", "$1"));
  }

  private static JsonNode scalar(String word) {
    if (word.equals("true") || word.equals("false")) {
      return JsonNodeFactory.instance.booleanNode(word.equals("true"));
    }
    return word.matches("-?\\d{1,18}")
        ? JsonNodeFactory.instance.numberNode(Long.parseLong(word))
        : JsonNodeFactory.instance.textNode(word);
  }

  private static void put(ObjectNode message, String name, JsonNode value) {
    JsonNode before = message.get(name);
    if (before == null) {
      message.set(name, value);
    } else if (before instanceof ArrayNode several) {
      several.add(value);
    } else {
      message.set(name, JsonNodeFactory.instance.arrayNode().add(before).add(value));
    }
  }

  private void skip() {
    Matcher space = SPACE.matcher(text).region(at, text.length());
    if (space.lookingAt()) {
      at = space.end();
    }
  }

  private boolean take(String sign) {
    boolean isThere = text.startsWith(sign, at);
    at += isThere ? sign.length() : 0;
    return isThere;
  }

  private String match(Pattern pattern, String allowed) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw bad(allowed);
    }
    at = matcher.end();
    return matcher.group();
  }

  private MeasurementFormatException bad(String allowed) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    String found =
        at >= text.length()
            ? "the file ends"
            : "found "
                + MeasurementFormatException.quote(
                    text.substring(at).lines().findFirst().orElse(""));
    return new MeasurementFormatException(
        new Source(file, line),
        found,
        allowed,
        "give config.pbtxt as Triton loads it, or the JSON of GET /v2/models/M/config");
  }
}
