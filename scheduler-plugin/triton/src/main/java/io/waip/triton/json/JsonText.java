package io.waip.triton.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quotes JSON text, and finds one plain text field of an answer. */
public final class JsonText {
  private JsonText() {}

  /** Returns a quoted JSON string (RFC 8259, section 7). */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /**
   * Returns the first field of this name whose value is a string without escapes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static String stringOf(String json, String field) {
    Matcher found =
        Pattern.compile(Pattern.quote(quote(field)) + "\\s*:\\s*\"([^\"\\\\]*)\"").matcher(json);
    if (!found.find()) {
      throw new IllegalArgumentException("no " + field + " in " + json);
    }
    return found.group(1);
  }
}
