package io.waip.cli.diagnose;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Diagnosis;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Stage;
import io.waip.replay.diagnose.StageTimes;
import io.waip.replay.diagnose.Unknown;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A diagnosis as JSON. Stateless. */
final class DiagnosisJson {
  private DiagnosisJson() {}

  static Map<String, Object> of(Diagnosis diagnosis) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stages", diagnosis.stages().stream().map(DiagnosisJson::stages).toList());
    json.put("findings", diagnosis.findings().stream().map(DiagnosisJson::finding).toList());
    json.put("unknown", diagnosis.unknown().stream().map(DiagnosisJson::unknown).toList());
    return json;
  }

  private static Map<String, Object> stages(StageTimes times) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("of", times.of());
    json.put("requests", times.requests());
    json.put("total_ms", times.total());
    for (Stage stage : Stage.values()) {
      json.put(lower(stage) + "_ms", times.in(stage));
    }
    return json;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cause", finding.cause().label());
    json.put("stage", lower(finding.cause().stage()));
    json.put("of", finding.explained().of());
    json.put("explained_ms", finding.explained().millis());
    json.put("explained_share", finding.explained().share());
    json.put("confidence", finding.confidence().label());
    json.put("evidence", finding.evidence());
    json.put("remedy", finding.remedy().text());
    json.put("changes", finding.remedy().changes().stream().map(DiagnosisJson::change).toList());
    return json;
  }

  private static Map<String, Object> change(Change change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("where", lower(change.where()));
    json.put("of", change.of());
    json.put("key", change.key());
    json.put("value", change.value());
    return json;
  }

  private static Map<String, Object> unknown(Unknown unknown) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("of", unknown.of());
    json.put("missing", unknown.missing().how());
    json.put("causes", unknown.causes().stream().map(Cause::label).toList());
    return json;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
