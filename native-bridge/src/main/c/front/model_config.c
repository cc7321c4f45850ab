#include "model_config.h"

#include <stdio.h>
#include <string.h>

#include "waip/triton_api.h"

enum kind { TEXT, CHOICE, DURATION, INTEGER };

#define MILLIS INT64_C(1000000)
#define SECONDS (1000 * MILLIS)

/* One key: where its value lives, what is allowed, and how the allowed is told to the operator. */
struct knob {
  const char *key;
  enum kind kind;
  size_t offset;
  size_t bytes; /* of a text */
  int64_t min;
  int64_t max;
  int64_t initial;
  const char *allowed; /* of a choice: its words, in the order of their numbers, parted by '|' */
};

#define TEXT_KNOB(key) {#key, TEXT, offsetof(struct waip_knobs, key), \
                        sizeof(((struct waip_knobs *)0)->key), 0, 0, 0, "1 byte or more"}
#define TIME_KNOB(key, min, max, initial, allowed) \
  {#key, DURATION, offsetof(struct waip_knobs, key##_nanos), 0, min, max, initial, allowed}

static const struct knob KNOBS[] = {
  {"mode", CHOICE, offsetof(struct waip_knobs, mode), 0, 0, 1, WAIP_MODE_FRONT, "front|direct"},
  {"seat", CHOICE, offsetof(struct waip_knobs, seat), 0, 0, 1, WAIP_SEAT_CHILD, "child|inprocess"},
  TEXT_KNOB(target),
  {"target_version", INTEGER, offsetof(struct waip_knobs, target_version), 0, 1, INT64_MAX, -1,
   "1 or more"},
  TEXT_KNOB(planner_config),
  TEXT_KNOB(runtime),
  TEXT_KNOB(control_folder),
  TIME_KNOB(heartbeat_timeout, 100 * MILLIS, 60 * SECONDS, 500 * MILLIS, "100ms to 60s"),
  TIME_KNOB(suspect_timeout, 50 * MILLIS, 60 * SECONDS, 0, "50ms to heartbeat_timeout"),
  TIME_KNOB(start_timeout, SECONDS, 600 * SECONDS, 60 * SECONDS, "1s to 600s"),
  TIME_KNOB(backoff_min, 10 * MILLIS, 60 * SECONDS, 200 * MILLIS, "10ms to 60s"),
  TIME_KNOB(backoff_max, 10 * MILLIS, 600 * SECONDS, 10 * SECONDS, "10ms to 600s"),
  {"drain_on_signal", CHOICE, offsetof(struct waip_knobs, drain_on_signal), 0, 0, 1, 1, "off|on"},
  TEXT_KNOB(pad_input),
  {"pad_axis", INTEGER, offsetof(struct waip_knobs, pad_axis), 0, 1, WAIP_RINGS_DIMS - 1, 1, "1 to 7"},
  {"pad_value", INTEGER, offsetof(struct waip_knobs, pad_value), 0, INT64_MIN, INT64_MAX, 0,
   "a whole number"},
  TEXT_KNOB(mask_input),
  TEXT_KNOB(trim_outputs),
};

enum { KNOB_COUNT = sizeof KNOBS / sizeof KNOBS[0] };

static void *place(struct waip_knobs *knobs, const struct knob *knob) {
  return (char *)knobs + knob->offset;
}

void waip_knobs_default(struct waip_knobs *knobs) {
  memset(knobs, 0, sizeof *knobs);
  for (size_t i = 0; i < KNOB_COUNT; i++) {
    const struct knob *knob = &KNOBS[i];
    if (knob->kind == CHOICE) {
      int32_t number = (int32_t)knob->initial;
      memcpy(place(knobs, knob), &number, sizeof number);
    } else if (knob->kind != TEXT) {
      memcpy(place(knobs, knob), &knob->initial, sizeof knob->initial);
    }
  }
}

static bool parse_whole(const char *text, int64_t *number) {
  struct waip_json value = {text, text + strlen(text)};
  return waip_json_integer(&value, number) && *text != '"';
}

bool waip_duration_parse(const char *text, int64_t *nanos) {
  static const struct {
    const char *unit;
    int64_t nanos;
  } units[] = {{"ns", 1}, {"us", 1000}, {"ms", MILLIS}, {"s", SECONDS}, {"min", 60 * SECONDS}};
  size_t digits = strspn(text, "0123456789");
  struct waip_json number = {text, text + digits};
  int64_t count;
  if (digits == 0 || !waip_json_integer(&number, &count)) {
    return false;
  }
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
    if (strcmp(text + digits, units[i].unit) == 0) {
      return !__builtin_mul_overflow(count, units[i].nanos, nanos);
    }
  }
  return false;
}

