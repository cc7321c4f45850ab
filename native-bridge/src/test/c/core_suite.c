/*
 * The front in Triton's own core, on many threads: core_suite MODELS BACKENDS CONTROL CALLS. Clients send CALLS
 * requests each, and as many more as it takes until every way of a request was gone, within a minute, while
 * planners are killed, the bypass is switched, fronts and targets are loaded and unloaded, and somebody reads
 * statistics. Then comes SIGTERM, and the server is stopped with requests under way. Every request is answered
 * once, with its own rows or an error that it may get, and released once. For the sanitizers; the models are
 * those of FrontOnCoreTest.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core_call.h"
#include "testing.h"
#include "waip/rings.h"

enum { CLIENTS = 4, OUTSTANDING = 8, ROWS_MAX = 3, LENGTH = 4, PATH_BYTES = 512, EXIT_SECONDS = 30 };

static TRITONSERVER_Server *server;
static const char *models;
static const char *control;
static int calls_wanted;

static atomic_bool disturbing = true; /* planners are killed, models come and go */
static atomic_bool stopping;          /* the server may refuse */
static atomic_bool enough;
static atomic_int numbers;
static atomic_int guests_answered;
static atomic_int guests_refused;
static atomic_int cancelled;
static atomic_int terminated;

static void nap(long micros) {
  const struct timespec pause = {micros / 1000000, micros % 1000000 * 1000};
  nanosleep(&pause, NULL);
}

/* Naps that end with the disturbance. */
static void doze(int millis) {
  for (int i = 0; i < millis && atomic_load(&disturbing); i++) {
    nap(1000);
  }
}

/* ---- The control page ---- */

static void page_path(char path[PATH_BYTES]) {
  snprintf(path, PATH_BYTES, "%s/control", control);
}

static void read_page(unsigned char page[WAIP_RINGS_CONTROL_BYTES]) {
  char path[PATH_BYTES];
  page_path(path);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  CHECK(file >= 0);
  CHECK_INT(read(file, page, WAIP_RINGS_CONTROL_BYTES), WAIP_RINGS_CONTROL_BYTES);
  close(file);
}

static uint64_t counter(const unsigned char *page, uint32_t index) {
  uint64_t value;
  memcpy(&value, page + WAIP_RINGS_CONTROL_COUNTERS + 8 * index, sizeof value);
  return value;
}

static int32_t ready_planner(void) {
  unsigned char page[WAIP_RINGS_CONTROL_BYTES];
  int32_t pid;
  uint32_t state;
  read_page(page);
  memcpy(&pid, page + WAIP_RINGS_CONTROL_PLANNER_PID, sizeof pid);
  memcpy(&state, page + WAIP_RINGS_CONTROL_PLANNER_STATE, sizeof state);
  return state == WAIP_RINGS_PLANNER_READY ? pid : 0;
}

static void set_bypass(unsigned char value) {
  char path[PATH_BYTES];
  page_path(path);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  CHECK(file >= 0);
  CHECK_INT(pwrite(file, &value, 1, WAIP_RINGS_CONTROL_BYPASS), 1);
  close(file);
}

/* ---- Those who disturb ---- */

static void *kill_planners(void *argument) {
  while (atomic_load(&disturbing)) {
    doze(250);
    int32_t pid = ready_planner();
    if (pid > 0) {
      kill(pid, SIGKILL);
    }
  }
  return argument;
}

static void *flip_bypass(void *argument) {
  while (atomic_load(&disturbing)) {
    doze(150);
    set_bypass(1);
    doze(20);
    set_bypass(0);
  }
  return argument;
}

static void load(const char *model) {
  core_check(TRITONSERVER_ServerLoadModel(server, model), model);
}

static void unload(const char *model) {
  core_check(TRITONSERVER_ServerUnloadModel(server, model), model);
}

/* A configuration written anew makes the server load the model anew. */
static void reload(const char *model) {
  char path[PATH_BYTES];
  snprintf(path, sizeof path, "%s/%s/config.pbtxt", models, model);
  CHECK_INT(utimensat(AT_FDCWD, path, NULL, 0), 0);
  load(model);
}

static void *change_models(void *argument) {
  while (atomic_load(&disturbing)) {
    load("guest");
    doze(30);
    reload("variable");
    unload("variant_1");
    doze(30);
    load("variant_1");
    unload("guest");
    doze(30);
  }
  return argument;
}

static void *read_statistics(void *argument) {
  while (atomic_load(&disturbing)) {
    TRITONSERVER_Message *statistics = NULL;
    TRITONSERVER_Metrics *metrics = NULL;
    core_check(TRITONSERVER_ServerModelStatistics(server, "fixed", -1, &statistics), "statistics");
    core_check(TRITONSERVER_MessageDelete(statistics), "statistics");
    core_check(TRITONSERVER_ServerMetrics(server, &metrics), "metrics");
    core_check(TRITONSERVER_MetricsDelete(metrics), "metrics");
    doze(5);
  }
  return argument;
}

