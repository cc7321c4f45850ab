package io.waip.cost.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.nio.file.Path;

/** How JSON is read here: a key twice in one object is a mistake. Stateless. */
final class JsonText {
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  /** Returns the exception for text that is no JSON, or ends early. */
  static MeasurementFormatException broken(Path file, JsonProcessingException e) {
    boolean isPlaced = e.getLocation() != null;
    int line = isPlaced ? e.getLocation().getLineNr() : 0;
    return new MeasurementFormatException(
        new Source(file.toString(), Math.max(0, line)),
        "broken JSON" + (isPlaced ? " at column " + e.getLocation().getColumnNr() : ""),
        "whole JSON, each key once in its object",
        "check that the file was written to its end");
  }
}
