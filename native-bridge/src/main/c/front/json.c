#include "json.h"

#include <string.h>

static const char *skip_space(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) {
    at++;
  }
  return at;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Reads the four digits of \uXXXX; -1 when there are not four. */
static int32_t read_hex4(const char *at, const char *end) {
  int32_t code = 0;
  if (end - at < 4) {
    return -1;
  }
  for (int i = 0; i < 4; i++) {
    int digit = hex_digit(at[i]);
    if (digit < 0) {
      return -1;
    }
    code = code * 16 + digit;
  }
  return code;
}

static const char *skip_escape(const char *at, const char *end) {
  if (at >= end) {
    return NULL;
  }
  if (*at == 'u') {
    return read_hex4(at + 1, end) < 0 ? NULL : at + 5;
  }
  return memchr("\"\\/bfnrt", *at, 8) == NULL ? NULL : at + 1;
}

/* `at` is on the opening quote. Returns the place behind the closing one, or NULL. */
static const char *skip_text(const char *at, const char *end) {
  at++;
  while (at != NULL && at < end && *at != '"') {
    if ((unsigned char)*at < 0x20) {
      return NULL;
    }
    at = *at == '\\' ? skip_escape(at + 1, end) : at + 1;
  }
  return at == NULL || at >= end ? NULL : at + 1;
}

static const char *skip_digits(const char *at, const char *end) {
  const char *start = at;
  while (at < end && *at >= '0' && *at <= '9') {
    at++;
  }
  return at == start ? NULL : at;
}

static const char *skip_number(const char *at, const char *end) {
  at = skip_digits(at < end && *at == '-' ? at + 1 : at, end);
  if (at != NULL && at < end && *at == '.') {
    at = skip_digits(at + 1, end);
  }
  if (at != NULL && at < end && (*at == 'e' || *at == 'E')) {
    at++;
    at = skip_digits(at < end && (*at == '+' || *at == '-') ? at + 1 : at, end);
  }
  return at;
}

static const char *skip_word(const char *at, const char *end, const char *word) {
  size_t length = strlen(word);
  return (size_t)(end - at) >= length && memcmp(at, word, length) == 0 ? at + length : NULL;
}

static const char *skip_value(const char *at, const char *end, int depth);

/* A member's name and colon; returns the place of its value. */
static const char *skip_name(const char *at, const char *end) {
  if (at >= end || *at != '"' || (at = skip_text(at, end)) == NULL) {
    return NULL;
  }
  at = skip_space(at, end);
  return at < end && *at == ':' ? skip_space(at + 1, end) : NULL;
}

static const char *skip_container(const char *at, const char *end, int depth) {
  char closing = *at == '{' ? '}' : ']';
  at = skip_space(at + 1, end);
  if (at < end && *at == closing) {
    return at + 1;
  }
  while (at < end) {
    if (closing == '}' && (at = skip_name(at, end)) == NULL) {
      return NULL;
    }
    if ((at = skip_value(at, end, depth)) == NULL) {
      return NULL;
    }
    at = skip_space(at, end);
    if (at >= end || (*at != ',' && *at != closing)) {
      return NULL;
    }
    if (*at++ == closing) {
      return at;
    }
    at = skip_space(at, end);
  }
  return NULL;
}

static const char *skip_value(const char *at, const char *end, int depth) {
  if (at >= end || depth >= WAIP_JSON_DEPTH) {
    return NULL;
  }
  switch (*at) {
    case '{':
    case '[': return skip_container(at, end, depth + 1);
    case '"': return skip_text(at, end);
    case 't': return skip_word(at, end, "true");
    case 'f': return skip_word(at, end, "false");
    case 'n': return skip_word(at, end, "null");
    default: return skip_number(at, end);
  }
}

bool waip_json_open(const char *text, size_t bytes, struct waip_json *root) {
  const char *end = text + bytes;
  const char *at = skip_space(text, end);
  const char *behind = skip_value(at, end, 0);
  if (behind == NULL || skip_space(behind, end) != end) {
    return false;
  }
  *root = (struct waip_json){at, behind};
  return true;
}

void waip_json_begin(const struct waip_json *container, struct waip_json_cursor *cursor) {
  bool object = container->at < container->end && *container->at == '{';
  bool array = container->at < container->end && *container->at == '[';
  *cursor = (struct waip_json_cursor){container->at, container->end, object};
  cursor->at = object || array ? container->at + 1 : container->end;
}

bool waip_json_next(struct waip_json_cursor *cursor, struct waip_json *name, struct waip_json *value) {
  const char *at = skip_space(cursor->at, cursor->end);
  if (at < cursor->end && *at == ',') {
    at = skip_space(at + 1, cursor->end);
  }
  if (at >= cursor->end || *at == '}' || *at == ']') {
    cursor->at = cursor->end;
    return false;
  }
  const char *start = at;
  if (cursor->object && (at = skip_name(at, cursor->end)) == NULL) {
    cursor->at = cursor->end;
    return false;
  }
  const char *behind = skip_value(at, cursor->end, 0);
  if (behind == NULL) {
    cursor->at = cursor->end;
    return false;
  }
  if (name != NULL) {
    *name = (struct waip_json){start, at};
  }
  *value = (struct waip_json){at, behind};
  cursor->at = behind;
  return true;
}