static bool set_choice(void *at, const char *words, const char *text) {
  size_t length = strlen(text);
  for (int32_t number = 0; *words != '\0'; number++) {
    size_t word = strcspn(words, "|");
    if (word == length && memcmp(words, text, word) == 0) {
      memcpy(at, &number, sizeof number);
      return true;
    }
    words += word + (words[word] == '|');
  }
  return false;
}

static bool set_number(void *at, const struct knob *knob, const char *text) {
  int64_t number;
  bool read = knob->kind == DURATION ? waip_duration_parse(text, &number) : parse_whole(text, &number);
  if (!read || number < knob->min || number > knob->max) {
    return false;
  }
  memcpy(at, &number, sizeof number);
  return true;
}

static bool set_text(void *at, const struct knob *knob, const char *text) {
  size_t length = strlen(text);
  if (length == 0 || length >= knob->bytes) {
    return false;
  }
  memcpy(at, text, length + 1);
  return true;
}

static bool set_knob(struct waip_knobs *knobs, const struct knob *knob, const char *text) {
  void *at = place(knobs, knob);
  switch (knob->kind) {
    case CHOICE: return set_choice(at, knob->allowed, text);
    case TEXT: return set_text(at, knob, text);
    default: return set_number(at, knob, text);
  }
}

static const struct knob *find_knob(const struct waip_json *name) {
  for (size_t i = 0; i < KNOB_COUNT; i++) {
    if (waip_json_text_is(name, KNOBS[i].key)) {
      return &KNOBS[i];
    }
  }
  return NULL;
}

/* Applies the text, and tells key, value, what is allowed and the remedy when it does not fit. */
static bool apply(struct waip_knobs *knobs, const struct knob *knob, const struct waip_json *text,
                  const char *where, struct waip_message *fault) {
  char value[WAIP_LIST_BYTES];
  if (!waip_json_text(text, value, sizeof value)) {
    return waip_fault(fault, "waip: %s '%s' has no readable text; allowed: %s", where, knob->key, knob->allowed);
  }
  if (!set_knob(knobs, knob, value)) {
    return waip_fault(fault, "waip: %s '%s' is '%.100s'; allowed: %s%s", where, knob->key, value, knob->allowed,
                      knob->kind == DURATION ? ", with its unit (ns, us, ms, s, min)" : "");
  }
  return true;
}

bool waip_knobs_read_backend(struct waip_knobs *knobs, const struct waip_json *backend_config,
                             struct waip_message *fault) {
  struct waip_json cmdline;
  struct waip_json name;
  struct waip_json value;
  struct waip_json_cursor cursor;
  if (!waip_json_member(backend_config, "cmdline", &cmdline)) {
    return true;
  }
  waip_json_begin(&cmdline, &cursor);
  while (waip_json_next(&cursor, &name, &value)) {
    const struct knob *knob = find_knob(&name);
    if (knob != NULL && !apply(knobs, knob, &value, "backend-config", fault)) {
      return false;
    }
  }
  return true;
}

static bool unknown_key(const struct waip_json *name, struct waip_message *fault) {
  char key[128];
  char keys[WAIP_MESSAGE_BYTES] = "";
  size_t used = 0;
  if (!waip_json_text(name, key, sizeof key)) {
    strcpy(key, "?");
  }
  for (size_t i = 0; i < KNOB_COUNT && used + strlen(KNOBS[i].key) + 2 <= sizeof keys; i++) {
    used += (size_t)snprintf(keys + used, sizeof keys - used, " %s", KNOBS[i].key);
  }
  return waip_fault(fault, "waip: unknown parameter '%s'; allowed:%s", key, keys);
}

