package io.waip.triton.client;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.waip.triton.json.JsonText;
import java.util.List;
import java.util.Map;

/**
 * Writes messages as JSON with the schema's own field names, as Triton reads them: enumerations by
 * name, 64-bit numbers as numbers, maps as objects, unset fields left out.
 */
final class MessageJson {
  private MessageJson() {}

  /**
   * Returns the text.
   *
   * @throws IllegalArgumentException if the message has fields that the schema does not
   */
  static String write(Message message) {
    StringBuilder out = new StringBuilder();
    write(out, message);
    return out.toString();
  }

  private static void write(StringBuilder out, MessageOrBuilder message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw new IllegalArgumentException(
          "%s has fields that are not known here: %s"
              .formatted(
                  message.getDescriptorForType().getName(),
                  message.getUnknownFields().asMap().keySet()));
    }
    char separator = '{';
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      out.append(separator).append(JsonText.quote(field.getKey().getName())).append(':');
      writeField(out, field.getKey(), field.getValue());
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void writeField(StringBuilder out, FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      writeMap(out, (List<?>) value);
    } else if (field.isRepeated()) {
      char separator = '[';
      for (Object element : (List<?>) value) {
        out.append(separator);
        writeValue(out, element);
        separator = ',';
      }
      out.append(']');
    } else {
      writeValue(out, value);
    }
  }

  private static void writeMap(StringBuilder out, List<?> entries) {
    char separator = '{';
    for (Object element : entries) {
      Message entry = (Message) element;
      FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
      FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
      out.append(separator).append(JsonText.quote(String.valueOf(entry.getField(key)))).append(':');
      writeValue(out, entry.getField(value));
      separator = ',';
    }
    out.append('}');
  }

  private static void writeValue(StringBuilder out, Object value) {
    switch (value) {
      case Message message -> write(out, message);
      case EnumValueDescriptor word -> out.append(JsonText.quote(word.getName()));
      case String text -> out.append(JsonText.quote(text));
      default -> out.append(value);
    }
  }
}
