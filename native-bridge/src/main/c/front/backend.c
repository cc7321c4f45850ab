#include "backend.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "errors.h"

struct waip_backend {
  struct waip_knobs knobs;
  char location[WAIP_PATH_BYTES]; /* the backend's folder */
  pthread_mutex_t lock;
  bool tried; /* to open the seat */
  struct waip_seat *seat;
  struct waip_knobs seat_knobs;
};

const struct waip_knobs *waip_backend_knobs(const struct waip_backend *backend) {
  return &backend->knobs;
}

/* ---- The seat ---- */

static void log_line(const char *line) {
  waip_log(TRITONSERVER_LOG_INFO, "waip: %s", line);
}

/* Without a planner's configuration there is no planner to start: the seat only keeps the counters. */
static enum waip_seat_kind seat_kind(const struct waip_knobs *knobs) {
  return knobs->planner_config[0] == '\0' ? WAIP_SEAT_INPROCESS : (enum waip_seat_kind)knobs->seat;
}

static void open_seat(struct waip_backend *backend) {
  const struct waip_knobs *knobs = &backend->seat_knobs;
  char program[2 * WAIP_PATH_BYTES];
  char error[WAIP_MESSAGE_BYTES];
  bool packaged = knobs->runtime[0] == '\0';
  snprintf(program, sizeof program, "%s%s/bin/waip-planner", packaged ? backend->location : knobs->runtime,
           packaged ? "/runtime" : "");
  const char *const command[] = {program, "--config", knobs->planner_config, NULL};
  struct waip_seat_settings settings = {
    .kind = seat_kind(knobs),
    .control_folder = knobs->control_folder[0] == '\0' ? NULL : knobs->control_folder,
    .command = command,
    .heartbeat_timeout_nanos = (uint64_t)knobs->heartbeat_timeout_nanos,
    .suspect_timeout_nanos = (uint64_t)knobs->suspect_timeout_nanos,
    .start_timeout_nanos = (uint64_t)knobs->start_timeout_nanos,
    .backoff_min_nanos = (uint64_t)knobs->backoff_min_nanos,
    .backoff_max_nanos = (uint64_t)knobs->backoff_max_nanos,
    /* An embedding JVM has handlers of its own, and knows of its end before. */
    .drain_on_signal = knobs->drain_on_signal != 0 && seat_kind(knobs) == WAIP_SEAT_CHILD,
    .log = log_line};
  if (!waip_seat_open(&settings, &backend->seat, error, sizeof error)) {
    backend->seat = NULL;
    waip_log(TRITONSERVER_LOG_ERROR, "waip: no seat for a planner, requests are forwarded: %s", error);
  }
}

/* Keys that only the first model decides. */
static bool same_seat(const struct waip_knobs *a, const struct waip_knobs *b) {
  return a->seat == b->seat && strcmp(a->planner_config, b->planner_config) == 0 &&
         strcmp(a->runtime, b->runtime) == 0 && strcmp(a->control_folder, b->control_folder) == 0 &&
         a->heartbeat_timeout_nanos == b->heartbeat_timeout_nanos &&
         a->suspect_timeout_nanos == b->suspect_timeout_nanos &&
         a->start_timeout_nanos == b->start_timeout_nanos &&
         a->backoff_min_nanos == b->backoff_min_nanos && a->backoff_max_nanos == b->backoff_max_nanos &&
         a->drain_on_signal == b->drain_on_signal;
}

struct waip_seat *waip_backend_seat(struct waip_backend *backend, const struct waip_knobs *knobs) {
  pthread_mutex_lock(&backend->lock);
  if (!backend->tried) {
    backend->tried = true;
    backend->seat_knobs = *knobs;
    open_seat(backend);
  } else if (!same_seat(&backend->seat_knobs, knobs)) {
    waip_log(TRITONSERVER_LOG_WARN,
             "waip: a model loaded before decided how the planner is seated; this model's keys for it are "
             "not used until the server starts anew");
  }
  struct waip_seat *seat = backend->seat;
  pthread_mutex_unlock(&backend->lock);
  return seat;
}

/* ---- Entry points ---- */

