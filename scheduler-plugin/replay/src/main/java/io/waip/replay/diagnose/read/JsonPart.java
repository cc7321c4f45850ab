package io.waip.replay.diagnose.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a body of statistics and the way to it, so that a mistake can be told.
 *
 * @param source where the body begins
 * @param path of the value; empty for the body
 * @param value the value
 */
record JsonPart(Source source, String path, JsonNode value) {
  /** Some 30 years in nanoseconds. */
  private static final long MOST = 1_000_000_000_000_000_000L;

  JsonPart at(String key) {
    return new JsonPart(source, path.isEmpty() ? key : path + "." + key, value.path(key));
  }

  boolean isAbsent() {
    return value.isMissingNode() || value.isNull();
  }

  /** Returns the items of an array; throws where it is none. */
  List<JsonPart> items(String key) {
    JsonPart array = at(key);
    if (!array.value.isArray()) {
      throw array.bad("an array");
    }
    List<JsonPart> items = new ArrayList<>();
    for (JsonNode item : array.value) {
      items.add(new JsonPart(source, "%s[%d]".formatted(array.path, items.size()), item));
    }
    return items;
  }

  /** Returns a text that is not blank; throws where there is none. */
  String name(String key) {
    JsonPart text = at(key);
    if (!text.value.isTextual() || text.value.textValue().isBlank()) {
      throw text.bad("a name");
    }
    return text.value.textValue();
  }

  /** Returns a counter, 0 where it is absent; throws where it is no whole number from 0. */
  long counter(String key) {
    JsonPart number = at(key);
    if (number.isAbsent()) {
      return 0;
    }
    boolean isWhole = number.value.isIntegralNumber() && number.value.canConvertToLong();
    long whole = isWhole ? number.value.longValue() : -1;
    if (whole < 0 || whole > MOST) {
      throw number.bad("a whole number in [0, %d]".formatted(MOST));
    }
    return whole;
  }

  MeasurementFormatException bad(String allowed) {
    String found =
        isAbsent()
            ? "it is missing"
            : "found "
                + (value.isValueNode()
                    ? MeasurementFormatException.quote(value.asText())
                    : value.isArray() ? "an array" : "an object");
    return new MeasurementFormatException(
        source, path + ": " + found, allowed, "give the body as the server sent it");
  }
}