static bool read_parameters(struct waip_knobs *knobs, const struct waip_json *model_config,
                            struct waip_message *fault) {
  struct waip_json parameters;
  struct waip_json name;
  struct waip_json value;
  struct waip_json text;
  struct waip_json_cursor cursor;
  if (!waip_json_member(model_config, "parameters", &parameters)) {
    return true;
  }
  waip_json_begin(&parameters, &cursor);
  while (waip_json_next(&cursor, &name, &value)) {
    const struct knob *knob = find_knob(&name);
    if (knob == NULL) {
      return unknown_key(&name, fault);
    }
    if (!waip_json_member(&value, "string_value", &text)) {
      text = (struct waip_json){"", ""};
    }
    if (!apply(knobs, knob, &text, "parameter", fault)) {
      return false;
    }
  }
  return true;
}

uint32_t waip_datatype(const char *config_name) {
  static const struct {
    const char *name;
    TRITONSERVER_DataType type;
  } types[] = {{"TYPE_BOOL", TRITONSERVER_TYPE_BOOL},     {"TYPE_UINT8", TRITONSERVER_TYPE_UINT8},
               {"TYPE_UINT16", TRITONSERVER_TYPE_UINT16}, {"TYPE_UINT32", TRITONSERVER_TYPE_UINT32},
               {"TYPE_UINT64", TRITONSERVER_TYPE_UINT64}, {"TYPE_INT8", TRITONSERVER_TYPE_INT8},
               {"TYPE_INT16", TRITONSERVER_TYPE_INT16},   {"TYPE_INT32", TRITONSERVER_TYPE_INT32},
               {"TYPE_INT64", TRITONSERVER_TYPE_INT64},   {"TYPE_FP16", TRITONSERVER_TYPE_FP16},
               {"TYPE_FP32", TRITONSERVER_TYPE_FP32},     {"TYPE_FP64", TRITONSERVER_TYPE_FP64},
               {"TYPE_STRING", TRITONSERVER_TYPE_BYTES},  {"TYPE_BF16", TRITONSERVER_TYPE_BF16}};
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
    if (strcmp(config_name, types[i].name) == 0) {
      return types[i].type;
    }
  }
  return TRITONSERVER_TYPE_INVALID;
}

uint32_t waip_datatype_bytes(uint32_t datatype) {
  switch (datatype) {
    case TRITONSERVER_TYPE_BOOL:
    case TRITONSERVER_TYPE_UINT8:
    case TRITONSERVER_TYPE_INT8: return 1;
    case TRITONSERVER_TYPE_UINT16:
    case TRITONSERVER_TYPE_INT16:
    case TRITONSERVER_TYPE_FP16:
    case TRITONSERVER_TYPE_BF16: return 2;
    case TRITONSERVER_TYPE_UINT32:
    case TRITONSERVER_TYPE_INT32:
    case TRITONSERVER_TYPE_FP32: return 4;
    case TRITONSERVER_TYPE_UINT64:
    case TRITONSERVER_TYPE_INT64:
    case TRITONSERVER_TYPE_FP64: return 8;
    default: return 0;
  }
}

/* Reads dims; false when there are more than are kept. */
static bool read_dims(const struct waip_json *output, struct waip_output_spec *spec) {
  struct waip_json dims;
  struct waip_json value;
  struct waip_json_cursor cursor;
  if (!waip_json_member(output, "dims", &dims)) {
    return false;
  }
  waip_json_begin(&dims, &cursor);
  while (waip_json_next(&cursor, NULL, &value)) {
    if (spec->rank >= WAIP_RINGS_DIMS || !waip_json_integer(&value, &spec->dims[spec->rank])) {
      return false;
    }
    spec->rank++;
  }
  return true;
}

/* Whether the output's bytes and shape follow from the number of rows. */
static bool read_output(const struct waip_json *output, struct waip_output_spec *spec) {
  struct waip_json value;
  char type[32];
  if (!waip_json_member(output, "name", &value) || !waip_json_text(&value, spec->name, sizeof spec->name) ||
      !waip_json_member(output, "data_type", &value) || !waip_json_text(&value, type, sizeof type) ||
      !read_dims(output, spec)) {
    return false;
  }
  spec->datatype = waip_datatype(type);
  bool fixed = waip_datatype_bytes(spec->datatype) > 0;
  for (uint32_t i = 0; i < spec->rank; i++) {
    fixed = fixed && spec->dims[i] >= 0;
  }
  return fixed;
}

