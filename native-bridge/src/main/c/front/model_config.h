/*
 * What a model of this backend is told: the parameters of its config.pbtxt and, for each that is absent
 * there, `--backend-config=waip,KEY=VALUE`. docs/triton.md lists the keys; the table in model_config.c
 * is their one home. A key that is unknown or a value out of range stops the load of the model.
 */
#ifndef WAIP_FRONT_MODEL_CONFIG_H
#define WAIP_FRONT_MODEL_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "errors.h"
#include "json.h"
#include "seat.h"

enum {
  WAIP_PATH_BYTES = 1024,
  WAIP_OUTPUTS = 64,
  WAIP_LIST_BYTES = 2048
};

enum waip_mode { WAIP_MODE_FRONT, WAIP_MODE_DIRECT };

/* Values of the keys. All texts are empty when the key was not given. */
struct waip_knobs {
  int32_t mode; /* enum waip_mode */
  int32_t seat; /* enum waip_seat_kind */
  char target[WAIP_RINGS_NAME_BYTES];
  int64_t target_version; /* -1: as the target's version policy says */
  char planner_config[WAIP_PATH_BYTES];
  char runtime[WAIP_PATH_BYTES];
  char control_folder[WAIP_PATH_BYTES];
  int64_t heartbeat_timeout_nanos;
  int64_t suspect_timeout_nanos; /* 0: the seat's default */
  int64_t start_timeout_nanos;
  int64_t backoff_min_nanos;
  int64_t backoff_max_nanos;
  int32_t drain_on_signal; /* 0 or 1 */
  char pad_input[WAIP_RINGS_NAME_BYTES];
  int64_t pad_axis;
  int64_t pad_value;
  char mask_input[WAIP_RINGS_NAME_BYTES];
  char trim_outputs[WAIP_LIST_BYTES]; /* names parted by commas */
};

/* An output as the configuration declares it. */
struct waip_output_spec {
  char name[WAIP_RINGS_NAME_BYTES];
  uint32_t datatype; /* TRITONSERVER_DataType */
  uint32_t rank;
  int64_t dims[WAIP_RINGS_DIMS]; /* without the batch axis; -1: any */
};

struct waip_model_config {
  struct waip_knobs knobs;
  uint32_t max_batch; /* 0: the model does not batch */
  bool decoupled;
  /* The policy may serve several versions: each of the front stands for its namesake of the target. */
  bool versioned;
  /* Outputs of fixed shape and element size, all of them: a response can be built in the client's buffer. */
  bool fixed_outputs;
  uint32_t output_count;
  struct waip_output_spec outputs[WAIP_OUTPUTS];
};

/* The defaults of every key. */
void waip_knobs_default(struct waip_knobs *knobs);

/*
 * Reads `--backend-config` as TRITONBACKEND_BackendConfig tells it. Keys that are not this backend's are
 * left alone: Triton adds its own. False with a line in `fault`.
 */
bool waip_knobs_read_backend(struct waip_knobs *knobs, const struct waip_json *backend_config,
                             struct waip_message *fault);

/* Reads a model's configuration on top of the backend's keys. False with a line in `fault`. */
bool waip_model_config_read(struct waip_model_config *config, const struct waip_knobs *backend,
                            const struct waip_json *model_config, struct waip_message *fault);

/* A duration of whole numbers with its unit, ns, us, ms, s or min, e.g. "500ms". */
bool waip_duration_parse(const char *text, int64_t *nanos);

/* Whether the list names the output. */
bool waip_list_names(const char *list, const char *name);

/* TRITONSERVER_DataType of a name as the configuration writes it ("TYPE_FP32"); 0 when unknown. */
uint32_t waip_datatype(const char *config_name);
/* Bytes of an element; 0 for texts and unknown types. */
uint32_t waip_datatype_bytes(uint32_t datatype);

#endif
