#define _GNU_SOURCE
#include "seat_testing.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "testing.h"

const char *fake_planner;

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static char log_lines[STAGE_LINES][STAGE_TEXT];
static size_t log_count;

void keep_log(const char *line) {
  pthread_mutex_lock(&log_lock);
  snprintf(log_lines[log_count++ % STAGE_LINES], STAGE_TEXT, "%s", line);
  pthread_mutex_unlock(&log_lock);
}

void forget_log(void) {
  pthread_mutex_lock(&log_lock);
  memset(log_lines, 0, sizeof log_lines);
  log_count = 0;
  pthread_mutex_unlock(&log_lock);
}

bool log_has(const char *text) {
  pthread_mutex_lock(&log_lock);
  bool found = false;
  for (size_t i = 0; i < STAGE_LINES; i++) {
    found = found || strstr(log_lines[i], text) != NULL;
  }
  pthread_mutex_unlock(&log_lock);
  return found;
}

uint64_t test_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void test_pause(void) {
  struct timespec pause = {0, 1000000};
  nanosleep(&pause, NULL);
}

void stage_open_with(struct stage *stage, struct waip_seat_settings *settings) {
  memset(stage, 0, sizeof *stage);
  snprintf(stage->folder, sizeof stage->folder, "waip-seat-XXXXXX");
  CHECK(mkdtemp(stage->folder) != NULL);
  settings->control_folder = stage->folder;
  settings->log = keep_log;
  forget_log();
  char error[256] = "";
  if (!waip_seat_open(settings, &stage->seat, error, sizeof error)) {
    fprintf(stderr, "%s\n", error);
    exit(1);
  }
  owner_init(&stage->owner);
  owner_open(&stage->owner, stage->seat);
}

void stage_open(struct stage *stage, const char *mode, const char *n) {
  const char *command[] = {fake_planner, mode, n, NULL};
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_CHILD,
                                        .command = command,
                                        .backoff_min_nanos = 20000000u,
                                        .backoff_max_nanos = 200000000u};
  stage_open_with(stage, &settings);
}

void stage_close(struct stage *stage) {
  owner_close(&stage->owner);
  CHECK_INT(owner_answered(&stage->owner), stage->owner.issued);
  CHECK_INT(stage->owner.invalid, 0);
  waip_seat_close(stage->seat);
  CHECK(access(stage->folder, F_OK) != 0);
}

static void read_control(const struct stage *stage, uint32_t offset, void *to, size_t bytes) {
  char path[128];
  snprintf(path, sizeof path, "%s/control", stage->folder);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  CHECK(fd >= 0);
  CHECK_INT(pread(fd, to, bytes, offset), bytes);
  close(fd);
}

uint32_t control_u32(const struct stage *stage, uint32_t offset) {
  uint32_t value;
  read_control(stage, offset, &value, sizeof value);
  return value;
}

uint64_t control_u64(const struct stage *stage, uint32_t offset) {
  uint64_t value;
  read_control(stage, offset, &value, sizeof value);
  return value;
}

void set_bypass(const struct stage *stage, unsigned char value) {
  char path[128];
  snprintf(path, sizeof path, "%s/control", stage->folder);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  CHECK(fd >= 0);
  CHECK_INT(pwrite(fd, &value, 1, WAIP_RINGS_CONTROL_BYPASS), 1);
  close(fd);
}

void await_service(struct stage *stage) {
  uint64_t before = stage->owner.planned + stage->owner.refused;
  AWAIT(owner_request(&stage->owner) == WAIP_SUBMITTED);
  AWAIT(stage->owner.planned + stage->owner.refused > before);
}

static void *send(void *argument) {
  struct traffic *traffic = argument;
  struct timespec gap = {0, 150000};
  while (!atomic_load(&traffic->stop)) {
    owner_request(traffic->owner);
    nanosleep(&gap, NULL);
  }
  return NULL;
}

void traffic_start(struct traffic *traffic, struct owner *owner) {
  traffic->owner = owner;
  atomic_store(&traffic->stop, false);
  CHECK_INT(pthread_create(&traffic->thread, NULL, send, traffic), 0);
}

void traffic_stop(struct traffic *traffic) {
  atomic_store(&traffic->stop, true);
  pthread_join(traffic->thread, NULL);
}

bool process_is_gone(int32_t pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return true;
  }
  char text[256] = "";
  ssize_t count = read(fd, text, sizeof text - 1);
  close(fd);
  const char *end = count > 0 ? strrchr(text, ')') : NULL;
  return end == NULL || end[2] == 'Z' || end[2] == 'X';
}
