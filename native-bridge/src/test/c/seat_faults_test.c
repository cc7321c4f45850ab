/* The seat with planners that fail, each under traffic: seat_faults_test FAKE_PLANNER [--host FOLDER]. */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seat_testing.h"
#include "testing.h"

static uint64_t count_of(const struct stage *stage, uint32_t counter) {
  return waip_seat_counter(stage->seat, counter);
}

static int32_t planner_pid(const struct stage *stage) {
  return (int32_t)control_u32(stage, WAIP_RINGS_CONTROL_PLANNER_PID);
}

/* A signal ends or stops the planner while it serves; another one serves soon after. */
static void survives_signal(int signal, uint32_t lost_counter) {
  uint64_t fastest = UINT64_MAX;
  struct stage stage;
  stage_open(&stage, "ok", NULL);
  await_service(&stage);
  struct traffic traffic;
  traffic_start(&traffic, &stage.owner);
  for (uint64_t i = 1; i <= 3; i++) {
    uint64_t planned = stage.owner.planned;
    AWAIT(stage.owner.planned > planned + 100);
    int32_t pid = planner_pid(&stage);
    uint64_t start = test_now();
    CHECK_INT(kill(pid, signal), 0);
    AWAIT(count_of(&stage, lost_counter) == i);
    uint64_t nanos = test_now() - start;
    fastest = nanos < fastest ? nanos : fastest;
    AWAIT(process_is_gone(pid));
    AWAIT(stage.owner.losses == i && planner_pid(&stage) != pid && planner_pid(&stage) != 0);
  }
  traffic_stop(&traffic);
  await_service(&stage);
  AWAIT(owner_held(&stage.owner) == 0);
  /* The promise; not of each of the three, as the machine may be busy with something else. */
  CHECK(fastest < 1000000000u);
  CHECK_INT(control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH), 4);
  CHECK_INT(count_of(&stage, WAIP_RINGS_COUNTER_PLANNER_STARTS), 4);
  stage_close(&stage);
}

static void survives_a_killed_planner(void) {
  survives_signal(SIGKILL, WAIP_RINGS_COUNTER_LOST_EXITED);
}

static void survives_a_stopped_planner(void) {
  survives_signal(SIGSTOP, WAIP_RINGS_COUNTER_LOST_HEARTBEAT);
}

/* A planner that pauses: its requests come back before it is given up, and it serves on when it goes on. */
static void forwards_while_the_planner_is_silent(void) {
  const char *command[] = {fake_planner, "ok", NULL};
  struct waip_seat_settings settings = {
      .kind = WAIP_SEAT_CHILD, .command = command, .heartbeat_timeout_nanos = 30000000000u};
  struct stage stage;
  stage_open_with(&stage, &settings);
  await_service(&stage);
  int32_t pid = planner_pid(&stage);
  for (uint64_t i = 1; i <= 3; i++) {
    CHECK_INT(kill(pid, SIGSTOP), 0);
    uint64_t start = test_now();
    AWAIT(owner_request(&stage.owner) == WAIP_SUBMIT_NO_PLANNER && owner_held(&stage.owner) == 0);
    /* 150 ms of silence, a look and a busy machine; far from the 30 s that end it. */
    CHECK(test_now() - start < 2000000000u);
    CHECK_INT(count_of(&stage, WAIP_RINGS_COUNTER_SUSPECTED), i);
    CHECK_INT(kill(pid, SIGCONT), 0);
    await_service(&stage);
  }
  CHECK_INT(planner_pid(&stage), pid);
  CHECK_INT(count_of(&stage, WAIP_RINGS_COUNTER_LOST_HEARTBEAT), 0);
  CHECK_INT(control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH), 1);
  stage_close(&stage);
}

