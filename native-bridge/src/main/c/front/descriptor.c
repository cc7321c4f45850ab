#include "descriptor.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "model_config.h"

#define FNV_OFFSET UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

enum { DAY_MILLIS = 24 * 60 * 60 * 1000 };

static uint64_t hash_bytes(uint64_t hash, const void *data, size_t bytes) {
  const unsigned char *at = data;
  for (size_t i = 0; i < bytes; i++) {
    hash = (hash ^ at[i]) * FNV_PRIME;
  }
  return hash;
}

static uint64_t hash_number(uint64_t hash, int64_t number) {
  return hash_bytes(hash, &number, sizeof number);
}

uint64_t waip_hash_text(const char *text) {
  uint64_t hash = hash_bytes(FNV_OFFSET, text, strlen(text));
  return hash == 0 ? 1 : hash;
}

/* Spreads a hash before it is summed up: inputs and parameters come in no fixed order. */
static uint64_t spread(uint64_t hash) {
  hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd); /* MurmurHash3's finalizer, Appleby 2011 */
  return hash ^ hash >> 33;
}

/* ---- Client parameters ---- */

enum field { TENANT, TIER, PRIORITY, DEADLINE, REGION, IDEMPOTENCY, FIELDS };

static const char *const FIELD_NAMES[FIELDS] = {"tenant", "tier", "priority", "deadline_ms", "region",
                                                "idempotency_key"};

/* The header's name with '-' where the parameter has '_', in any case. */
static bool is_header_of(const char *key, const char *field) {
  static const char prefix[] = "x-waip-";
  for (size_t i = 0; prefix[i] != '\0'; i++, key++) {
    if ((*key | 0x20) != prefix[i] && *key != prefix[i]) {
      return false;
    }
  }
  for (; *field != '\0'; field++, key++) {
    char wanted = *field == '_' ? '-' : *field;
    if (*key != wanted && (*key | 0x20) != wanted && *key != *field) {
      return false;
    }
  }
  return *key == '\0';
}

static enum field field_of(const char *key) {
  for (int field = 0; field < FIELDS; field++) {
    if (strcmp(key, FIELD_NAMES[field]) == 0 || is_header_of(key, FIELD_NAMES[field])) {
      return (enum field)field;
    }
  }
  return FIELDS;
}

bool waip_parameter_is_ours(const char *key) {
  return field_of(key) != FIELDS;
}

struct parameter {
  const char *key;
  TRITONSERVER_ParameterType type;
  const void *value;
};

static bool refuse(const struct parameter *parameter, const char *allowed, struct waip_message *fault) {
  char value[68];
  if (parameter->type == TRITONSERVER_PARAMETER_STRING) {
    snprintf(value, sizeof value, "'%.64s'", (const char *)parameter->value);
  } else if (parameter->type == TRITONSERVER_PARAMETER_INT) {
    snprintf(value, sizeof value, "%" PRId64, *(const int64_t *)parameter->value);
  } else {
    snprintf(value, sizeof value, "neither text nor whole number");
  }
  return waip_fault(fault, "waip: parameter '%.64s' is %s; allowed: %s", parameter->key, value, allowed);
}

/* A whole number, given as one or as its digits. */
static bool read_whole(const struct parameter *parameter, int64_t *number) {
  if (parameter->type == TRITONSERVER_PARAMETER_INT) {
    *number = *(const int64_t *)parameter->value;
    return true;
  }
  if (parameter->type != TRITONSERVER_PARAMETER_STRING) {
    return false;
  }
  const char *text = parameter->value;
  struct waip_json value = {text, text + strlen(text)};
  return *text != '"' && waip_json_integer(&value, number);
}

static bool read_name(const struct parameter *parameter, uint64_t *hash) {
  if (parameter->type != TRITONSERVER_PARAMETER_STRING || *(const char *)parameter->value == '\0') {
    return false;
  }
  *hash = waip_hash_text(parameter->value);
  return true;
}

static bool read_tier(const struct parameter *parameter, uint32_t *tier) {
  static const char *const tiers[] = {"interactive", "nearline", "offline"};
  if (parameter->type != TRITONSERVER_PARAMETER_STRING) {
    return false;
  }
  for (uint32_t i = 0; i < 3; i++) {
    if (strcmp(parameter->value, tiers[i]) == 0) {
      *tier = i + 1;
      return true;
    }
  }
  return false;
}

