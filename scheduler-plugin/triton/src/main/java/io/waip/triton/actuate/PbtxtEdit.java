package io.waip.triton.actuate;

import com.google.protobuf.TextFormat;
import io.waip.api.actuate.ModelSetting;
import io.waip.triton.actuate.PbtxtScan.Field;
import io.waip.triton.actuate.PbtxtScan.Span;
import io.waip.triton.client.wire.ModelConfig;
import io.waip.triton.client.wire.ModelDynamicBatching;
import io.waip.triton.client.wire.ModelParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts a setting into the text of a {@code config.pbtxt}; what the setting is not about stays byte
 * for byte. Protobuf's own parser has the last word: the new text has to mean the old one with the
 * setting in it and nothing else.
 */
final class PbtxtEdit {
  private final String text;
  private final List<Change> changes = new ArrayList<>();
  private final StringBuilder appended = new StringBuilder();

  private record Change(Span span, String replacement) {}

  private PbtxtEdit(String text) {
    this.text = text;
  }

  /**
   * Returns the new text.
   *
   * @param before what runs with {@code text}
   * @param after {@code before} with the setting in it
   * @throws IllegalArgumentException if the text cannot be changed so; the message says why
   */
  static String of(String text, Configuration before, Configuration after) {
    ModelSetting from = before.setting();
    ModelSetting to = after.setting();
    PbtxtEdit edit = new PbtxtEdit(text);
    ModelConfig.Builder meant = parsed(text);
    if (from.instances() != to.instances()) {
      edit.instances(after, meant);
    }
    if (!from.maxBatch().equals(to.maxBatch())) {
      int rows = to.maxBatch().orElse(0);
      edit.setAtTop(Configuration.MAX_BATCH, rows, Advice.maxBatch(rows));
      meant.setMaxBatchSize(rows);
    }
    if (!from.threads().equals(to.threads())) {
      edit.threads(to.threads().orElse(0), meant);
    }
    edit.batching(from, to, meant);
    String edited = edit.apply();
    if (!parsed(edited).build().equals(meant.build())) {
      throw new IllegalArgumentException("its config.pbtxt is written in a way not known here");
    }
    return edited;
  }

  private static ModelConfig.Builder parsed(String text) {
    try {
      ModelConfig.Builder parsed = ModelConfig.newBuilder();
      TextFormat.merge(text, parsed);
      return parsed;
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException("its config.pbtxt cannot be read: " + e.getMessage(), e);
    }
  }

  private void instances(Configuration after, ModelConfig.Builder meant) {
    List<Span> groups = messages(whole(), Configuration.INSTANCE_GROUP);
    ModelConfig.Builder group = parsed(Advice.group(after.group()));
    if (groups.isEmpty()) {
      append(Advice.group(after.group()));
      meant.addInstanceGroup(group.getInstanceGroup(0));
      return;
    }
    if (groups.size() > 1) {
      throw new IllegalArgumentException("its config.pbtxt has several groups of instances");
    }
    int count = group.getInstanceGroup(0).getCount();
    set(groups.getFirst(), Configuration.COUNT, String.valueOf(count));
    meant.getInstanceGroupBuilder(0).setCount(count);
  }

  private void threads(int count, ModelConfig.Builder meant) {
    meant.putParameters(
        Configuration.THREADS,
        ModelParameter.newBuilder().setStringValue(String.valueOf(count)).build());
    for (Span entry : messages(whole(), Configuration.PARAMETERS)) {
      boolean isThreads =
          fields(entry, "key").stream()
              .flatMap(field -> field.value().stream())
              .anyMatch(key ->
                  text.substring(key.start() + 1, key.end() - 1).equals(Configuration.THREADS));
      if (isThreads) {
        for (Span value : messages(entry, "value")) {
          set(value, Configuration.STRING_VALUE, "\"" + count + "\"");
        }
        return;
      }
    }
    append(Advice.threads(count));
  }

  private void batching(ModelSetting from, ModelSetting to, ModelConfig.Builder meant) {
    boolean delays = !from.queueDelay().equals(to.queueDelay());
    boolean prefers = !from.preferredBatches().equals(to.preferredBatches());
    List<Span> messages = messages(whole(), Configuration.BATCHING);
    if (messages.isEmpty()) {
      if (delays || prefers) {
        append(Advice.batching(to));
        meant.setDynamicBatching(parsed(Advice.batching(to)).getDynamicBatching());
      }
      return;
    }
    Span batching = messages.getFirst();
    ModelDynamicBatching.Builder built = meant.getDynamicBatchingBuilder();
    if (delays) {
      long micros = Configuration.wholeMicros(to.queueDelay().orElseThrow());
      set(batching, Configuration.DELAY, String.valueOf(micros));
      built.setMaxQueueDelayMicroseconds(micros);
    }
    // Sizes that the server filled in follow the largest batch without being written.
    boolean written = !fields(batching, Configuration.PREFERRED).isEmpty();
    if (prefers && (written || !isLargestAlone(to))) {
      setPreferred(batching, to.preferredBatches());
      built.clearPreferredBatchSize().addAllPreferredBatchSize(to.preferredBatches());
    }
  }

  private static boolean isLargestAlone(ModelSetting setting) {
    return setting.preferredBatches().equals(List.of(setting.maxBatch().orElse(0)));
  }

  private void setPreferred(Span batching, List<Integer> sizes) {
    List<Field> present = fields(batching, Configuration.PREFERRED);
    if (present.isEmpty()) {
      insert(batching, Advice.preferred(sizes));
    }
    for (int i = 0; i < present.size(); i++) {
      changes.add(new Change(present.get(i).whole(), i == 0 ? Advice.preferred(sizes) : ""));
    }
  }

  private void setAtTop(String name, long value, String line) {
    if (fields(whole(), name).isEmpty()) {
      append(line);
    } else {
      set(whole(), name, String.valueOf(value));
    }
  }

  /** Sets a scalar within a message. */
  private void set(Span message, String name, String literal) {
    List<Field> present = fields(message, name);
    if (present.isEmpty()) {
      insert(message, name + ": " + literal);
      return;
    }
    Span value =
        present
            .getLast()
            .value()
            .orElseThrow(() -> new IllegalArgumentException("its " + name + " is no single value"));
    changes.add(new Change(value, literal));
  }

  private void insert(Span message, String field) {
    changes.add(new Change(new Span(message.start(), message.start()), " " + field));
  }

  private void append(String line) {
    appended.append(line).append('\n');
  }

  private String apply() {
    StringBuilder edited = new StringBuilder(text);
    changes.sort(Comparator.comparingInt((Change change) -> change.span().start()).reversed());
    changes.forEach(
        change -> edited.replace(change.span().start(), change.span().end(), change.replacement()));
    if (!appended.isEmpty() && !edited.isEmpty() && edited.charAt(edited.length() - 1) != '\n') {
      edited.append('\n');
    }
    return edited.append(appended).toString();
  }

  private Span whole() {
    return new Span(0, text.length());
  }

  private List<Field> fields(Span within, String name) {
    return PbtxtScan.fields(text, within).stream()
        .filter(field -> field.name().equals(name))
        .toList();
  }

  private List<Span> messages(Span within, String name) {
    return fields(within, name).stream().flatMap(field -> field.messages().stream()).toList();
  }
}