/* More requests than are given back on a mere suspicion: they wait for the planner, new ones do not. */
static void a_long_queue_waits_for_a_planner_that_is_silent(void) {
  const char *command[] = {fake_planner, "hold", NULL};
  struct waip_seat_settings settings = {
      .kind = WAIP_SEAT_CHILD, .command = command, .heartbeat_timeout_nanos = 30000000000u};
  struct stage stage;
  stage_open_with(&stage, &settings);
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMITTED);
  while (owner_held(&stage.owner) <= WAIP_SUSPECT_HELD_MAX) {
    CHECK_INT(owner_request(&stage.owner), WAIP_SUBMITTED);
  }
  CHECK_INT(kill(planner_pid(&stage), SIGSTOP), 0);
  AWAIT(count_of(&stage, WAIP_RINGS_COUNTER_SUSPECTED) == 1);
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMIT_NO_PLANNER);
  CHECK_INT(owner_held(&stage.owner), WAIP_SUSPECT_HELD_MAX + 1);
  CHECK_INT(kill(planner_pid(&stage), SIGCONT), 0);
  AWAIT(owner_request(&stage.owner) == WAIP_SUBMITTED);
  CHECK_INT(stage.owner.returned, 0);
  /* A bypass takes them all, also from a planner that is silent. */
  CHECK_INT(kill(planner_pid(&stage), SIGSTOP), 0);
  AWAIT(count_of(&stage, WAIP_RINGS_COUNTER_SUSPECTED) == 2);
  set_bypass(&stage, 1);
  AWAIT(owner_held(&stage.owner) == 0);
  stage_close(&stage);
}

/* A planner that misbehaves after it decided 200 requests, each time anew. */
static void loses_and_restarts(const char *mode, uint32_t lost_counter) {
  struct stage stage;
  stage_open(&stage, mode, "200");
  await_service(&stage);
  struct traffic traffic;
  traffic_start(&traffic, &stage.owner);
  AWAIT(count_of(&stage, lost_counter) >= 2);
  uint64_t planned = stage.owner.planned;
  AWAIT(stage.owner.planned > planned);
  traffic_stop(&traffic);
  AWAIT(owner_held(&stage.owner) == 0);
  stage_close(&stage);
}

static void loses_a_planner_that_exits(void) {
  loses_and_restarts("exit", WAIP_RINGS_COUNTER_LOST_EXITED);
}

static void loses_a_planner_out_of_memory(void) {
  loses_and_restarts("oom", WAIP_RINGS_COUNTER_LOST_EXITED);
  CHECK(log_has("planner: ended with status 3"));
}

static void loses_a_planner_without_heartbeat(void) {
  loses_and_restarts("hang", WAIP_RINGS_COUNTER_LOST_HEARTBEAT);
}

static void loses_a_planner_that_writes_garbage(void) {
  loses_and_restarts("garbage", WAIP_RINGS_COUNTER_LOST_PROTOCOL);
}

static void loses_a_planner_that_takes_ready_back(void) {
  loses_and_restarts("not-ready", WAIP_RINGS_COUNTER_LOST_EXITED);
}

static void loses_a_planner_that_leaves_a_dispatch_half_written(void) {
  loses_and_restarts("half", WAIP_RINGS_COUNTER_LOST_PROTOCOL);
}

/* A planner that never serves; the requests go their way, and each start waits longer than the last. */
static void never_serves(struct waip_seat_settings *settings, uint32_t lost_counter, uint32_t reason) {
  settings->kind = WAIP_SEAT_CHILD;
  settings->backoff_min_nanos = 20000000u;
  settings->backoff_max_nanos = 100000000u;
  struct stage stage;
  uint64_t start = test_now();
  stage_open_with(&stage, settings);
  while (count_of(&stage, lost_counter) < 4) {
    CHECK_INT(owner_request(&stage.owner), WAIP_SUBMIT_NO_PLANNER);
    test_pause();
    CHECK(test_now() - start < 20000000000u);
  }
  /* Pauses before the fourth loss: 20, 40 and 80 ms. */
  CHECK(test_now() - start >= 140000000u);
  CHECK_INT(stage.owner.losses, 0);
  AWAIT(control_u32(&stage, WAIP_RINGS_CONTROL_LOST_REASON) == reason);
  AWAIT(control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH) >= 5);
  stage_close(&stage);
}

