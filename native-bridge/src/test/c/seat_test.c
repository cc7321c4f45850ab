/* The seat with a planner that keeps the protocol: seat_test FAKE_PLANNER. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "planner_side.h"
#include "seat_testing.h"
#include "testing.h"

static void starts_and_answers_requests(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  for (int i = 0; i < 500; i++) {
    await_service(&stage);
  }
  CHECK_INT(control_u32(&stage, WAIP_RINGS_CONTROL_MAGIC), WAIP_RINGS_MAGIC);
  CHECK_INT(control_u32(&stage, WAIP_RINGS_CONTROL_SERVER_PID), getpid());
  CHECK_INT(control_u32(&stage, WAIP_RINGS_CONTROL_PLANNER_STATE), WAIP_RINGS_PLANNER_READY);
  CHECK_INT(control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH), 1);
  CHECK(!process_is_gone((int32_t)control_u32(&stage, WAIP_RINGS_CONTROL_PLANNER_PID)));
  CHECK_INT(stage.owner.planned, 500);
  CHECK_INT(stage.owner.stale, 0);
  AWAIT(stage.owner.ticks > 1);
  stage_close(&stage);
}

static void hands_refusals_on(void) {
  struct stage stage;
  stage_open(&stage, "refuse", NULL);
  await_service(&stage);
  CHECK_INT(stage.owner.refused, 1);
  stage_close(&stage);
}

static void child_inherits_nothing_but_the_mapping(void) {
  signal(SIGPIPE, SIG_IGN);
  int stray = open("/dev/null", O_RDONLY);
  CHECK(stray >= 0);
  struct stage stage;
  stage_open(&stage, "inspect", NULL);
  AWAIT(log_has("files 4 highest 3 signals 0 group own"));
  stage_close(&stage);
  close(stray);
  signal(SIGPIPE, SIG_DFL);
}

static void bypass_takes_requests_back_and_leaves_the_planner(void) {
  struct stage stage;
  stage_open(&stage, "hold", NULL);
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMITTED);
  uint32_t pid = control_u32(&stage, WAIP_RINGS_CONTROL_PLANNER_PID);
  CHECK_INT(owner_held(&stage.owner), 1);
  uint64_t start = test_now();
  set_bypass(&stage, 1);
  AWAIT(owner_held(&stage.owner) == 0);
  CHECK(test_now() - start < 1000000000u);
  CHECK_INT(stage.owner.returned, 1);
  CHECK_INT(owner_request(&stage.owner), WAIP_SUBMIT_BYPASS);
  set_bypass(&stage, 0);
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMITTED);
  CHECK_INT(control_u32(&stage, WAIP_RINGS_CONTROL_PLANNER_PID), pid);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_PLANNER_STARTS), 1);
  stage_close(&stage);
}

static void bypass_flips_under_traffic(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  await_service(&stage);
  struct traffic traffic;
  traffic_start(&traffic, &stage.owner);
  for (uint64_t i = 1; i <= 10; i++) {
    uint64_t planned = stage.owner.planned;
    AWAIT(stage.owner.planned > planned);
    uint64_t bypassed = stage.owner.forwarded[WAIP_SUBMIT_BYPASS];
    set_bypass(&stage, 0xff);
    AWAIT(stage.owner.forwarded[WAIP_SUBMIT_BYPASS] > bypassed && stage.owner.losses == i);
    set_bypass(&stage, 0);
  }
  traffic_stop(&traffic);
  await_service(&stage);
  AWAIT(owner_held(&stage.owner) == 0);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_LOST_PROTOCOL), 0);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_PLANNER_STARTS), 1);
  stage_close(&stage);
}

static void truncated_control_page_comes_back(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  await_service(&stage);
  char path[128];
  snprintf(path, sizeof path, "%s/control", stage.folder);
  CHECK_INT(truncate(path, 0), 0);
  struct stat status;
  AWAIT(stat(path, &status) == 0 && status.st_size == WAIP_RINGS_CONTROL_BYTES);
  AWAIT(control_u32(&stage, WAIP_RINGS_CONTROL_MAGIC) == WAIP_RINGS_MAGIC);
  set_bypass(&stage, 1);
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMIT_BYPASS);
  stage_close(&stage);
}

static void counters_reach_the_control_page(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  waip_seat_count(stage.seat, WAIP_RINGS_COUNTER_REQUESTS, 41);
  waip_seat_count(stage.seat, WAIP_RINGS_COUNTER_REQUESTS, 1);
  waip_seat_count(stage.seat, WAIP_RINGS_COUNTERS, 1);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_REQUESTS), 42);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTERS), 0);
  AWAIT(control_u64(&stage, WAIP_RINGS_CONTROL_COUNTERS + 8 * WAIP_RINGS_COUNTER_REQUESTS) == 42);
  stage_close(&stage);
}

static void channels_come_and_go_under_traffic(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  await_service(&stage);
  struct traffic traffic;
  traffic_start(&traffic, &stage.owner);
  static struct owner guest;
  for (int i = 0; i < 100; i++) {
    owner_init(&guest);
    owner_open(&guest, stage.seat);
    AWAIT(owner_request(&guest) == WAIP_SUBMITTED);
    for (int j = 0; j < 20; j++) {
      owner_request(&guest);
    }
    /* Closed while the planner still decides: what it writes now is about nobody. */
    owner_close(&guest);
    CHECK_INT(owner_answered(&guest), guest.issued);
    CHECK_INT(guest.invalid, 0);
  }
  traffic_stop(&traffic);
  await_service(&stage);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_LOST_PROTOCOL), 0);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_PLANNER_STARTS), 1);
  stage_close(&stage);
}

