package io.waip.triton.embedded;

import io.waip.triton.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model configuration under construction, written both as {@code config.pbtxt} and as the JSON
 * that a load takes in its place.
 */
final class ConfigText {
  private final List<Field> fields = new ArrayList<>();

  /**
   * A field; values are String, Long, Boolean, Word, ConfigText, List of these, or Map to text or
   * message.
   */
  private record Field(String name, Object value) {}

  /** A name of an enumeration: bare in text format, a string in JSON. */
  record Word(String name) {}

  ConfigText add(String name, Object value) {
    fields.add(new Field(name, value));
    return this;
  }

  /** Adds a field unless its value is the default of the schema. */
  ConfigText addUnless(Object absent, String name, Object value) {
    return absent.equals(value) ? this : add(name, value);
  }

  String toPbtxt() {
    StringBuilder out = new StringBuilder();
    writePbtxt(out, "");
    return out.toString();
  }

  private void writePbtxt(StringBuilder out, String indent) {
    for (Field field : fields) {
      switch (field.value()) {
        case List<?> values -> values.forEach(v -> writeField(out, indent, field.name(), v));
        case Map<?, ?> entries ->
            entries.forEach(
                (key, value) -> writeField(out, indent, field.name(), entry(key, value)));
        default -> writeField(out, indent, field.name(), field.value());
      }
    }
  }

  private static ConfigText entry(Object key, Object value) {
    // The schema has maps from text to text, and from numbers to messages.
    Object written = value instanceof ConfigText ? new Word(String.valueOf(key)) : key;
    return new ConfigText().add("key", written).add("value", entryValue(value));
  }

  private static ConfigText entryValue(Object value) {
    return value instanceof ConfigText message
        ? message
        : new ConfigText().add("string_value", value);
  }

  private static void writeField(StringBuilder out, String indent, String name, Object value) {
    out.append(indent).append(name);
    if (value instanceof ConfigText message) {
      out.append(" {\n");
      message.writePbtxt(out, indent + "  ");
      out.append(indent).append("}\n");
    } else {
      out.append(": ").append(value instanceof Word w ? w.name() : scalar(value)).append('\n');
    }
  }

  String toJson() {
    StringBuilder out = new StringBuilder();
    writeJson(out);
    return out.toString();
  }

  private void writeJson(StringBuilder out) {
    String separator = "{";
    for (Field field : fields) {
      out.append(separator).append(JsonText.quote(field.name())).append(':');
      writeJson(out, field.value());
      separator = ",";
    }
    out.append(fields.isEmpty() ? "{}" : "}");
  }

  private static void writeJson(StringBuilder out, Object value) {
    switch (value) {
      case ConfigText message -> message.writeJson(out);
      case List<?> values -> {
        String separator = "[";
        for (Object element : values) {
          out.append(separator);
          writeJson(out, element);
          separator = ",";
        }
        out.append(values.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> entries -> {
        ConfigText object = new ConfigText();
        entries.forEach((key, text) -> object.add(String.valueOf(key), entryValue(text)));
        object.writeJson(out);
      }
      default -> out.append(value instanceof Word w ? JsonText.quote(w.name()) : scalar(value));
    }
  }

  /** Both formats write numbers, booleans and quoted strings the same way. */
  private static String scalar(Object value) {
    return value instanceof String text ? JsonText.quote(text) : value.toString();
  }
}