static void forwards_while_the_planner_exits_at_its_start(void) {
  const char *command[] = {fake_planner, "exit-at-start", NULL};
  struct waip_seat_settings settings = {.command = command};
  never_serves(&settings, WAIP_RINGS_COUNTER_LOST_EXITED, WAIP_RINGS_LOST_EXITED);
}

static void forwards_while_the_planner_is_of_another_version(void) {
  const char *command[] = {fake_planner, "wrong-version", NULL};
  struct waip_seat_settings settings = {.command = command};
  never_serves(&settings, WAIP_RINGS_COUNTER_LOST_ABI, WAIP_RINGS_LOST_ABI);
}

static void forwards_while_the_program_is_missing(void) {
  const char *command[] = {"/nonexistent/planner", NULL};
  struct waip_seat_settings settings = {.command = command};
  never_serves(&settings, WAIP_RINGS_COUNTER_LOST_EXEC, WAIP_RINGS_LOST_EXEC);
  CHECK(log_has("planner: /nonexistent/planner: No such file or directory"));
}

static void forwards_while_the_planner_is_not_ready_in_time(void) {
  const char *command[] = {fake_planner, "never-ready", NULL};
  struct waip_seat_settings settings = {.command = command, .start_timeout_nanos = 1000000000u};
  never_serves(&settings, WAIP_RINGS_COUNTER_LOST_START, WAIP_RINGS_LOST_START);
}

/* The program is removed under a serving planner, and put back. */
static void comes_back_with_the_program(void) {
  char folder[] = "waip-program-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  char program[64];
  snprintf(program, sizeof program, "%s/planner", folder);
  CHECK_INT(symlink(fake_planner, program), 0);
  const char *command[] = {program, "ok", NULL};
  struct waip_seat_settings settings = {
      .command = command, .backoff_min_nanos = 20000000u, .backoff_max_nanos = 100000000u};
  struct stage stage;
  stage_open_with(&stage, &settings);
  await_service(&stage);
  CHECK_INT(unlink(program), 0);
  CHECK_INT(kill(planner_pid(&stage), SIGKILL), 0);
  AWAIT(count_of(&stage, WAIP_RINGS_COUNTER_LOST_EXEC) >= 2);
  CHECK_INT(symlink(fake_planner, program), 0);
  await_service(&stage);
  stage_close(&stage);
  unlink(program);
  rmdir(folder);
}

/* ---- Direct mode ------------------------------------------------------------------------------------- */

struct blocked {
  struct waip_channel *channel;
  pthread_t thread;
  atomic_bool posted;
  enum waip_execution_result result;
};

static void *execute(void *argument) {
  struct blocked *blocked = argument;
  struct waip_execution execution;
  while (!waip_execution_begin(blocked->channel, &execution)) {
    test_pause();
  }
  atomic_store(&blocked->posted, true);
  blocked->result = waip_execution_run(&execution);
  waip_execution_end(&execution);
  return NULL;
}

static void executions_end_with_their_planner(void) {
  struct stage stage;
  stage_open(&stage, "hold", NULL);
  struct waip_channel_settings settings = {.kind = WAIP_RINGS_KIND_DIRECT, .model = "direct"};
  struct waip_channel *channel = NULL;
  char error[256];
  CHECK(waip_channel_open(stage.seat, &settings, &channel, error, sizeof error));
  /* Every slot of the arena, posted to a planner that takes them and executes none. */
  struct blocked blocked[WAIP_RINGS_ARENA_SLOTS];
  for (size_t i = 0; i < COUNT_OF(blocked); i++) {
    blocked[i].channel = channel;
    atomic_store(&blocked[i].posted, false);
    CHECK_INT(pthread_create(&blocked[i].thread, NULL, execute, &blocked[i]), 0);
    AWAIT(atomic_load(&blocked[i].posted));
  }
  AWAIT(count_of(&stage, WAIP_RINGS_COUNTER_EXECUTIONS) == COUNT_OF(blocked));
  CHECK_INT(kill(planner_pid(&stage), SIGKILL), 0);
  for (size_t i = 0; i < COUNT_OF(blocked); i++) {
    pthread_join(blocked[i].thread, NULL);
    CHECK_INT(blocked[i].result, WAIP_EXECUTION_LOST);
  }
  CHECK_INT(count_of(&stage, WAIP_RINGS_COUNTER_EXECUTIONS_LOST), COUNT_OF(blocked));
  waip_channel_close(channel);
  stage_close(&stage);
}