static bool read_deadline(const struct parameter *parameter, struct waip_submit_record *record) {
  int64_t millis;
  if (!read_whole(parameter, &millis) || millis < 1 || millis > DAY_MILLIS) {
    return false;
  }
  record->deadline_nanos = record->arrival_nanos + (uint64_t)millis * 1000000;
  return true;
}

static bool read_priority(const struct parameter *parameter, struct waip_submit_record *record) {
  int64_t priority;
  if (!read_whole(parameter, &priority) || priority < 0 || priority > UINT32_MAX) {
    return false;
  }
  record->priority = (uint32_t)priority;
  return true;
}

static bool read_field(enum field field, const struct parameter *parameter,
                       struct waip_submit_record *record, struct waip_message *fault) {
  switch (field) {
    case TENANT:
      return read_name(parameter, &record->tenant_hash) ||
             refuse(parameter, "a text of 1 byte or more", fault);
    case REGION:
      return read_name(parameter, &record->region_hash) ||
             refuse(parameter, "a text of 1 byte or more", fault);
    case TIER:
      return read_tier(parameter, &record->tier) ||
             refuse(parameter, "interactive, nearline, offline", fault);
    case DEADLINE:
      return read_deadline(parameter, record) ||
             refuse(parameter, "whole milliseconds from 1 to 86400000", fault);
    case PRIORITY:
      return read_priority(parameter, record) ||
             refuse(parameter, "a whole number from 0 to 4294967295", fault);
    default: return true;
  }
}

/* A parameter that is not the planner's may change what the target does: only equal ones are merged. */
static uint64_t hash_parameter(const struct parameter *parameter) {
  uint64_t hash = hash_bytes(FNV_OFFSET, parameter->key, strlen(parameter->key) + 1);
  hash = hash_number(hash, parameter->type);
  switch (parameter->type) {
    case TRITONSERVER_PARAMETER_STRING:
      return hash_bytes(hash, parameter->value, strlen(parameter->value));
    case TRITONSERVER_PARAMETER_INT: return hash_bytes(hash, parameter->value, sizeof(int64_t));
    case TRITONSERVER_PARAMETER_BOOL: return hash_bytes(hash, parameter->value, sizeof(bool));
    case TRITONSERVER_PARAMETER_DOUBLE: return hash_bytes(hash, parameter->value, sizeof(double));
    default: return hash;
  }
}

static bool read_parameters(TRITONBACKEND_Request *request, struct waip_submit_record *record,
                            struct waip_message *fault) {
  uint32_t count = 0;
  waip_ignore(TRITONBACKEND_RequestParameterCount(request, &count));
  for (uint32_t i = 0; i < count; i++) {
    struct parameter parameter;
    TRITONSERVER_Error *failure =
      TRITONBACKEND_RequestParameter(request, i, &parameter.key, &parameter.type, &parameter.value);
    if (failure != NULL) {
      waip_ignore(failure);
      continue;
    }
    enum field field = field_of(parameter.key);
    if (field == FIELDS) {
      record->merge_key += spread(hash_parameter(&parameter));
    } else if (!read_field(field, &parameter, record, fault)) {
      return false;
    }
  }
  return true;
}

/* ---- Sequences, inputs, outputs ---- */

/* Whether the request belongs to a sequence or carries a correlation id. */
static bool is_correlated(TRITONBACKEND_Request *request) {
  uint64_t id = 0;
  uint32_t flags = 0;
  waip_ignore(TRITONBACKEND_RequestFlags(request, &flags));
  TRITONSERVER_Error *is_text = TRITONBACKEND_RequestCorrelationId(request, &id);
  waip_ignore(is_text);
  return is_text != NULL || id != 0 || flags != 0;
}

/* Priorities of the protocol; a front without priority levels gets 0 for all of them. */
static void read_protocol_priority(TRITONBACKEND_Request *request, struct waip_submit_record *record) {
  uint64_t priority = 0;
  waip_ignore(
    TRITONSERVER_InferenceRequestPriorityUInt64((TRITONSERVER_InferenceRequest *)request, &priority));
  record->priority = priority > UINT32_MAX ? UINT32_MAX : (uint32_t)priority;
}

static uint64_t hash_input(const struct waip_tensor *tensor, bool batches, const struct waip_lengths *lengths) {
  uint64_t hash = hash_bytes(FNV_OFFSET, tensor->name, strlen(tensor->name) + 1);
  bool has_length = waip_lengths_apply(lengths, tensor->name);
  hash = hash_number(hash_number(hash, tensor->datatype), tensor->rank);
  for (uint32_t i = batches ? 1 : 0; i < tensor->rank; i++) {
    hash = hash_number(hash, has_length && i == lengths->axis ? -1 : tensor->shape[i]);
  }
  return hash;
}

