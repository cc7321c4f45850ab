package io.waip.cost.read;

import static io.waip.api.measurement.MeasurementFormatException.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a JSON document and the way to it, so that a mistake can be told.
 *
 * @param source where the document begins
 * @param path of the value, such as {@code model_stats[0].name}; empty for the document
 * @param value the value
 */
record JsonPlace(Source source, String path, JsonNode value) {
  /** Returns the value of a key. */
  JsonPlace at(String key) {
    return new JsonPlace(source, path.isEmpty() ? key : path + "." + key, value.path(key));
  }

  /**
   * Returns the items of the array of a key.
   *
   * @throws MeasurementFormatException if there is no array
   */
  List<JsonPlace> items(String key) {
    JsonPlace array = at(key);
    if (!array.value.isArray()) {
      throw array.bad("an array");
    }
    List<JsonPlace> items = new ArrayList<>();
    for (JsonNode item : array.value) {
      items.add(new JsonPlace(source, "%s[%d]".formatted(array.path, items.size()), item));
    }
    return items;
  }

  /**
   * Returns the text of a key, not blank.
   *
   * @throws MeasurementFormatException if there is none
   */
  String name(String key) {
    JsonPlace text = at(key);
    if (!text.value.isTextual() || text.value.textValue().isBlank()) {
      throw text.bad("a name");
    }
    return text.value.textValue();
  }

  /**
   * Returns the whole number of a key.
   *
   * @throws MeasurementFormatException if there is none or it is not in {@code [min, max]}
   */
  long whole(String key, long min, long max) {
    JsonPlace number = at(key);
    boolean isWhole = number.value.isIntegralNumber() && number.value.canConvertToLong();
    long whole = isWhole ? number.value.longValue() : min - 1;
    if (whole < min || whole > max) {
      throw number.bad("a whole number in [%d, %d]".formatted(min, max));
    }
    return whole;
  }

  /** Returns the exception for a value that is missing or not what is allowed. */
  MeasurementFormatException bad(String allowed) {
    String found = value.isMissingNode() ? "it is missing" : "found " + shortened();
    return new MeasurementFormatException(
        source, "%s: %s".formatted(path, found), allowed, "give the file as it was written");
  }

  private String shortened() {
    if (value.isValueNode()) {
      return quote(value.asText());
    }
    return value.isArray() ? "an array" : "an object";
  }
}