/* ---- The server's own end ---------------------------------------------------------------------------- */

/* What a server does, in a process of its own: tells the planner's id, and waits to be killed. */
static int host(const char *folder) {
  const char *command[] = {fake_planner, "ok", NULL};
  struct waip_seat_settings settings = {
      .kind = WAIP_SEAT_CHILD, .command = command, .control_folder = folder};
  struct waip_seat *seat = NULL;
  char error[256];
  CHECK(waip_seat_open(&settings, &seat, error, sizeof error));
  for (;;) {
    pause();
  }
}

static pid_t start_host(const char *program, const char *folder) {
  pid_t pid = fork();
  if (pid == 0) {
    execl(program, program, fake_planner, "--host", folder, (char *)NULL);
    _exit(127);
  }
  CHECK(pid > 0);
  return pid;
}

static bool serves(const struct stage *stage) {
  char path[128];
  struct stat status;
  snprintf(path, sizeof path, "%s/control", stage->folder);
  return stat(path, &status) == 0 && status.st_size == WAIP_RINGS_CONTROL_BYTES &&
         control_u32(stage, WAIP_RINGS_CONTROL_PLANNER_STATE) == WAIP_RINGS_PLANNER_READY;
}

static void planner_ends_with_a_killed_server(const char *program) {
  struct stage stage = {.folder = "waip-host-XXXXXX"};
  CHECK(mkdtemp(stage.folder) != NULL);
  pid_t server = start_host(program, stage.folder);
  AWAIT(serves(&stage));
  int32_t planner = planner_pid(&stage);
  CHECK(!process_is_gone(planner));
  CHECK_INT(kill(server, SIGKILL), 0);
  CHECK_INT(waitpid(server, NULL, 0), server);
  AWAIT(process_is_gone(planner));
  /* The folder it left is free for the next server. */
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_INPROCESS, .control_folder = stage.folder};
  struct waip_seat *seat = NULL;
  char error[256];
  CHECK(waip_seat_open(&settings, &seat, error, sizeof error));
  waip_seat_close(seat);
}

int main(int argc, char **argv) {
  if (argc != 2 && !(argc == 4 && strcmp(argv[2], "--host") == 0)) {
    fprintf(stderr, "usage: seat_faults_test FAKE_PLANNER [--host FOLDER]\n");
    return 2;
  }
  fake_planner = argv[1];
  if (argc == 4) {
    return host(argv[3]);
  }
  survives_a_killed_planner();
  survives_a_stopped_planner();
  forwards_while_the_planner_is_silent();
  a_long_queue_waits_for_a_planner_that_is_silent();
  loses_a_planner_that_exits();
  loses_a_planner_out_of_memory();
  loses_a_planner_without_heartbeat();
  loses_a_planner_that_writes_garbage();
  loses_a_planner_that_takes_ready_back();
  loses_a_planner_that_leaves_a_dispatch_half_written();
  forwards_while_the_planner_exits_at_its_start();
  forwards_while_the_planner_is_of_another_version();
  forwards_while_the_program_is_missing();
  forwards_while_the_planner_is_not_ready_in_time();
  comes_back_with_the_program();
  executions_end_with_their_planner();
  planner_ends_with_a_killed_server("/proc/self/exe");
  printf("seat_faults_test: %d checks\n", checks_run);
  return 0;
}
