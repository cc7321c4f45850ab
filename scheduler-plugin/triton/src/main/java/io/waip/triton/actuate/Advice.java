package io.waip.triton.actuate;

import io.waip.api.actuate.ModelSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines of {@code config.pbtxt} in which two configurations of a model differ. */
final class Advice {
  private Advice() {}

  /** Returns what to do and, below, the fields with what they should hold. */
  static List<String> lines(Configuration before, Configuration after) {
    ModelSetting from = before.setting();
    ModelSetting to = after.setting();
    List<String> lines = new ArrayList<>();
    lines.add(
        "# In config.pbtxt of '%s' set these fields, leave others as they are, then start the server again:"
            .formatted(to.model()));
    if (!from.maxBatch().equals(to.maxBatch())) {
      lines.add(maxBatch(to.maxBatch().orElse(0)));
    }
    if (from.instances() != to.instances()) {
      lines.add(group(after.group()));
    }
    if (!from.threads().equals(to.threads())) {
      lines.add(threads(to.threads().orElse(0)));
    }
    if (!from.queueDelay().equals(to.queueDelay())
        || !from.preferredBatches().equals(to.preferredBatches())) {
      lines.add(batching(to));
    }
    return lines;
  }

  static String maxBatch(int rows) {
    return Configuration.MAX_BATCH + ": " + rows;
  }

  /** A group of instances with its count, kind and devices. */
  static String group(Map<String, Object> group) {
    StringBuilder line =
        new StringBuilder("instance_group [ { count: ").append(group.get(Configuration.COUNT));
    if (group.get("kind") instanceof String kind) {
      line.append(" kind: ").append(kind);
    }
    if (group.get("gpus") instanceof List<?> gpus && !gpus.isEmpty()) {
      line.append(" gpus: ").append(gpus);
    }
    return line.append(" } ]").toString();
  }

  static String threads(int count) {
    return "parameters { key: \"%s\" value: { string_value: \"%d\" } }"
        .formatted(Configuration.THREADS, count);
  }

  static String batching(ModelSetting setting) {
    StringBuilder line = new StringBuilder("dynamic_batching {");
    if (!setting.preferredBatches().isEmpty()) {
      line.append(' ').append(preferred(setting.preferredBatches()));
    }
    setting
        .queueDelay()
        .ifPresent(delay ->
            line.append(" max_queue_delay_microseconds: ")
                .append(Configuration.wholeMicros(delay)));
    return line.append(" }").toString();
  }

  static String preferred(List<Integer> sizes) {
    return sizes.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "preferred_batch_size: [ ", " ]"));
  }
}