static TRITONSERVER_Error *check_versions(void) {
  uint32_t major = 0;
  uint32_t minor = 0;
  TRITONSERVER_Error *error = TRITONBACKEND_ApiVersion(&major, &minor);
  if (error == NULL && (major != WAIP_TRITON_BACKEND_MAJOR || minor < WAIP_TRITON_BACKEND_MINOR)) {
    return waip_error(TRITONSERVER_ERROR_UNSUPPORTED,
                      "waip: needs TRITONBACKEND API %d.%d or a later minor one, the server has %u.%u: use "
                      "release 24.10 or later",
                      WAIP_TRITON_BACKEND_MAJOR, WAIP_TRITON_BACKEND_MINOR, major, minor);
  }
  if (error == NULL) {
    error = TRITONSERVER_ApiVersion(&major, &minor);
  }
  if (error == NULL && (major != WAIP_TRITON_SERVER_MAJOR || minor < WAIP_TRITON_SERVER_MINOR)) {
    return waip_error(TRITONSERVER_ERROR_UNSUPPORTED,
                      "waip: needs TRITONSERVER API %d.%d or a later minor one, the server has %u.%u: use "
                      "release 24.10 or later",
                      WAIP_TRITON_SERVER_MAJOR, WAIP_TRITON_SERVER_MINOR, major, minor);
  }
  return error;
}

static TRITONSERVER_Error *read_knobs(TRITONBACKEND_Backend *handle, struct waip_backend *backend) {
  TRITONSERVER_Message *message = NULL; /* the server's */
  const char *text = NULL;
  size_t bytes = 0;
  struct waip_json config;
  struct waip_message fault;
  TRITONSERVER_Error *error = TRITONBACKEND_BackendConfig(handle, &message);
  if (error == NULL) {
    error = TRITONSERVER_MessageSerializeToJson(message, &text, &bytes);
  }
  if (error != NULL) {
    return error;
  }
  if (!waip_json_open(text, bytes, &config)) {
    return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: the backend configuration is not JSON");
  }
  return waip_knobs_read_backend(&backend->knobs, &config, &fault)
           ? NULL
           : waip_error(TRITONSERVER_ERROR_INVALID_ARG, "%s", fault.text);
}

static TRITONSERVER_Error *read_location(TRITONBACKEND_Backend *handle, struct waip_backend *backend) {
  TRITONBACKEND_ArtifactType type;
  const char *location = NULL;
  TRITONSERVER_Error *error = TRITONBACKEND_BackendArtifacts(handle, &type, &location);
  if (error == NULL && strlen(location) >= sizeof backend->location) {
    return waip_error(TRITONSERVER_ERROR_UNSUPPORTED, "waip: the backend's path is longer than %d bytes",
                      WAIP_PATH_BYTES - 1);
  }
  if (error == NULL) {
    strcpy(backend->location, location);
  }
  return error;
}

TRITONSERVER_Error *TRITONBACKEND_Initialize(TRITONBACKEND_Backend *handle) {
  TRITONSERVER_Error *error = check_versions();
  if (error != NULL) {
    return error;
  }
  struct waip_backend *backend = calloc(1, sizeof *backend);
  if (backend == NULL) {
    return waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: out of memory");
  }
  pthread_mutex_init(&backend->lock, NULL);
  waip_knobs_default(&backend->knobs);
  error = read_knobs(handle, backend);
  error = error != NULL ? error : read_location(handle, backend);
  error = error != NULL ? error : TRITONBACKEND_BackendSetState(handle, backend);
  if (error != NULL) {
    pthread_mutex_destroy(&backend->lock);
    free(backend);
  } else if (backend->knobs.planner_config[0] != '\0') {
    waip_backend_seat(backend, &backend->knobs); /* starts the planner while the models load */
  }
  return error;
}

TRITONSERVER_Error *TRITONBACKEND_Finalize(TRITONBACKEND_Backend *handle) {
  void *state = NULL;
  TRITONSERVER_Error *error = TRITONBACKEND_BackendState(handle, &state);
  struct waip_backend *backend = state;
  if (error != NULL || backend == NULL) {
    return error;
  }
  if (backend->seat != NULL) {
    waip_seat_close(backend->seat);
  }
  pthread_mutex_destroy(&backend->lock);
  free(backend);
  return NULL;
}
