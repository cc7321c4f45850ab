package io.waip.replay.diagnose.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import io.waip.replay.diagnose.BatchTally;
import io.waip.replay.diagnose.Counters;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.ModelFigures;
import io.waip.replay.diagnose.Tallied;
import io.waip.replay.diagnose.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Bodies of Triton's {@code GET /v2/models/stats}, in order: what the counters of each model grew
 * by. One body alone counts from the start of the model. Counters must not fall from body to body.
 *
 * <p>Form: triton-inference-server/server, {@code docs/protocol/extension_statistics.md}. Single
 * thread.
 */
public final class StatisticsFiles {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int MOST_ROWS = 10_000_000;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectReader BODY = new ObjectMapper(JSON).readerFor(JsonNode.class);

  private record Body(Source source, Map<String, Counters> models) {}

  private final List<Body> bodies = new ArrayList<>();

  /** Reads nothing yet. */
  public StatisticsFiles() {}

  /**
   * Reads the bodies of a file, behind those read before.
   *
   * @throws IOException if it cannot be read
   * @throws MeasurementFormatException if it is not of this form, or a counter fell
   */
  public void read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in);
        MappingIterator<JsonNode> values = BODY.readValues(json)) {
      int before = bodies.size();
      while (values.hasNextValue()) {
        Source source = new Source(file.toString(), json.currentTokenLocation().getLineNr());
        add(body(source, new JsonPart(source, "", values.nextValue())));
      }
      if (bodies.size() == before) {
        throw new MeasurementFormatException(
            new Source(file.toString(), 0),
            "it is empty",
            "the answer of GET /v2/models/stats",
            "ask the server again");
      }
    } catch (JsonProcessingException e) {
      throw new MeasurementFormatException(
          new Source(file.toString(), e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          "broken JSON",
          "whole bodies of GET /v2/models/stats, one after another",
          "check that the file was written to its end");
    }
  }

  private void add(Body body) {
    if (!bodies.isEmpty()) {
      bodies
          .getLast()
          .models
          .forEach((name, before) -> {
            Counters now = body.models.get(name);
            if (now == null || Counters.fell(before, now)) {
              throw new MeasurementFormatException(
                  body.source,
                  "the counters of model '%s' %s"
                      .formatted(name, now == null ? "are gone" : "fell"),
                  "counters that grow from body to body",
                  "take all bodies from one start of the server and the model, in their order");
            }
          });
    }
    bodies.add(body);
  }

  private static Body body(Source source, JsonPart root) {
    Map<String, Counters> models = new LinkedHashMap<>();
    List<JsonPart> stats = root.items("model_stats");
    for (JsonPart model : stats) {
      String name = model.name("name");
      boolean isOnly = stats.stream().filter(other -> other.name("name").equals(name)).count() == 1;
      String key = isOnly ? name : name + ":" + model.at("version").value().asText();
      if (models.put(key, counters(model)) != null) {
        throw model.bad("each version of a model once");
      }
    }
    return new Body(source, models);
  }

  private static Counters counters(JsonPart model) {
    JsonPart stats = model.at("inference_stats");
    if (stats.at("success").isAbsent()) {
      throw stats.at("success").bad("a count and ns");
    }
    Map<Tallied, Tally> tallies = new EnumMap<>(Tallied.class);
    for (Tallied each : Tallied.values()) {
      JsonPart tally = stats.at(each.key());
      tallies.put(each, new Tally(tally.counter("count"), tally.counter("ns")));
    }
    return new Counters(
        tallies, batches(model), model.counter("inference_count"), model.counter("last_inference"));
  }

  private static Map<Integer, BatchTally> batches(JsonPart model) {
    Map<Integer, BatchTally> batches = new TreeMap<>();
    for (JsonPart batch : model.items("batch_stats")) {
      long rows = batch.counter("batch_size");
      if (rows < 1 || rows > MOST_ROWS) {
        throw batch.at("batch_size").bad("a whole number in [1, %d]".formatted(MOST_ROWS));
      }
      BatchTally tally =
          new BatchTally(
              batch.at("compute_infer").counter("count"),
              batch.at("compute_input").counter("ns"),
              batch.at("compute_infer").counter("ns"),
              batch.at("compute_output").counter("ns"));
      if (batches.put((int) rows, tally) != null) {
        throw batch.at("batch_size").bad("each batch size once");
      }
    }
    return batches;
  }

  /**
   * Returns the figures of all models in the last body.
   *
   * @param configurations by name of the model
   * @param windowNanos from the first body to the last; where it is absent, the time between the
   *     last requests before either is taken, if there was one before the first
   */
  public List<ModelFigures> figures(
      Map<String, ModelConfiguration> configurations, OptionalDouble windowNanos) {
    if (bodies.isEmpty()) {
      return List.of();
    }
    OptionalDouble window = windowNanos.isPresent() ? windowNanos : lastRequestsApart();
    List<ModelFigures> figures = new ArrayList<>();
    for (String name : bodies.getLast().models.keySet()) {
      Counters first = bodies.size() == 1 ? Counters.NONE : in(bodies.getFirst(), name);
      figures.add(
          new ModelFigures(
              name,
              in(bodies.getLast(), name).minus(first),
              phases(name),
              window,
              Optional.ofNullable(configurations.get(name.replaceFirst(":[^:]*$", "")))));
    }
    return figures;
  }

  private List<Counters> phases(String name) {
    if (bodies.size() == 1) {
      return List.of(in(bodies.getFirst(), name));
    }
    List<Counters> phases = new ArrayList<>();
    for (int i = 1; i < bodies.size(); i++) {
      Counters phase = in(bodies.get(i), name).minus(in(bodies.get(i - 1), name));
      if (phase.executions() > 0) {
        phases.add(phase);
      }
    }
    return phases.isEmpty() ? List.of(Counters.NONE) : phases;
  }

  private static Counters in(Body body, String name) {
    return body.models.getOrDefault(name, Counters.NONE);
  }

  private OptionalDouble lastRequestsApart() {
    long first = lastRequestMillis(bodies.getFirst());
    long last = lastRequestMillis(bodies.getLast());
    return first > 0 && last > first
        ? OptionalDouble.of((last - first) * NANOS_PER_MILLI)
        : OptionalDouble.empty();
  }

  private static long lastRequestMillis(Body body) {
    return body.models.values().stream().mapToLong(Counters::lastInferenceMillis).max().orElse(0);
  }
}
