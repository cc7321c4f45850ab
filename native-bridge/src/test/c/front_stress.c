/*
 * The whole front on many threads: clients, targets, a planner that comes and goes, the bypass, and clients
 * that leave. front_stress ROUNDS: requests of each client, and as many more as it takes until every way of
 * a request was gone, within a minute. Every request is answered once, with its own rows, and released
 * once; nothing is left over. Meant for the thread sanitizer.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fake_triton.h"
#include "planner_side.h"
#include "testing.h"

enum { CLIENTS = 3, OUTSTANDING = 8, WORKERS = 3, ROWS_MAX = 3, LIFE_NANOS = 100000000 };

static const char FRONT[] =
  "{\"max_batch_size\":8,\"parameters\":{\"target\":{\"string_value\":\"variant_0\"}},"
  "\"output\":[{\"name\":\"Y\",\"data_type\":\"TYPE_FP32\",\"dims\":[4]}]}";
static const char TARGET[] = "{\"max_batch_size\":8,\"instance_group\":[{\"count\":2}]}";

static char folder[64];
static char backend_config[256];
static int rounds;
static atomic_bool stop_workers;
static atomic_bool stop_planner;
static atomic_bool enough;
static atomic_int sent;
static atomic_uint refused; /* requests answered as cancelled */

static void nap(void) {
  const struct timespec pause = {0, 50000};
  nanosleep(&pause, NULL);
}

/* ---- The control page ---- */

struct page {
  unsigned char bytes[WAIP_RINGS_CONTROL_BYTES];
};

static struct page read_page(void) {
  struct page page;
  char path[96];
  snprintf(path, sizeof path, "%s/control", folder);
  int file = open(path, O_RDONLY);
  CHECK(file >= 0);
  CHECK_INT(read(file, page.bytes, sizeof page.bytes), sizeof page.bytes);
  close(file);
  return page;
}

static uint64_t counter(const struct page *page, uint32_t index) {
  uint64_t value;
  memcpy(&value, page->bytes + WAIP_RINGS_CONTROL_COUNTERS + 8 * index, sizeof value);
  return value;
}

static void set_bypass(unsigned char value) {
  char path[96];
  snprintf(path, sizeof path, "%s/control", folder);
  int file = open(path, O_WRONLY);
  CHECK(file >= 0);
  CHECK_INT(pwrite(file, &value, 1, WAIP_RINGS_CONTROL_BYPASS), 1);
  close(file);
}

/* ---- Threads ---- */

static void *work(void *argument) {
  struct fake_target *target = argument;
  while (!atomic_load(&stop_workers)) {
    if (!fake_answer(target)) {
      nap();
    }
  }
  return NULL;
}

static bool attach(struct planner_side *side) {
  char path[64];
  int32_t fd;
  struct page page = read_page();
  memcpy(&fd, page.bytes + WAIP_RINGS_CONTROL_MAPPING_FD, sizeof fd);
  snprintf(path, sizeof path, "/proc/self/fd/%d", (int)fd);
  return planner_attach(side, path);
}

static uint64_t now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Plans for a while, then falls silent until it is given up, and is followed by the next. */
static void *plan(void *argument) {
  (void)argument;
  while (!atomic_load(&stop_planner)) {
    struct planner_side side;
    if (!attach(&side)) {
      nap();
      continue;
    }
    if (planner_abandoned(&side)) {
      planner_detach(&side);
      nap();
      continue;
    }
    side.batch = 6;
    side.variants = 2;
    planner_ready(&side, WAIP_RINGS_VERSION);
    const uint64_t end = now_nanos() + LIFE_NANOS;
    while (now_nanos() < end && !planner_abandoned(&side) && !atomic_load(&stop_planner)) {
      planner_rest(&side);
    }
    while (!planner_abandoned(&side) && !atomic_load(&stop_planner)) {
      nap();
    }
    planner_detach(&side);
  }
  return NULL;
}

static void *flip(void *argument) {
  (void)argument;
  for (unsigned char value = 1; !atomic_load(&stop_planner); value ^= 1) {
    for (int i = 0; i < (value == 1 ? 1000 : 200) && !atomic_load(&stop_planner); i++) {
      nap();
    }
    set_bypass(value);
  }
  set_bypass(0);
  return NULL;
}

struct call {
  TRITONBACKEND_Request *request;
  float data[4 * ROWS_MAX];
  int64_t rows;
  float value;
  bool leaves;
};

static void begin(struct call *call, int number) {
  call->rows = 1 + number % ROWS_MAX;
  call->value = (float)number;
  call->leaves = number % 17 == 0;
  for (int64_t i = 0; i < 4 * call->rows; i++) {
    call->data[i] = call->value;
  }
  const int64_t shape[] = {call->rows, 4};
  call->request = fake_request();
  fake_request_input(call->request, "X", TRITONSERVER_TYPE_FP32, shape, 2);
  fake_request_data(call->request, call->data, (uint64_t)call->rows * 16);
  fake_request_output(call->request, "Y");
  fake_execute(&call->request, 1);
  if (call->leaves) {
    call->request->cancelled = true;
  }
}