static void refuses_a_channel_too_many(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  static struct owner guests[WAIP_RINGS_CHANNELS - 1];
  for (size_t i = 0; i < COUNT_OF(guests); i++) {
    owner_init(&guests[i]);
    owner_open(&guests[i], stage.seat);
  }
  struct waip_channel_settings settings = {.kind = WAIP_RINGS_KIND_DIRECT, .model = "one too many"};
  struct waip_channel *channel = NULL;
  char error[256] = "";
  CHECK(!waip_channel_open(stage.seat, &settings, &channel, error, sizeof error));
  CHECK(strcmp(error, "all 32 channels are open") == 0);
  char name[WAIP_RINGS_NAME_BYTES + 1];
  memset(name, 'n', sizeof name - 1);
  name[sizeof name - 1] = 0;
  settings.model = name;
  CHECK(!waip_channel_open(stage.seat, &settings, &channel, error, sizeof error));
  CHECK(strcmp(error, "the model's name has 256 bytes, allowed are at most 255") == 0);
  for (size_t i = 0; i < COUNT_OF(guests); i++) {
    AWAIT(owner_request(&guests[i]) == WAIP_SUBMITTED);
    owner_close(&guests[i]);
  }
  stage_close(&stage);
}

/* ---- Direct mode ------------------------------------------------------------------------------------- */

static struct waip_channel *open_direct(struct stage *stage) {
  struct waip_channel_settings settings = {.kind = WAIP_RINGS_KIND_DIRECT, .model = "direct", .max_batch = 32};
  struct waip_channel *channel = NULL;
  char error[256];
  CHECK(waip_channel_open(stage->seat, &settings, &channel, error, sizeof error));
  return channel;
}

static enum waip_execution_result execute(struct waip_channel *channel, uint32_t rows) {
  struct waip_execution execution;
  if (!waip_execution_begin(channel, &execution)) {
    return WAIP_EXECUTION_LOST;
  }
  memcpy(execution.slot + WAIP_RINGS_SLOT_ROWS, &rows, sizeof rows);
  enum waip_execution_result result = waip_execution_run(&execution);
  waip_execution_end(&execution);
  return result;
}

static void *execute_many(void *channel) {
  for (int i = 0; i < 200; i++) {
    CHECK_INT(execute(channel, 1), WAIP_EXECUTED);
  }
  return NULL;
}

/* More threads than slots: they wait for each other. */
static void executes_batches_in_the_planner(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  struct waip_channel *channel = open_direct(&stage);
  AWAIT(execute(channel, 1) == WAIP_EXECUTED);
  CHECK_INT(execute(channel, 13), WAIP_EXECUTION_FAILED);
  pthread_t threads[WAIP_RINGS_ARENA_SLOTS + 4];
  for (size_t i = 0; i < COUNT_OF(threads); i++) {
    CHECK_INT(pthread_create(&threads[i], NULL, execute_many, channel), 0);
  }
  for (size_t i = 0; i < COUNT_OF(threads); i++) {
    pthread_join(threads[i], NULL);
  }
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_EXECUTIONS), 202 - 200 + 200 * COUNT_OF(threads));
  waip_channel_close(channel);
  stage_close(&stage);
}

