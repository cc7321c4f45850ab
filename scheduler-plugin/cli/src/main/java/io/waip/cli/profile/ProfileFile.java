package io.waip.cli.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file of a profile: form {@code waip-profile}, a line for each measurement. */
final class ProfileFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<String, @Nullable Object> provenance;
  private final String device;
  private final int threads;
  private final List<Measured> measured = new ArrayList<>();

  /** A model, the hash of its file, and what was measured of it. */
  private record Measured(ModelFile model, String sha256, Profiler.Profile profile) {}

  /**
   * Begins without a measurement.
   *
   * @param provenance machine, runtime and settings
   */
  ProfileFile(Map<String, @Nullable Object> provenance, String device, int threads) {
    this.provenance = provenance;
    this.device = device;
    this.threads = threads;
  }

  void add(ModelFile model, Profiler.Profile profile) {
    measured.add(new Measured(model, model.sha256(), profile));
  }

  /** Returns the text of the file. */
  String text() {
    Map<String, @Nullable Object> head = new LinkedHashMap<>(provenance);
    head.put("models", measured.stream().map(ProfileFile::model).toList());
    List<String> lines = new ArrayList<>();
    for (Measured each : measured) {
      for (ShapeTimes shape : each.profile().shapes()) {
        lines.add(json(measurement(each.model(), shape)));
      }
    }
    return """
    {"form":"waip-profile","version":1,
    "provenance":%s,
    "measurements":[
    %s
    ]}
    """
        .formatted(json(head), String.join(",\n", lines));
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, @Nullable Object> measurement(ModelFile model, ShapeTimes shape) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("variant", model.variant());
    json.put("device", device);
    json.put("threads", threads);
    json.put("batch", shape.batch());
    json.put("length", shape.length());
    json.put("median_ns", shape.medianNanos());
    json.put("median_low_ns", shape.medianInterval()[0]);
    json.put("median_high_ns", shape.medianInterval()[1]);
    json.put("p99_ns", shape.p99Nanos().isPresent() ? (long) shape.p99Nanos().getAsDouble() : null);
    json.put("samples", shape.count());
    return json;
  }

  private static Map<String, Object> model(Measured each) {
    Profiler.Profile profile = each.profile();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("variant", each.model().variant());
    json.put("file", String.valueOf(each.model().path().getFileName()));
    json.put("sha256", each.sha256());
    json.put("spent_s", profile.spent().toMillis() / 1e3);
    json.put("passes", profile.passes());
    json.put("settled_shapes", profile.settled());
    json.put("jitter_median_ms", profile.jitter().medianNanos() / NANOS_PER_MILLI);
    json.put("jitter_p99_over_median", profile.jitter().p99OverMedian());
    json.put("left_out", profile.leftOut().stream().map(ProfileFile::shape).toList());
    return json;
  }

  private static Map<String, Integer> shape(ShapeTimes shape) {
    Map<String, Integer> json = new LinkedHashMap<>();
    json.put("batch", shape.batch());
    json.put("length", shape.length());
    return json;
  }

  /** Returns the figures for {@code --json}. */
  Map<String, @Nullable Object> figures() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(provenance);
    List<Object> models = new ArrayList<>();
    for (Measured each : measured) {
      Map<String, Object> figures = model(each);
      figures.put(
          "shapes",
          each.profile().shapes().stream().map(shape -> measurement(each.model(), shape)).toList());
      models.add(figures);
    }
    json.put("models", models);
    return json;
  }
}
