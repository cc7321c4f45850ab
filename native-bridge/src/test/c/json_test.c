/* The JSON reader, on texts a reader can check by hand. */
#include <string.h>

#include "json.h"
#include "testing.h"

static bool opens(const char *text) {
  struct waip_json root;
  return waip_json_open(text, strlen(text), &root);
}

static struct waip_json open_text(const char *text) {
  struct waip_json root;
  CHECK(waip_json_open(text, strlen(text), &root));
  return root;
}

static void accepts_what_json_is(void) {
  static const char *const good[] = {"{}", " [ ] ", "null", "true", "false", "-0", "1.5e+7", "\"\"",
                                     "{\"a\":[1,{\"b\":\"\\u00e9\\n\"},null]}"};
  for (size_t i = 0; i < COUNT_OF(good); i++) {
    CHECK(opens(good[i]));
  }
}

static void refuses_what_json_is_not(void) {
  static const char *const bad[] = {"",       "{",       "{\"a\"}",  "{\"a\":}",  "[1,]",    "[1 2]",   "{,}",
                                    "nul",    "1.",      "-",        "\"",        "\"\\x\"", "\"\\u12\"", "{} {}",
                                    "[1}",    "\"\n\"",  "{1:2}",    "tru",       "[",       "{\"a\":1,"};
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    CHECK(!opens(bad[i]));
  }
}

static void refuses_texts_too_deep(void) {
  char text[2 * WAIP_JSON_DEPTH + 3];
  for (int depth = WAIP_JSON_DEPTH - 1; depth <= WAIP_JSON_DEPTH + 1; depth++) {
    memset(text, '[', (size_t)depth);
    memset(text + depth, ']', (size_t)depth);
    text[2 * depth] = '\0';
    CHECK_INT(opens(text), depth <= WAIP_JSON_DEPTH);
  }
}

static void finds_members_by_path(void) {
  struct waip_json root = open_text("{\"x\":{\"y\":\"no\"},\"a\":{\"b\":{\"c\":\"yes\"}},\"a\":3}");
  struct waip_json value;
  char text[8];
  CHECK(waip_json_path(&root, "a.b.c", &value));
  CHECK(waip_json_text(&value, text, sizeof text) && strcmp(text, "yes") == 0);
  CHECK(!waip_json_path(&root, "a.b.d", &value));
  CHECK(!waip_json_path(&root, "x.y.z", &value));
}

static void goes_through_elements_and_members(void) {
  struct waip_json root = open_text("{\"list\":[4,[5],\"6\"],\"k\":1}");
  struct waip_json list;
  struct waip_json name;
  struct waip_json value;
  struct waip_json_cursor cursor;
  int count = 0;
  waip_json_begin(&root, &cursor);
  CHECK(waip_json_next(&cursor, &name, &list) && waip_json_text_is(&name, "list"));
  CHECK(waip_json_next(&cursor, &name, &value) && waip_json_text_is(&name, "k"));
  CHECK(!waip_json_next(&cursor, &name, &value));
  waip_json_begin(&list, &cursor);
  while (waip_json_next(&cursor, NULL, &value)) {
    count++;
  }
  CHECK_INT(count, 3);
  waip_json_begin(&value, &cursor);
  CHECK(!waip_json_next(&cursor, NULL, &value)); /* "6" holds nothing */
}

static void decodes_texts(void) {
  struct waip_json root = open_text("\"a\\\"\\\\\\/\\t\\u00e9\\u20ac\\ud83d\\ude00\"");
  char text[32];
  CHECK(waip_json_text(&root, text, sizeof text));
  CHECK(strcmp(text, "a\"\\/\t\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") == 0);
}

static void refuses_texts_that_cannot_be_c_strings(void) {
  static const char *const bad[] = {"\"a\\u0000b\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ude00\"", "12", "[]"};
  char text[32];
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    struct waip_json root = open_text(bad[i]);
    CHECK(!waip_json_text(&root, text, sizeof text));
  }
}

static void refuses_texts_that_do_not_fit(void) {
  struct waip_json root = open_text("\"abcd\"");
  char text[5];
  CHECK(waip_json_text(&root, text, 5));
  CHECK(!waip_json_text(&root, text, 4));
  CHECK(!waip_json_text(&root, text, 0));
}

static void reads_whole_numbers(void) {
  static const struct {
    const char *text;
    bool good;
    int64_t number;
  } cases[] = {{"0", true, 0},
               {"-17", true, -17},
               {"\"42\"", true, 42},
               {"9223372036854775807", true, INT64_MAX},
               {"-9223372036854775808", true, INT64_MIN},
               {"9223372036854775808", false, 0},
               {"1.0", false, 0},
               {"\"\"", false, 0},
               {"true", false, 0}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct waip_json root = open_text(cases[i].text);
    int64_t number = 0;
    CHECK_INT(waip_json_integer(&root, &number), cases[i].good);
    CHECK_INT(number, cases[i].number);
  }
}

int main(void) {
  accepts_what_json_is();
  refuses_what_json_is_not();
  refuses_texts_too_deep();
  finds_members_by_path();
  goes_through_elements_and_members();
  decodes_texts();
  refuses_texts_that_cannot_be_c_strings();
  refuses_texts_that_do_not_fit();
  reads_whole_numbers();
  printf("json_test: %d checks\n", checks_run);
  return 0;
}