static void bypass_lets_executions_go_on(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  struct waip_channel *channel = open_direct(&stage);
  AWAIT(execute(channel, 1) == WAIP_EXECUTED);
  set_bypass(&stage, 1);
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMIT_BYPASS);
  CHECK_INT(execute(channel, 1), WAIP_EXECUTED);
  waip_channel_close(channel);
  stage_close(&stage);
}

/* ---- In the embedding process -------------------------------------------------------------------------- */

struct guest_planner {
  struct stage *stage;
  struct planner_side side;
  atomic_bool stop;
  pthread_t thread;
};

static void attach(struct guest_planner *planner) {
  char path[64];
  int fd = (int)control_u32(planner->stage, WAIP_RINGS_CONTROL_MAPPING_FD);
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  CHECK(planner_attach(&planner->side, path));
  planner_ready(&planner->side, WAIP_RINGS_VERSION);
}

static void *plan(void *argument) {
  struct guest_planner *planner = argument;
  while (!atomic_load(&planner->stop)) {
    planner_rest(&planner->side);
  }
  return NULL;
}

static void guest_start(struct guest_planner *planner) {
  atomic_store(&planner->stop, false);
  CHECK_INT(pthread_create(&planner->thread, NULL, plan, planner), 0);
}

static void guest_stop(struct guest_planner *planner) {
  atomic_store(&planner->stop, true);
  pthread_join(planner->thread, NULL);
}

/* The planner stops, loses its epoch, and then goes on in the mapping it had. */
static void late_planner_writes_nowhere_that_is_read(void) {
  struct stage stage;
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_INPROCESS,
                                        .heartbeat_timeout_nanos = 100000000u,
                                        .backoff_min_nanos = 1000000u};
  stage_open_with(&stage, &settings);
  struct guest_planner late = {.stage = &stage};
  attach(&late);
  guest_start(&late);
  await_service(&stage);
  guest_stop(&late);
  /* Held by a planner that has stopped, and decided by it too late. */
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMITTED);
  AWAIT(control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH) == 2 && owner_held(&stage.owner) == 0);
  CHECK_INT(stage.owner.returned, 1);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_LOST_HEARTBEAT), 1);
  uint64_t decided = late.side.decided;
  CHECK(planner_abandoned(&late.side));
  CHECK(planner_duty(&late.side) > 0);
  CHECK_INT(late.side.decided, decided + 1);
  struct guest_planner next = {.stage = &stage};
  AWAIT(control_u32(&stage, WAIP_RINGS_CONTROL_PLANNER_STATE) == WAIP_RINGS_PLANNER_NONE);
  attach(&next);
  guest_start(&next);
  await_service(&stage);
  CHECK_INT(stage.owner.stale, 0);
  CHECK_INT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_PLANNER_STARTS), 0);
  guest_stop(&next);
  stage_close(&stage);
  planner_detach(&late.side);
  planner_detach(&next.side);
}

/* ---- A planner that lies about an execution ------------------------------------------------------------- */

struct blocked {
  struct waip_channel *channel;
  pthread_t thread;
  enum waip_execution_result result;
};

static void *execute_one(void *argument) {
  struct blocked *blocked = argument;
  blocked->result = execute(blocked->channel, 1);
  return NULL;
}

static uint32_t *slot_word(struct guest_planner *planner, uint32_t offset) {
  return (uint32_t *)(void *)(planner->side.base + WAIP_RINGS_ARENA_OFFSET + offset);
}

/* Words that the planner writes, one after the other, into the slot of an execution it was given. */
struct lie {
  uint32_t offset;
  uint32_t value;
};

