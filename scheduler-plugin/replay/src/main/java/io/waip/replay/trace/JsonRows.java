package io.waip.replay.trace;

import static io.waip.replay.trace.TraceFormatException.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON Lines: one object a line, none of whose keys occurs twice. Fields are the keys of the first
 * object; later keys that it lacks are passed over, as are the contents of arrays and objects. Text
 * keeps its quotation marks, so that it is no number. Blank lines are allowed at the end only.
 */
final class JsonRows extends Rows {
  private static final String ALLOWED = "one complete JSON object a line, each key once";
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<String> names = new ArrayList<>();
  private @Nullable String[] values = new String[0];
  private boolean isFirstRead;

  /** Begins with the first line, which has been read. */
  JsonRows(TextLines lines, String first) {
    super(lines);
    read(first);
  }

  @Override
  List<String> names() {
    return names;
  }

  @Override
  boolean next() {
    if (!isFirstRead) {
      isFirstRead = true;
      return true;
    }
    String line = lines().next();
    if (line == null || isBlankToTheEnd(line)) {
      return false;
    }
    read(line);
    return true;
  }

  private void read(String line) {
    Arrays.fill(values, null);
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw broken("found " + quote(line));
      }
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        put(key, token.isScalarValue() ? scalar(parser, token) : "[...]");
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw broken("more than one object");
      }
    } catch (JsonProcessingException e) {
      throw broken(
          "broken JSON at column %d of %s".formatted(e.getLocation().getColumnNr(), quote(line)));
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory has no I/O", e);
    }
  }

  private static String scalar(JsonParser parser, JsonToken token) throws IOException {
    String text = parser.getText();
    return token == JsonToken.VALUE_STRING ? '"' + text + '"' : text;
  }

  private void put(String key, String value) {
    int field = names.indexOf(key);
    if (field < 0 && line() == 1) {
      field = names.size();
      names.add(key);
      values = Arrays.copyOf(values, names.size());
    }
    if (field >= 0) {
      values[field] = value;
    }
  }

  private TraceFormatException broken(String what) {
    return new TraceFormatException(
        file(), line(), what, ALLOWED, "complete the line or remove it, or write JSON Lines");
  }

  @Override
  String text(int field) {
    String value = values[field];
    if (value == null) {
      throw new TraceFormatException(
          file(),
          line(),
          called(field) + " is missing",
          "the keys of the first line",
          "complete the line or remove it");
    }
    return value;
  }

  @Override
  String called(int field) {
    return "key '" + names.get(field) + "'";
  }
}
