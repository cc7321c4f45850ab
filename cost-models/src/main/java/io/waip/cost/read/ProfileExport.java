package io.waip.cost.read;

import static io.waip.api.measurement.MeasurementFormatException.quote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import io.waip.cost.read.LoadRun.TimedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A walk through the JSON of {@code perf_analyzer --profile-export-file}; keeps the times, skips
 * the tensors. Keys may come in any order; unknown ones are skipped. Single use, single thread.
 */
final class ProfileExport {
  private static final BigInteger LATEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final String REMEDY = "give the file as perf_analyzer wrote it";

  private final Path file;
  private final JsonParser json;
  private final List<LoadRun> runs = new ArrayList<>();
  private boolean hasExperiments;

  private ProfileExport(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads a file.
   *
   * @return the loads, in the order of the file
   * @throws MeasurementFormatException if it is not of this form
   * @throws IOException if it cannot be read
   */
  static List<LoadRun> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JsonText.FACTORY.createParser(in)) {
      ProfileExport export = new ProfileExport(file, json);
      export.document();
      return export.runs;
    } catch (JsonProcessingException e) {
      throw JsonText.broken(file, e);
    }
  }

  private void document() throws IOException {
    require(json.nextToken(), JsonToken.START_OBJECT, "the document", "an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (isKey("experiments")) {
        hasExperiments = true;
        array("experiments");
        while (json.nextToken() != JsonToken.END_ARRAY) {
          experiment();
        }
      } else {
        skip();
      }
    }
    if (!hasExperiments) {
      throw bad("no key 'experiments'", "an array of experiments");
    }
    if (json.nextToken() != null) {
      throw bad("something follows the document", "one document");
    }
  }

  private void experiment() throws IOException {
    require(json.currentToken(), JsonToken.START_OBJECT, "an experiment", "an object");
    Load load = new Load("", 0);
    List<TimedRequest> requests = new ArrayList<>();
    List<Long> boundaries = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      switch (json.currentName()) {
        case "experiment" -> load = load();
        case "requests" -> {
          array("requests");
          while (json.nextToken() != JsonToken.END_ARRAY) {
            requests.add(request());
          }
        }
        case "window_boundaries" -> boundaries = times("window_boundaries");
        default -> skip();
      }
    }
    add(load, requests, boundaries);
  }

  private void add(Load load, List<TimedRequest> requests, List<Long> boundaries) {
    boolean isClosedLoop = load.mode.equals("concurrency");
    if (!isClosedLoop && !load.mode.equals("request_rate")) {
      throw bad("mode " + quote(load.mode), "'concurrency' or 'request_rate'");
    }
    for (int i = 1; i < boundaries.size(); i++) {
      if (boundaries.get(i) < boundaries.get(i - 1)) {
        throw bad("window_boundaries decrease", "ascending times");
      }
    }
    if (boundaries.size() < 2) {
      throw bad("%d window_boundaries".formatted(boundaries.size()), "at least two");
    }
    runs.add(new LoadRun(isClosedLoop, load.value, requests, boundaries));
  }

  /** What an experiment says of its load. */
  private record Load(String mode, double value) {}

  private Load load() throws IOException {
    require(json.nextToken(), JsonToken.START_OBJECT, "key 'experiment'", "an object");
    String mode = "";
    double value = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (isKey("mode")) {
        json.nextToken();
        mode = json.getText();
      } else if (isKey("value")) {
        if (!json.nextToken().isNumeric()) {
          throw bad("value " + quote(json.getText()), "a number");
        }
        value = json.getDoubleValue();
      } else {
        skip();
      }
    }
    return new Load(mode, value);
  }

  private TimedRequest request() throws IOException {
    require(json.currentToken(), JsonToken.START_OBJECT, "a request", "an object");
    long sent = -1;
    List<Long> responses = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (isKey("timestamp")) {
        json.nextToken();
        sent = time("timestamp");
      } else if (isKey("response_timestamps")) {
        responses = times("response_timestamps");
      } else {
        skip();
      }
    }
    if (sent < 0 || responses.isEmpty()) {
      throw bad(
          "a request without timestamp or response_timestamps", "both, and at least one response");
    }
    long first = responses.getFirst();
    long last = responses.getLast();
    if (first <= sent || last < first) {
      throw bad(
          "a request sent at %d with responses from %d to %d".formatted(sent, first, last),
          "responses after it, in order");
    }
    return new TimedRequest(sent, first, last);
  }

  private List<Long> times(String key) throws IOException {
    array(key);
    List<Long> times = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      times.add(time(key));
    }
    return times;
  }

  /** Returns a time; the latest there is where the file has one beyond it, as for an open end. */
  private long time(String key) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw bad(key + " " + quote(json.getText()), "whole nanoseconds");
    }
    BigInteger nanos = json.getBigIntegerValue();
    if (nanos.signum() < 0) {
      throw bad(key + " " + quote(json.getText()), "whole nanoseconds >= 0");
    }
    return nanos.min(LATEST).longValueExact();
  }

  private boolean isKey(String key) throws IOException {
    return json.currentName().equals(key);
  }

  private void array(String key) throws IOException {
    require(json.nextToken(), JsonToken.START_ARRAY, "key '%s'".formatted(key), "an array");
  }

  private void skip() throws IOException {
    json.nextToken();
    json.skipChildren();
  }

  private void require(JsonToken found, JsonToken wanted, String what, String allowed) {
    if (found != wanted) {
      throw bad(what + " is something else", allowed);
    }
  }

  private MeasurementFormatException bad(String what, String allowed) {
    return new MeasurementFormatException(
        new Source(file.toString(), json.currentLocation().getLineNr()),
        "experiment %d, column %d: %s"
            .formatted(runs.size(), json.currentLocation().getColumnNr(), what),
        allowed,
        REMEDY);
  }
}