static void check_lie(const struct lie *lies, size_t count) {
  struct stage stage;
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_INPROCESS};
  stage_open_with(&stage, &settings);
  struct waip_channel *channel = open_direct(&stage);
  struct guest_planner planner = {.stage = &stage};
  attach(&planner);
  planner.side.hold = true;
  guest_start(&planner);
  AWAIT(control_u32(&stage, WAIP_RINGS_CONTROL_PLANNER_STATE) == WAIP_RINGS_PLANNER_READY);
  struct blocked blocked = {.channel = channel};
  CHECK_INT(pthread_create(&blocked.thread, NULL, execute_one, &blocked), 0);
  AWAIT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_EXECUTIONS) == 1);
  _Atomic uint32_t *state = (_Atomic uint32_t *)slot_word(&planner, WAIP_RINGS_SLOT_STATE);
  AWAIT(atomic_load(state) == WAIP_RINGS_SLOT_POSTED);
  for (size_t i = 0; i < count; i++) {
    atomic_store((_Atomic uint32_t *)slot_word(&planner, lies[i].offset), lies[i].value);
    /* Long enough for the waiting thread to see each of them. */
    uint64_t seen = test_now() + 150000000u;
    AWAIT(test_now() >= seen);
  }
  pthread_join(blocked.thread, NULL);
  CHECK_INT(blocked.result, WAIP_EXECUTION_LOST);
  AWAIT(waip_seat_counter(stage.seat, WAIP_RINGS_COUNTER_LOST_PROTOCOL) == 1);
  guest_stop(&planner);
  waip_channel_close(channel);
  stage_close(&stage);
  planner_detach(&planner.side);
}

static void executions_end_with_a_planner_that_lies(void) {
  const struct lie strange_state[] = {{WAIP_RINGS_SLOT_STATE, 7}};
  const struct lie back_to_posted[] = {{WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_RUNNING},
                                       {WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_POSTED}};
  const struct lie freed[] = {{WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_FREE}};
  const struct lie strange_status[] = {{WAIP_RINGS_SLOT_STATUS, 9}, {WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_DONE}};
  check_lie(strange_state, COUNT_OF(strange_state));
  check_lie(back_to_posted, COUNT_OF(back_to_posted));
  check_lie(freed, COUNT_OF(freed));
  check_lie(strange_status, COUNT_OF(strange_status));
}

/* ---- The end of the server ------------------------------------------------------------------------------- */

static struct stage ending;
static atomic_int heard;
static _Atomic uint64_t returned_when_heard;

static void server_hears(int signal) {
  atomic_store(&returned_when_heard, atomic_load(&ending.owner.returned));
  atomic_fetch_add(&heard, signal);
}

static void server_hears_with_details(int signal, siginfo_t *details, void *context) {
  (void)context;
  server_hears(signal + (details->si_signo == signal ? 0 : 1000));
}

static void handle(int signal, struct sigaction *before) {
  struct sigaction action = {.sa_handler = server_hears};
  if (signal == SIGINT) {
    action.sa_flags = SA_SIGINFO;
    action.sa_sigaction = server_hears_with_details;
  }
  CHECK_INT(sigaction(signal, &action, before), 0);
}

static bool is_heard_first(int signal) {
  struct sigaction now;
  CHECK_INT(sigaction(signal, NULL, &now), 0);
  return (now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction != server_hears_with_details;
}

/* The server sets its handlers after the seat is open, as Triton does. */
static void open_ending(bool drain) {
  const char *command[] = {fake_planner, "hold", NULL};
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_CHILD, .command = command, .drain_on_signal = drain};
  atomic_store(&heard, 0);
  stage_open_with(&ending, &settings);
  AWAIT(owner_request(&ending.owner) == WAIP_SUBMITTED);
}

static void requests_are_back_before_the_server_hears_the_signal(int signal) {
  struct sigaction other;
  struct sigaction ours;
  open_ending(true);
  handle(SIGTERM, &other);
  handle(SIGINT, &ours);
  AWAIT(is_heard_first(SIGTERM) && is_heard_first(SIGINT));
  CHECK_INT(kill(getpid(), signal), 0);
  AWAIT(atomic_load(&heard) == signal);
  CHECK_INT(returned_when_heard, 1);
  CHECK_INT(owner_request(&ending.owner), WAIP_SUBMIT_NO_PLANNER);
  /* The server has its own again: nothing stands before the next one. */
  CHECK(!is_heard_first(SIGTERM) && !is_heard_first(SIGINT));
  CHECK_INT(kill(getpid(), signal), 0);
  AWAIT(atomic_load(&heard) == 2 * signal);
  set_bypass(&ending, 1);
  AWAIT(owner_request(&ending.owner) == WAIP_SUBMIT_BYPASS);
  set_bypass(&ending, 0);
  AWAIT(owner_request(&ending.owner) == WAIP_SUBMIT_NO_PLANNER);
  stage_close(&ending);
  sigaction(SIGTERM, &other, NULL);
  sigaction(SIGINT, &ours, NULL);
}