static void finish(struct call *call) {
  while (call->request->released == 0) {
    nap();
  }
  const TRITONBACKEND_Response *response = call->request->responses[0];
  CHECK_INT(call->request->response_count, 1);
  if (response->failed) {
    CHECK(call->leaves);
    CHECK_INT(response->code, TRITONSERVER_ERROR_CANCELLED);
    atomic_fetch_add(&refused, 1);
  } else {
    const struct TRITONBACKEND_Output *output = fake_output(call->request, "Y");
    CHECK_INT(output->shape[0], call->rows);
    for (int64_t i = 0; i < 4 * call->rows; i++) {
      CHECK(((const float *)output->buffer)[i] == call->value);
    }
  }
  fake_request_free(call->request);
}

static void *request(void *argument) {
  struct call calls[OUTSTANDING] = {{.request = NULL}};
  (void)argument;
  for (int i = 0; i < rounds || !atomic_load(&enough); i++) {
    struct call *call = &calls[i % OUTSTANDING];
    if (call->request != NULL) {
      finish(call);
    }
    begin(call, atomic_fetch_add(&sent, 1));
  }
  for (int i = 0; i < OUTSTANDING; i++) {
    if (calls[i].request != NULL) {
      finish(&calls[i]);
    }
  }
  return NULL;
}

/* ---- The run ---- */

static void open_all(void) {
  snprintf(folder, sizeof folder, "/tmp/waip_front_stress_%d", (int)getpid());
  snprintf(backend_config, sizeof backend_config,
           "{\"cmdline\":{\"control_folder\":\"%s\",\"heartbeat_timeout\":\"100ms\",\"backoff_min\":\"10ms\",\"backoff_max\":\"20ms\"}}", folder);
  fake.model_config = FRONT;
  fake.backend_config = backend_config;
  fake_target_add("variant_0", TARGET);
  fake_target_add("variant_1", TARGET);
  CHECK(fake_load() == NULL);
}

static const uint32_t WANTED[] = {WAIP_RINGS_COUNTER_PLANNED,          WAIP_RINGS_COUNTER_FORWARDED_NO_PLANNER,
                                  WAIP_RINGS_COUNTER_FORWARDED_BYPASS, WAIP_RINGS_COUNTER_RECLAIMED_HELD,
                                  WAIP_RINGS_COUNTER_ANSWERED,         WAIP_RINGS_COUNTER_CANCELLED,
                                  WAIP_RINGS_COUNTER_LOST_HEARTBEAT};

static bool all_reached(void) {
  struct page page = read_page();
  bool reached = counter(&page, WAIP_RINGS_COUNTER_CHILDREN) < counter(&page, WAIP_RINGS_COUNTER_CHILD_PARENTS); /* merged */
  for (size_t i = 0; i < COUNT_OF(WANTED); i++) {
    reached = reached && counter(&page, WANTED[i]) > 0;
  }
  return reached;
}

/* Both with a bound: a minute of naps. */
static void await_all_reached(void) {
  for (int i = 0; i < 600000 && !all_reached(); i++) {
    nap();
  }
  atomic_store(&enough, true);
}

static void check_counters(void) {
  uint64_t total = (uint64_t)atomic_load(&sent);
  /* The page shows the counters with a delay. */
  struct page page = read_page();
  for (int i = 0;
       i < 600000 && counter(&page, WAIP_RINGS_COUNTER_ANSWERED) + atomic_load(&refused) < total; i++) {
    nap();
    page = read_page();
  }
  printf("front_stress: %" PRIu64 " requests", total);
  for (size_t i = 0; i < COUNT_OF(WANTED); i++) {
    printf(", counter %u: %" PRIu64, WANTED[i], counter(&page, WANTED[i]));
  }
  printf("\n");
  CHECK_INT(counter(&page, WAIP_RINGS_COUNTER_REQUESTS), total);
  CHECK_INT(counter(&page, WAIP_RINGS_COUNTER_ANSWERED) + atomic_load(&refused), total);
  CHECK(all_reached());
}

int main(int argc, char **argv) {
  pthread_t clients[CLIENTS];
  pthread_t workers[2 * WORKERS];
  pthread_t planner;
  pthread_t flipper;
  if (argc != 2) {
    fprintf(stderr, "usage: front_stress ROUNDS\n");
    return 2;
  }
  rounds = atoi(argv[1]);
  open_all();
  CHECK_INT(pthread_create(&planner, NULL, plan, NULL), 0);
  CHECK_INT(pthread_create(&flipper, NULL, flip, NULL), 0);
  for (int i = 0; i < 2 * WORKERS; i++) {
    CHECK_INT(pthread_create(&workers[i], NULL, work, &fake.targets[i % 2]), 0);
  }
  for (int i = 0; i < CLIENTS; i++) {
    CHECK_INT(pthread_create(&clients[i], NULL, request, NULL), 0);
  }
  await_all_reached();
  for (int i = 0; i < CLIENTS; i++) {
    pthread_join(clients[i], NULL);
  }
  atomic_store(&stop_planner, true);
  pthread_join(planner, NULL);
  pthread_join(flipper, NULL);
  check_counters();
  /* Only now: a cancelled client's child may still be with its target. */
  atomic_store(&stop_workers, true);
  for (int i = 0; i < 2 * WORKERS; i++) {
    pthread_join(workers[i], NULL);
  }
  fake_unload();
  return 0;
}
