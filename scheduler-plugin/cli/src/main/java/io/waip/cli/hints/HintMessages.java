package io.waip.cli.hints;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waip.api.drift.Hint;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Reads what a webhook is sent: the JSON of an Alertmanager, version 4 (Prometheus, Configuration,
 * webhook_config), or an anomaly score. Stateless; any thread.
 *
 * <p>Of an alert its status, {@code alertname}, {@code severity}, start and fingerprint are read;
 * everything else is passed over. A score has no other fields.
 */
final class HintMessages {
  static final int MOST_ALERTS = 1000;
  private static final int MOST_CHARS = 128;
  private static final String FORMS =
      "an Alertmanager's version 4 with 'alerts', or {\"anomaly_score\": 0.9, \"subject\": \"...\"}";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxNumberLength(40)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private HintMessages() {}

  /**
   * Reads a body.
   *
   * @param now when it came, for a score without a time
   * @throws BadHint if it is no JSON of either form
   */
  static List<Notice> read(byte[] body, Instant now) throws BadHint {
    JsonNode root = parse(body);
    if (root.has("anomaly_score")) {
      return List.of(score(root, now));
    }
    if (root.has("alerts")) {
      return alerts(root);
    }
    throw bad("neither 'alerts' nor 'anomaly_score'", FORMS);
  }

  private static JsonNode parse(byte[] body) throws BadHint {
    try (JsonParser parser = MAPPER.createParser(body)) {
      JsonNode root = MAPPER.readTree(parser);
      if (root != null && root.isObject()) {
        return root;
      }
      throw bad("the body is no JSON object", FORMS);
    } catch (JacksonException e) {
      throw bad("no valid JSON: " + e.getOriginalMessage(), FORMS);
    } catch (IOException e) {
      throw bad("no valid JSON", FORMS);
    }
  }

  private static BadHint bad(String what, String allowed) {
    return new BadHint(400, what + "; allowed: " + allowed);
  }

  private static Notice score(JsonNode root, Instant now) throws BadHint {
    for (var field : root.properties()) {
      if (!field.getKey().equals("anomaly_score") && !field.getKey().equals("subject")) {
        throw bad(
            "unknown field '" + shown(field.getKey()) + "'", "anomaly_score and subject alone");
      }
    }
    JsonNode score = root.path("anomaly_score");
    if (!score.isNumber() || !(score.doubleValue() >= 0 && score.doubleValue() <= 1e9)) {
      throw bad("'anomaly_score' is " + shown(score.toString()), "a number from 0 to 1e9");
    }
    String subject = text(root, "subject");
    OptionalDouble value = OptionalDouble.of(score.doubleValue());
    return new Notice(new Hint("anomaly", subject, "", value, now), "", false);
  }

  private static List<Notice> alerts(JsonNode root) throws BadHint {
    if (!root.path("version").asText().equals("4")) {
      throw bad("'version' is " + shown(root.path("version").toString()), "\"4\"");
    }
    JsonNode alerts = root.get("alerts");
    if (!alerts.isArray() || alerts.isEmpty() || alerts.size() > MOST_ALERTS) {
      throw bad("'alerts' is no list of 1 to " + MOST_ALERTS, "such a list");
    }
    List<Notice> notices = new ArrayList<>();
    for (JsonNode alert : alerts) {
      notices.add(alert(alert));
    }
    return notices;
  }

  private static Notice alert(JsonNode alert) throws BadHint {
    String status = text(alert, "status");
    if (!status.equals("firing") && !status.equals("resolved")) {
      throw bad("'status' is '" + status + "'", "firing or resolved");
    }
    JsonNode labels = alert.path("labels");
    if (!labels.isObject()) {
      throw bad("an alert has no 'labels'", "a mapping with alertname");
    }
    String severity = shown(labels.path("severity").asText(""));
    Hint hint =
        new Hint(
            "alertmanager",
            text(labels, "alertname"),
            severity,
            OptionalDouble.empty(),
            time(text(alert, "startsAt")));
    return new Notice(hint, fingerprint(alert, labels), status.equals("resolved"));
  }

  /** An Alertmanager before 0.18 sends none; labels are what one is made of. */
  private static String fingerprint(JsonNode alert, JsonNode labels) {
    String given = alert.path("fingerprint").asText("");
    if (!given.isEmpty()) {
      return shown(given);
    }
    TreeMap<String, String> sorted = new TreeMap<>();
    labels.properties().forEach(label -> sorted.put(label.getKey(), label.getValue().asText()));
    return sorted.toString();
  }

  private static Instant time(String text) throws BadHint {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw bad("'startsAt' is '" + text + "'", "a time such as 2026-03-01T14:00:00Z");
    }
  }

  private static String text(JsonNode node, String field) throws BadHint {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw bad("'" + field + "' is missing or no text", "text that is not blank");
    }
    return shown(value.asText());
  }

  /** Bounded and without control characters, as it is logged and answered. */
  private static String shown(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= MOST_CHARS ? printable : printable.substring(0, MOST_CHARS) + "…";
  }
}