/* Lengths of the length input and of the mask have to agree, or padding one would not fit the other. */
static void read_length(const struct waip_tensor *tensor, const struct waip_lengths *lengths,
                        struct waip_submit_record *record, int64_t *seen) {
  if (!waip_lengths_apply(lengths, tensor->name)) {
    return;
  }
  int64_t length = lengths->axis < tensor->rank ? tensor->shape[lengths->axis] : 0;
  bool usable = length >= 1 && length <= UINT32_MAX;
  record->alone = record->alone || !usable || (*seen >= 0 && *seen != length);
  record->length = usable ? (uint32_t)length : 1;
  *seen = length;
}

static void read_rows(const struct waip_tensor *tensor, struct waip_submit_record *record, bool *found) {
  int64_t rows = tensor->rank > 0 ? tensor->shape[0] : 0;
  *found = rows >= 1 && rows <= UINT32_MAX;
  record->rows = *found ? (uint32_t)rows : 1;
}

static void read_inputs(TRITONBACKEND_Request *request, bool batches, const struct waip_lengths *lengths,
                        struct waip_submit_record *record) {
  uint32_t count = 0;
  int64_t length = -1;
  bool has_rows = !batches;
  waip_ignore(TRITONBACKEND_RequestInputCount(request, &count));
  for (uint32_t i = 0; i < count; i++) {
    struct waip_tensor tensor;
    if (!waip_tensor_at(request, i, &tensor)) {
      continue;
    }
    record->input_bytes += tensor.bytes;
    record->merge_key += spread(hash_input(&tensor, batches, lengths));
    read_length(&tensor, lengths, record, &length);
    if (batches) {
      read_rows(&tensor, record, &has_rows);
    }
  }
  bool has_length = length >= 0 || lengths->input[0] == '\0';
  record->alone = record->alone || !has_length || !has_rows;
}

static void hash_outputs(TRITONBACKEND_Request *request, struct waip_submit_record *record) {
  uint32_t count = 0;
  waip_ignore(TRITONBACKEND_RequestOutputCount(request, &count));
  for (uint32_t i = 0; i < count; i++) {
    const char *name = NULL;
    waip_ignore(TRITONBACKEND_RequestOutputName(request, i, &name));
    if (name != NULL) {
      record->merge_key += spread(~hash_bytes(FNV_OFFSET, name, strlen(name)));
    }
  }
}

bool waip_describe(TRITONBACKEND_Request *request, bool batches, const struct waip_lengths *lengths,
                   struct waip_submit_record *record, struct waip_message *fault) {
  *record = (struct waip_submit_record){.arrival_nanos = record->arrival_nanos, .length = 1, .rows = 1};
  record->alone = is_correlated(request);
  read_protocol_priority(request, record);
  if (!read_parameters(request, record, fault)) {
    return false;
  }
  read_inputs(request, batches, lengths, record);
  hash_outputs(request, record);
  return true;
}

static bool tensors_match(const struct waip_tensor *a, const struct waip_tensor *b, bool batches,
                          const struct waip_lengths *lengths) {
  if (a->datatype != b->datatype || a->rank != b->rank) {
    return false;
  }
  bool paddable = lengths->paddable && waip_lengths_apply(lengths, a->name);
  for (uint32_t i = batches ? 1 : 0; i < a->rank; i++) {
    if (a->shape[i] == b->shape[i]) {
      continue;
    }
    if (!paddable || i != lengths->axis || !waip_tensor_readable(a) || !waip_tensor_readable(b)) {
      return false;
    }
  }
  return true;
}

bool waip_inputs_match(TRITONBACKEND_Request *a, TRITONBACKEND_Request *b, bool batches,
                       const struct waip_lengths *lengths) {
  uint32_t count_a = 0;
  uint32_t count_b = 0;
  waip_ignore(TRITONBACKEND_RequestInputCount(a, &count_a));
  waip_ignore(TRITONBACKEND_RequestInputCount(b, &count_b));
  if (count_a != count_b) {
    return false;
  }
  for (uint32_t i = 0; i < count_a; i++) {
    struct waip_tensor in_a;
    struct waip_tensor in_b;
    if (!waip_tensor_at(a, i, &in_a) || !waip_tensor_named(b, in_a.name, &in_b) ||
        !tensors_match(&in_a, &in_b, batches, lengths)) {
      return false;
    }
  }
  return true;
}