static void drains_before_the_server_ends(void) {
  requests_are_back_before_the_server_hears_the_signal(SIGTERM);
  requests_are_back_before_the_server_hears_the_signal(SIGINT);
}

/* Long enough for the seat to look several times. */
static void let_it_look(void) {
  uint64_t until = test_now() + 200000000u;
  AWAIT(test_now() >= until);
}

static void leaves_signals_alone_that_it_is_not_to_hear(void) {
  struct sigaction before;
  open_ending(false);
  handle(SIGTERM, &before);
  let_it_look();
  CHECK(!is_heard_first(SIGTERM));
  stage_close(&ending);
  sigaction(SIGTERM, &before, NULL);
  open_ending(true);
  let_it_look();
  struct sigaction now;
  CHECK_INT(sigaction(SIGTERM, NULL, &now), 0);
  CHECK(now.sa_handler == SIG_DFL);
  CHECK_INT(owner_held(&ending.owner), 1);
  stage_close(&ending);
}

static void gives_handlers_back_at_its_own_end(void) {
  struct sigaction before;
  open_ending(true);
  handle(SIGTERM, &before);
  AWAIT(is_heard_first(SIGTERM));
  stage_close(&ending);
  CHECK(!is_heard_first(SIGTERM));
  sigaction(SIGTERM, &before, NULL);
}

/* ---- Opening ----------------------------------------------------------------------------------------- */

static void check_refused(const struct waip_seat_settings *settings, const char *expected) {
  struct waip_seat *seat = NULL;
  char error[256] = "";
  CHECK(!waip_seat_open(settings, &seat, error, sizeof error));
  if (strstr(error, expected) == NULL) {
    fprintf(stderr, "'%s' does not say '%s'\n", error, expected);
    exit(1);
  }
}

static void refuses_unusable_settings(void) {
  const char *command[] = {fake_planner, "ok", NULL};
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_CHILD};
  check_refused(&settings, "no command");
  settings.command = command;
  settings.heartbeat_timeout_nanos = 99000000u;
  check_refused(&settings, "heartbeat time-out is 99 ms, allowed are 100 to 60000 ms");
  settings.heartbeat_timeout_nanos = 0;
  settings.suspect_timeout_nanos = 501000000u;
  check_refused(&settings, "suspect time-out is 501 ms, allowed are 50 to 500 ms");
  settings.suspect_timeout_nanos = 0;
  settings.start_timeout_nanos = 1;
  check_refused(&settings, "start time-out is 0 ms, allowed are 1000 to 600000 ms");
  settings.start_timeout_nanos = 0;
  settings.backoff_min_nanos = 1000000000u;
  settings.backoff_max_nanos = 1;
  check_refused(&settings, "greatest back-off is 0 ms, allowed are 1000 to 600000 ms");
  settings.backoff_max_nanos = 0;
  settings.control_folder = "/proc/waip";
  check_refused(&settings, "control folder /proc/waip: ");
}

static void refuses_a_folder_in_use(void) {
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_INPROCESS, .control_folder = stage.folder};
  check_refused(&settings, "is in use by another server");
  stage_close(&stage);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: seat_test FAKE_PLANNER\n");
    return 2;
  }
  fake_planner = argv[1];
  starts_and_answers_requests();
  hands_refusals_on();
  child_inherits_nothing_but_the_mapping();
  bypass_takes_requests_back_and_leaves_the_planner();
  bypass_flips_under_traffic();
  truncated_control_page_comes_back();
  counters_reach_the_control_page();
  channels_come_and_go_under_traffic();
  refuses_a_channel_too_many();
  executes_batches_in_the_planner();
  bypass_lets_executions_go_on();
  late_planner_writes_nowhere_that_is_read();
  executions_end_with_a_planner_that_lies();
  drains_before_the_server_ends();
  leaves_signals_alone_that_it_is_not_to_hear();
  gives_handlers_back_at_its_own_end();
  refuses_unusable_settings();
  refuses_a_folder_in_use();
  printf("seat_test: %d checks\n", checks_run);
  return 0;
}
