package io.waip.replay.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.waip.api.v1.DecisionRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The first field in which two records differ.
 *
 * @param field its path, such as {@code dispatch.predicted_nanos}
 * @param recorded the one value, or {@code nothing}
 * @param reproduced the other value, or {@code nothing}
 */
public record Difference(String field, String recorded, String reproduced) {
  private static final String NOTHING = "nothing";

  /** Returns what a record and its absence differ in. */
  static Difference missing(DecisionRecord recorded) {
    return new Difference("kind", kind(recorded), NOTHING);
  }

  /** Returns what the absence of a record and a record differ in. */
  static Difference surplus(DecisionRecord reproduced) {
    return new Difference("kind", NOTHING, kind(reproduced));
  }

  /** Returns the first difference, or empty where both would be written as the same bytes. */
  static Optional<Difference> between(DecisionRecord recorded, DecisionRecord reproduced) {
    if (recorded.equals(reproduced)) {
      return Optional.empty();
    }
    if (recorded.getKindCase() != reproduced.getKindCase()) {
      return Optional.of(new Difference("kind", kind(recorded), kind(reproduced)));
    }
    return Optional.of(
        first("", recorded, reproduced)
            .orElseThrow(() -> new IllegalStateException("unequal, and no field differs")));
  }

  /** Returns the kind of a record in lower case, such as {@code dispatch}. */
  static String kind(DecisionRecord record) {
    return record.getKindCase().name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Difference> first(String path, Message recorded, Message reproduced) {
    for (FieldDescriptor field : recorded.getDescriptorForType().getFields()) {
      String name = path + field.getName();
      Optional<Difference> found =
          field.isRepeated()
              ? firstOf(name, values(recorded, field), values(reproduced, field))
              : compare(name, value(recorded, field), value(reproduced, field));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<?> values(Message message, FieldDescriptor field) {
    return (List<?>) message.getField(field);
  }

  private static Object value(Message message, FieldDescriptor field) {
    return field.hasPresence() && !message.hasField(field) ? NOTHING : message.getField(field);
  }

  private static Optional<Difference> firstOf(String path, List<?> recorded, List<?> reproduced) {
    for (int i = 0; i < Math.max(recorded.size(), reproduced.size()); i++) {
      Optional<Difference> found =
          compare(
              "%s[%d]".formatted(path, i),
              i < recorded.size() ? recorded.get(i) : NOTHING,
              i < reproduced.size() ? reproduced.get(i) : NOTHING);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Difference> compare(String path, Object recorded, Object reproduced) {
    if (Objects.equals(recorded, reproduced)) {
      return Optional.empty();
    }
    if (recorded instanceof Message left && reproduced instanceof Message right) {
      return first(path + ".", left, right);
    }
    return Optional.of(new Difference(path, text(recorded), text(reproduced)));
  }

  private static String text(Object value) {
    return value instanceof Message
        ? "one more"
        : value instanceof ByteString bytes
            ? HexFormat.of().formatHex(bytes.toByteArray())
            : String.valueOf(value);
  }

  @Override
  public String toString() {
    return "%s: recorded %s, reproduced %s".formatted(field, recorded, reproduced);
  }
}
