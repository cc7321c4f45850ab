/*
 * A reader for the JSON that Triton hands out (model and backend configurations). It allocates nothing:
 * a value is a stretch of the text, which stays the caller's and has to outlive it. waip_json_open checks
 * the whole text, at most WAIP_JSON_DEPTH levels deep; the other calls take values that come from it.
 */
#ifndef WAIP_FRONT_JSON_H
#define WAIP_FRONT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WAIP_JSON_DEPTH = 64 };

struct waip_json {
  const char *at;
  const char *end;
};

/* Place within an object or array. */
struct waip_json_cursor {
  const char *at;
  const char *end;
  bool object;
};

/* False when the text is not one whole JSON value. */
bool waip_json_open(const char *text, size_t bytes, struct waip_json *root);

/* False when `object` is no object or has no such member. Of two members of one name the first counts. */
bool waip_json_member(const struct waip_json *object, const char *name, struct waip_json *value);

/* Member of a member and so on, names parted by '.'. */
bool waip_json_path(const struct waip_json *root, const char *path, struct waip_json *value);

/* Goes through the members of an object or the elements of an array; anything else has none. */
void waip_json_begin(const struct waip_json *container, struct waip_json_cursor *cursor);
/* Next member or element. `name` gets a member's name, a quoted text; may be NULL. */
bool waip_json_next(struct waip_json_cursor *cursor, struct waip_json *name, struct waip_json *value);

/* Decoded text, ended by a zero byte. False when it is no text, holds a zero byte or does not fit. */
bool waip_json_text(const struct waip_json *value, char *out, size_t out_bytes);
bool waip_json_text_is(const struct waip_json *value, const char *text);

/* False when it is no whole number of 64 bits. A quoted number counts: protobuf writes int64 so. */
bool waip_json_integer(const struct waip_json *value, int64_t *out);
bool waip_json_bool(const struct waip_json *value, bool *out);

#endif