/* Writes one code point as UTF-8; NULL when it does not fit or ends texts. */
static char *put_code_point(char *out, const char *out_end, uint32_t code) {
  if (code == 0 || out_end - out < 5) {
    return NULL;
  }
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xC0 | code >> 6);
    *out++ = (char)(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *out++ = (char)(0xE0 | code >> 12);
    *out++ = (char)(0x80 | (code >> 6 & 0x3F));
    *out++ = (char)(0x80 | (code & 0x3F));
  } else {
    *out++ = (char)(0xF0 | code >> 18);
    *out++ = (char)(0x80 | (code >> 12 & 0x3F));
    *out++ = (char)(0x80 | (code >> 6 & 0x3F));
    *out++ = (char)(0x80 | (code & 0x3F));
  }
  return out;
}

/* `at` is on the 'u'. A high surrogate takes its low one along; a lone one is refused. */
static const char *take_unicode(const char *at, const char *end, uint32_t *code) {
  int32_t high = read_hex4(at + 1, end);
  at += 5;
  *code = (uint32_t)high;
  if (high < 0xD800 || high > 0xDFFF) {
    return at;
  }
  if (high > 0xDBFF || end - at < 6 || at[0] != '\\' || at[1] != 'u') {
    return NULL;
  }
  int32_t low = read_hex4(at + 2, end);
  if (low < 0xDC00 || low > 0xDFFF) {
    return NULL;
  }
  *code = 0x10000u + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
  return at + 6;
}

static const char *take_escape(const char *at, const char *end, uint32_t *code) {
  static const char from[] = "bfnrt";
  static const char to[] = "\b\f\n\r\t";
  if (*at == 'u') {
    return take_unicode(at, end, code);
  }
  const char *found = memchr(from, *at, sizeof from - 1);
  *code = (uint32_t)(unsigned char)(found == NULL ? *at : to[found - from]);
  return at + 1;
}

bool waip_json_text(const struct waip_json *value, char *out, size_t out_bytes) {
  if (value->at >= value->end || *value->at != '"' || out_bytes == 0) {
    return false;
  }
  const char *out_end = out + out_bytes;
  const char *at = value->at + 1;
  while (at < value->end && *at != '"') {
    if (*at != '\\') {
      if (out_end - out < 2) {
        return false;
      }
      *out++ = *at++;
      continue;
    }
    uint32_t code = 0;
    at = take_escape(at + 1, value->end, &code);
    if (at == NULL || (out = put_code_point(out, out_end, code)) == NULL) {
      return false;
    }
  }
  *out = '\0';
  return true;
}

/* Names and values compared here hold no escapes in what Triton writes; an escaped one is decoded. */
bool waip_json_text_is(const struct waip_json *value, const char *text) {
  char decoded[512];
  return waip_json_text(value, decoded, sizeof decoded) && strcmp(decoded, text) == 0;
}

bool waip_json_member(const struct waip_json *object, const char *name, struct waip_json *value) {
  struct waip_json_cursor cursor;
  struct waip_json found;
  if (object->at >= object->end || *object->at != '{') {
    return false;
  }
  waip_json_begin(object, &cursor);
  while (waip_json_next(&cursor, &found, value)) {
    if (waip_json_text_is(&found, name)) {
      return true;
    }
  }
  return false;
}

bool waip_json_path(const struct waip_json *root, const char *path, struct waip_json *value) {
  char name[128];
  *value = *root;
  while (*path != '\0') {
    const char *dot = strchr(path, '.');
    size_t length = dot == NULL ? strlen(path) : (size_t)(dot - path);
    if (length >= sizeof name) {
      return false;
    }
    memcpy(name, path, length);
    name[length] = '\0';
    struct waip_json object = *value;
    if (!waip_json_member(&object, name, value)) {
      return false;
    }
    path += length + (dot != NULL);
  }
  return true;
}

bool waip_json_integer(const struct waip_json *value, int64_t *out) {
  const char *at = value->at;
  const char *end = value->end;
  if (end - at >= 2 && *at == '"') {
    at++;
    end--;
  }
  bool negative = at < end && *at == '-';
  int64_t number = 0;
  at += negative;
  if (at >= end) {
    return false;
  }
  for (; at < end; at++) {
    int digit = *at - '0';
    if (digit < 0 || digit > 9 || __builtin_mul_overflow(number, 10, &number) ||
        __builtin_sub_overflow(number, digit, &number)) {
      return false;
    }
  }
  /* Counted downwards, because the lowest number has no positive twin. */
  if (!negative && number == INT64_MIN) {
    return false;
  }
  *out = negative ? number : -number;
  return true;
}

bool waip_json_bool(const struct waip_json *value, bool *out) {
  size_t length = (size_t)(value->end - value->at);
  bool yes = length == 4 && memcmp(value->at, "true", 4) == 0;
  bool no = length == 5 && memcmp(value->at, "false", 5) == 0;
  *out = yes;
  return yes || no;
}