/* ---- Clients ---- */

static struct core_order order_of(int number) {
  static const char *const MODELS[] = {"fixed", "variable", "fixed", "variable", "fixed", "variable", "guest", "direct"};
  struct core_order order = {.model = MODELS[number % 8],
                             .rows = 1 + number % ROWS_MAX,
                             .length = LENGTH,
                             .value = (float)number,
                             .fail_code = CORE_NO_FAILURE};
  order.empty = strcmp(order.model, "direct") == 0; /* executed by a planner that answers nothing */
  if (strcmp(order.model, "variable") == 0) {
    order.length = 1 + number % 5;
  }
  if (number % 211 == 0) {
    /* As long as a request is waited for: to be answered it has to be cancelled. */
    order.sleep_micros = 60000000;
    order.leaves = true;
  } else if (number % 37 == 0) {
    order.sleep_micros = 3000;
  } else if (number % 29 == 0) {
    order.fail_code = TRITONSERVER_ERROR_UNSUPPORTED;
  }
  return order;
}

static bool may_fail(const struct core_call *call) {
  const struct core_order *order = &call->order;
  bool absent = call->code == TRITONSERVER_ERROR_UNAVAILABLE || call->code == TRITONSERVER_ERROR_NOT_FOUND;
  return (order->leaves && call->code == TRITONSERVER_ERROR_CANCELLED) ||
         (order->fail_code == (int64_t)call->code && strcmp(call->message, "planted") == 0) ||
         (absent && atomic_load(&stopping)) || (absent && strcmp(order->model, "guest") == 0) ||
         (order->empty && strncmp(call->message, "waip: planner_lost", 18) == 0);
}

static void finish(struct core_call *call) {
  core_call_await(call);
  CHECK_INT(call->responses, 1);
  if (!(call->failed ? may_fail(call) : call->right)) {
    fprintf(stderr, "core_suite: request %.0f to '%s' of %" PRId64 " rows: %s\n", (double)call->order.value,
            call->order.model, call->order.rows, call->failed ? call->message : "another answer than its own");
    exit(1);
  }
  if (strcmp(call->order.model, "guest") == 0) {
    atomic_fetch_add(call->failed ? &guests_refused : &guests_answered, 1);
  }
  if (call->failed && call->code == TRITONSERVER_ERROR_CANCELLED) {
    atomic_fetch_add(&cancelled, 1);
  }
  if (call->failed && call->request == NULL) {
    nap(200); /* refused at once */
  }
}

static void *send_calls(void *argument) {
  struct core_call calls[OUTSTANDING];
  for (int i = 0; i < OUTSTANDING; i++) {
    core_call_open(&calls[i]);
  }
  for (int i = 0; i < calls_wanted || !atomic_load(&enough); i++) {
    struct core_call *call = &calls[i % OUTSTANDING];
    if (call->open) {
      finish(call);
    }
    struct core_order order = order_of(atomic_fetch_add(&numbers, 1));
    core_call_begin(call, server, &order);
  }
  for (int i = 0; i < OUTSTANDING; i++) {
    if (calls[i].open) {
      finish(&calls[i]);
    }
    core_call_close(&calls[i]);
  }
  return argument;
}

/* ---- The run ---- */

static const uint32_t WANTED[] = {
  WAIP_RINGS_COUNTER_PLANNED,        WAIP_RINGS_COUNTER_FORWARDED_NO_PLANNER, WAIP_RINGS_COUNTER_FORWARDED_BYPASS,
  WAIP_RINGS_COUNTER_RECLAIMED_HELD, WAIP_RINGS_COUNTER_ANSWERED,             WAIP_RINGS_COUNTER_TARGET_FAILED,
  WAIP_RINGS_COUNTER_CANCELLED,      WAIP_RINGS_COUNTER_LOST_EXITED,          WAIP_RINGS_COUNTER_EXECUTIONS};

static bool all_reached(const unsigned char *page) {
  bool reached = counter(page, WAIP_RINGS_COUNTER_CHILDREN) < counter(page, WAIP_RINGS_COUNTER_CHILD_PARENTS) &&
                 atomic_load(&guests_answered) > 0 && atomic_load(&guests_refused) > 0 &&
                 atomic_load(&cancelled) > 0 && atomic_load(&numbers) >= CLIENTS * calls_wanted;
  for (size_t i = 0; i < COUNT_OF(WANTED); i++) {
    reached = reached && counter(page, WANTED[i]) > 0;
  }
  return reached;
}