static void read_outputs(struct waip_model_config *config, const struct waip_json *model_config) {
  struct waip_json outputs;
  struct waip_json output;
  struct waip_json_cursor cursor;
  config->fixed_outputs = false;
  if (!waip_json_member(model_config, "output", &outputs)) {
    return;
  }
  config->fixed_outputs = true;
  waip_json_begin(&outputs, &cursor);
  while (waip_json_next(&cursor, NULL, &output)) {
    if (config->output_count == WAIP_OUTPUTS) {
      config->fixed_outputs = false;
      return;
    }
    struct waip_output_spec *spec = &config->outputs[config->output_count++];
    config->fixed_outputs = read_output(&output, spec) && config->fixed_outputs;
  }
}

/* A reshape would be undone by Triton before this backend sees the request: the target would get it. */
static bool reshapes(const struct waip_json *model_config, const char *side) {
  struct waip_json tensors;
  struct waip_json tensor;
  struct waip_json value;
  struct waip_json_cursor cursor;
  if (!waip_json_member(model_config, side, &tensors)) {
    return false;
  }
  waip_json_begin(&tensors, &cursor);
  while (waip_json_next(&cursor, NULL, &tensor)) {
    if (waip_json_member(&tensor, "reshape", &value)) {
      return true;
    }
  }
  return false;
}

static bool is_versioned(const struct waip_json *model_config) {
  struct waip_json value;
  struct waip_json_cursor cursor;
  int64_t kept = 1;
  if (waip_json_path(model_config, "version_policy.all", &value)) {
    return true;
  }
  if (waip_json_path(model_config, "version_policy.specific.versions", &value)) {
    int64_t listed = 0;
    waip_json_begin(&value, &cursor);
    while (waip_json_next(&cursor, NULL, &value)) {
      listed++;
    }
    return listed > 1;
  }
  return waip_json_path(model_config, "version_policy.latest.num_versions", &value) &&
         waip_json_integer(&value, &kept) && kept > 1;
}

static bool check(const struct waip_model_config *config, const struct waip_json *model_config,
                  struct waip_message *fault) {
  const struct waip_knobs *knobs = &config->knobs;
  if (knobs->suspect_timeout_nanos > knobs->heartbeat_timeout_nanos) {
    return waip_fault(fault, "waip: parameter 'suspect_timeout' is above 'heartbeat_timeout'; lower it or raise the other");
  }
  if (knobs->backoff_min_nanos > knobs->backoff_max_nanos) {
    return waip_fault(fault, "waip: parameter 'backoff_min' is above 'backoff_max'; lower it or raise the other");
  }
  if (knobs->mode == WAIP_MODE_FRONT && knobs->target[0] == '\0') {
    return waip_fault(fault, "waip: parameter 'target' is missing; name the model that requests are sent to by "
                             "default");
  }
  if (knobs->mode == WAIP_MODE_FRONT &&
      (reshapes(model_config, "input") || reshapes(model_config, "output"))) {
    return waip_fault(fault, "waip: a front must not reshape; leave 'reshape' to its target's configuration");
  }
  if (knobs->mode == WAIP_MODE_DIRECT && knobs->pad_input[0] == '\0' &&
      (knobs->mask_input[0] != '\0' || knobs->trim_outputs[0] != '\0')) {
    return waip_fault(fault, "waip: parameters 'mask_input' and 'trim_outputs' need 'pad_input'");
  }
  return true;
}

bool waip_model_config_read(struct waip_model_config *config, const struct waip_knobs *backend,
                            const struct waip_json *model_config, struct waip_message *fault) {
  struct waip_json value;
  int64_t max_batch = 0;
  memset(config, 0, sizeof *config);
  config->knobs = *backend;
  if (!read_parameters(&config->knobs, model_config, fault)) {
    return false;
  }
  if (waip_json_member(model_config, "max_batch_size", &value)) {
    waip_json_integer(&value, &max_batch);
  }
  config->max_batch = max_batch > 0 && max_batch <= UINT32_MAX ? (uint32_t)max_batch : 0;
  if (waip_json_path(model_config, "model_transaction_policy.decoupled", &value)) {
    waip_json_bool(&value, &config->decoupled);
  }
  config->versioned = is_versioned(model_config);
  read_outputs(config, model_config);
  return check(config, model_config, fault);
}

bool waip_list_names(const char *list, const char *name) {
  size_t length = strlen(name);
  while (*list != '\0') {
    size_t word = strcspn(list, ",");
    if (word == length && memcmp(list, name, word) == 0) {
      return true;
    }
    list += word + (list[word] == ',');
  }
  return false;
}
