package io.waip.cli.demo;

import io.waip.api.Tier;
import io.waip.cli.report.Texts;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.QueuePolicy;
import io.waip.replay.dynamic.ShapeRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A dynamic batcher's settings, as people and as programs read them. */
final class SettingsText {
  private SettingsText() {}

  static String of(DynamicBatcherSettings settings) {
    QueuePolicy interactive = settings.policyOf(Tier.INTERACTIVE);
    StringBuilder text = new StringBuilder("max batch " + settings.maxBatch());
    if (!settings.preferredBatches().isEmpty()) {
      text.append(", preferred ").append(settings.preferredBatches());
    }
    text.append(Texts.format(", delay %.0f ms", settings.maxQueueDelayNanos() / 1e6));
    text.append(", ").append(shapes(settings.shapes()));
    text.append(settings.hasPriorityLevels() ? "" : ", one queue");
    text.append(
        interactive.timeoutNanos() == 0
            ? ", no timeout"
            : Texts.format(", timeout %.0f ms", interactive.timeoutNanos() / 1e6));
    text.append(interactive.maxQueueSize() == 0 ? "" : ", max queue " + interactive.maxQueueSize());
    return text.toString();
  }

  private static String shapes(ShapeRule rule) {
    return switch (rule) {
      case EQUAL -> "equal shapes";
      case PADDED_TO_MAX -> "padded to max";
      case RAGGED -> "ragged";
    };
  }

  /** Returns the settings under the names Triton's configuration gives them where it has one. */
  static Map<String, Object> figures(DynamicBatcherSettings settings, List<String> variants) {
    QueuePolicy interactive = settings.policyOf(Tier.INTERACTIVE);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("variant", variants.get(settings.variant()));
    map.put("max_batch_size", settings.maxBatch());
    map.put(
        "preferred_batch_size",
        settings.preferredBatches().isEmpty()
            ? List.of(settings.maxBatch())
            : settings.preferredBatches());
    map.put("max_queue_delay_ms", settings.maxQueueDelayNanos() / 1e6);
    map.put("shapes", settings.shapes().name().toLowerCase(Locale.ROOT));
    map.put(
        "priority_levels",
        settings.hasPriorityLevels() ? List.of("interactive", "offline") : List.of());
    map.put("interactive_timeout_ms", interactive.timeoutNanos() / 1e6);
    map.put("timeout_action", "REJECT");
    map.put("max_queue_size", interactive.maxQueueSize());
    map.put("instances", Preparation.WORKERS);
    return map;
  }
}
