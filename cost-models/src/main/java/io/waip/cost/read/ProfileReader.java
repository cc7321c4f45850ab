package io.waip.cost.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads what {@code waip profile} measured: JSON with {@code "form": "waip-profile"}, {@code
 * "version": 1} and {@code measurements}. Provenance is not read. The source of a measurement is
 * the line it begins in.
 */
public final class ProfileReader implements MeasurementReader {
  private static final String NAME = "waip-profile";
  private static final int VERSION = 1;
  private static final int MAX_COUNT = 10_000_000;

  /** Some 30 years in nanoseconds. */
  private static final long MAX_NANOS = 1_000_000_000_000_000_000L;

  private static final ObjectMapper MAPPER = new ObjectMapper(JsonText.FACTORY);

  /** For {@link java.util.ServiceLoader}. */
  public ProfileReader() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean recognises(Path file, String head) {
    return head.stripLeading().startsWith("{") && head.contains('"' + NAME + '"');
  }

  @Override
  public List<Measurement> read(Path file) throws IOException {
    Source whole = new Source(file.toString(), 0);
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = MAPPER.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw bad(whole, "it is no JSON object", "one object");
      }
      List<Measurement> measurements = document(json, whole);
      if (json.nextToken() != null) {
        throw bad(whole, "something follows the object", "one object");
      }
      return measurements;
    } catch (JsonProcessingException e) {
      throw JsonText.broken(file, e);
    }
  }

  private static List<Measurement> document(JsonParser json, Source whole) throws IOException {
    List<Measurement> measurements = new ArrayList<>();
    String form = "";
    int version = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      if (key.equals("measurements") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Source source = new Source(whole.file(), json.currentTokenLocation().getLineNr());
          measurements.add(measurement(new JsonPlace(source, "", MAPPER.readTree(json))));
        }
      } else {
        JsonNode value = MAPPER.readTree(json);
        form = key.equals("form") ? value.asText() : form;
        version = key.equals("version") && value.isInt() ? value.asInt() : version;
      }
    }
    if (!form.equals(NAME) || version != VERSION) {
      throw bad(
          whole,
          "it is of form '%s', version %d".formatted(form, version),
          "form '%s', version %d".formatted(NAME, VERSION));
    }
    if (measurements.isEmpty()) {
      throw bad(whole, "it has no measurement", "at least one");
    }
    return measurements;
  }

  private static Measurement measurement(JsonPlace item) {
    Subject subject =
        new Subject(
            item.name("variant"),
            Phase.WHOLE,
            item.at("device").value().asText(),
            1,
            (int) item.whole("threads", 1, MAX_COUNT));
    long median = item.whole("median_ns", 1, MAX_NANOS);
    JsonPlace p99 = item.at("p99_ns");
    return new Measurement(
        subject,
        (int) item.whole("batch", 1, MAX_COUNT),
        (int) item.whole("length", 1, MAX_COUNT),
        median,
        p99.value().isNull()
            ? OptionalDouble.empty()
            : OptionalDouble.of(item.whole("p99_ns", median, MAX_NANOS)),
        item.whole("samples", 1, MAX_COUNT),
        item.source());
  }

  private static MeasurementFormatException bad(Source source, String found, String allowed) {
    return new MeasurementFormatException(
        source, found, allowed, "measure again with 'waip profile'");
  }
}
