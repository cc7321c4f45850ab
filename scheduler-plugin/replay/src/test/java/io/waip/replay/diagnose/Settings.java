package io.waip.replay.diagnose;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a model, a server or its clients by the paths that remedies name. A change is carried
 * out here without looking at what it is.
 */
final class Settings {
  private final Map<String, String> values = new TreeMap<>();

  Settings with(String key, Object value) {
    values.put(key, String.valueOf(value));
    return this;
  }

  /** Removes a setting and those below it. */
  Settings without(String key) {
    values.keySet().removeIf(each -> each.equals(key) || each.startsWith(key + "."));
    return this;
  }

  void apply(Change change) {
    if (change.value().isEmpty()) {
      without(change.key());
    } else {
      with(change.key(), change.value());
    }
  }

  boolean has(String key) {
    return values.keySet().stream()
        .anyMatch(each -> each.equals(key) || each.startsWith(key + "."));
  }

  long number(String key, long absent) {
    return Long.parseLong(values.getOrDefault(key, String.valueOf(absent)));
  }

  boolean isOn(String key) {
    return values.getOrDefault(key, "false").equals("true");
  }

  String text(String key) {
    return values.getOrDefault(key, "");
  }

  /** Returns these as Triton's {@code config.pbtxt}. */
  String toPbtxt(String name) {
    StringBuilder text = new StringBuilder("name: \"" + name + "\"  # of a simulated server\n");
    Map<String, Map<String, String>> messages = new TreeMap<>();
    values.forEach((key, value) -> {
      int dot = key.indexOf('.');
      String field = dot < 0 ? key : key.substring(0, dot);
      if (dot < 0 && !isMessage(field)) {
        text.append(field).append(": ").append(quoted(value)).append('\n');
      } else if (isMessage(field)) {
        messages
            .computeIfAbsent(field, _ -> new TreeMap<>())
            .putAll(dot < 0 ? Map.of() : Map.of(key.substring(dot + 1), value));
      }
    });
    messages.forEach((field, fields) -> text.append(message(field, fields)).append('\n'));
    return text.toString();
  }

  private static boolean isMessage(String field) {
    return switch (field) {
      case "dynamic_batching",
          "instance_group",
          "input",
          "parameters",
          "model_warmup",
          "response_cache",
          "ensemble_scheduling" ->
          true;
      default -> false;
    };
  }

  private static String message(String field, Map<String, String> fields) {
    return switch (field) {
      case "parameters" -> {
        StringBuilder all = new StringBuilder();
        fields.forEach((key, value) ->
            all.append(
                "parameters { key: \"%s\" value: { string_value: \"%s\" } }\n"
                    .formatted(key, value)));
        yield all.toString();
      }
      case "input" -> "input [ { name: \"x\" data_type: TYPE_INT64 " + plain(fields, "x.") + "} ]";
      case "ensemble_scheduling" -> steps(fields.getOrDefault("steps", ""));
      case "dynamic_batching" ->
          "dynamic_batching { "
              + plain(fields, "")
              + "default_queue_policy { "
              + plain(fields, "default_queue_policy.")
              + "} }";
      default -> field + " [ { " + plain(fields, "") + "} ]";
    };
  }

  private static String steps(String names) {
    StringBuilder steps = new StringBuilder("ensemble_scheduling { step [");
    for (String name : names.split(",", -1)) {
      steps.append(" { model_name: \"").append(name).append("\" model_version: -1 },");
    }
    return steps.append(" ] }").toString();
  }

  private static String plain(Map<String, String> fields, String prefix) {
    StringBuilder text = new StringBuilder();
    fields.forEach((key, value) -> {
      String rest = key.startsWith(prefix) ? key.substring(prefix.length()) : ".";
      if (!rest.contains(".")) {
        text.append(rest).append(": ").append(quoted(value)).append(' ');
      }
    });
    return text.toString();
  }

  private static String quoted(String value) {
    boolean isBare = value.matches("-?\\d+|true|false|KIND_\\w+|\\[.*\\]");
    return isBare ? value : '"' + value + '"';
  }
}