static void await_all_reached(void) {
  unsigned char page[WAIP_RINGS_CONTROL_BYTES];
  bool reached = false;
  for (int i = 0; i < 12000 && !reached; i++) {
    nap(5000);
    read_page(page);
    reached = all_reached(page);
  }
  printf("core_suite: %d requests, %d cancelled, guest %d answered and %d refused", atomic_load(&numbers),
         atomic_load(&cancelled), atomic_load(&guests_answered), atomic_load(&guests_refused));
  for (uint32_t i = 0; i < WAIP_RINGS_COUNTERS; i++) {
    printf("%s%" PRIu64, i == 0 ? ", counters " : " ", counter(page, i));
  }
  printf("\n");
  CHECK(reached);
}

static void terminate(int signal) {
  atomic_store(&terminated, signal);
}

/* Held requests go to their targets, then the signal comes here. */
static void end_by_signal(void) {
  for (int i = 0; i < 10000 && ready_planner() == 0; i++) {
    nap(1000);
  }
  CHECK(ready_planner() != 0);
  kill(getpid(), SIGTERM);
  for (int i = 0; i < 10000 && atomic_load(&terminated) == 0; i++) {
    nap(1000);
  }
  CHECK_INT(atomic_load(&terminated), SIGTERM);
}

static void start_server(const char *backends) {
  TRITONSERVER_ServerOptions *options = NULL;
  core_check(TRITONSERVER_ServerOptionsNew(&options), "options");
  core_check(TRITONSERVER_ServerOptionsSetModelRepositoryPath(options, models), "models");
  core_check(TRITONSERVER_ServerOptionsSetBackendDirectory(options, backends), "backends");
  core_check(TRITONSERVER_ServerOptionsSetModelControlMode(options, TRITONSERVER_MODEL_CONTROL_EXPLICIT), "mode");
  core_check(TRITONSERVER_ServerOptionsSetExitTimeout(options, EXIT_SECONDS), "exit time-out");
  core_check(TRITONSERVER_ServerOptionsSetStrictModelConfig(options, true), "strict");
  core_check(TRITONSERVER_ServerOptionsSetMinSupportedComputeCapability(options, 6.0), "capability");
  core_check(TRITONSERVER_ServerOptionsSetPinnedMemoryPoolByteSize(options, 0), "pinned memory");
  core_check(TRITONSERVER_ServerOptionsSetModelLoadRetryCount(options, 0), "retries");
  core_check(TRITONSERVER_ServerOptionsSetMetrics(options, true), "metrics");
  core_check(TRITONSERVER_ServerOptionsSetGpuMetrics(options, false), "metrics");
  core_check(TRITONSERVER_ServerOptionsSetCpuMetrics(options, false), "metrics");
  core_check(TRITONSERVER_ServerOptionsSetLogInfo(options, false), "log");
  core_check(TRITONSERVER_ServerOptionsSetLogWarn(options, false), "log");
  core_check(TRITONSERVER_ServerNew(&server, options), "server");
  core_check(TRITONSERVER_ServerOptionsDelete(options), "options");
}

static void run(void) {
  void *(*const disturbers[])(void *) = {kill_planners, flip_bypass, change_models, read_statistics};
  pthread_t disturbing_threads[COUNT_OF(disturbers)];
  pthread_t clients[CLIENTS];
  for (size_t i = 0; i < COUNT_OF(disturbers); i++) {
    CHECK_INT(pthread_create(&disturbing_threads[i], NULL, disturbers[i], NULL), 0);
  }
  for (int i = 0; i < CLIENTS; i++) {
    CHECK_INT(pthread_create(&clients[i], NULL, send_calls, NULL), 0);
  }
  await_all_reached();
  atomic_store(&disturbing, false);
  for (size_t i = 0; i < COUNT_OF(disturbers); i++) {
    pthread_join(disturbing_threads[i], NULL);
  }
  end_by_signal();
  atomic_store(&stopping, true);
  core_check(TRITONSERVER_ServerStop(server), "stop");
  atomic_store(&enough, true);
  for (int i = 0; i < CLIENTS; i++) {
    pthread_join(clients[i], NULL);
  }
}

/* Called by core_host. */
__attribute__((visibility("default"))) int core_main(int argc, char **argv);

int core_main(int argc, char **argv) {
  static const char *const LOADED[] = {"variant_0", "variant_1", "direct", "fixed", "variable"};
  if (argc != 5) {
    fprintf(stderr, "usage: core_suite MODELS BACKENDS CONTROL CALLS\n");
    return 2;
  }
  models = argv[1];
  control = argv[3];
  calls_wanted = atoi(argv[4]);
  /* As tritonserver does, before a front puts its own before it. */
  struct sigaction action = {.sa_handler = terminate};
  sigaction(SIGTERM, &action, NULL);
  start_server(argv[2]);
  core_calls_open();
  for (size_t i = 0; i < COUNT_OF(LOADED); i++) {
    load(LOADED[i]);
  }
  run();
  core_check(TRITONSERVER_ServerDelete(server), "delete");
  core_calls_close();
  return 0;
}
