/*
 * waip_ring_hop COUNT GAP FOLDER PROGRAM ARGUMENT...: seats PROGRAM as a planner, submits COUNT requests one
 * at a time, GAP nanoseconds from an answer to the next request, and prints for each the nanoseconds from
 * just before its submission to the dispatcher thread holding its decision. FOLDER is for the control page.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "seat.h"

enum { PATIENCE_SECONDS = 30, POLL_NANOS = 5000000 };
static const uint64_t NANOS = 1000000000u;

struct hop {
  pthread_mutex_t lock; /* the channel lock */
  sem_t decided;
  uint64_t decided_nanos;
  bool lost;
};

static uint64_t now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * NANOS + (uint64_t)now.tv_nsec;
}

static void sleep_nanos(uint64_t nanos) {
  struct timespec time = {(time_t)(nanos / NANOS), (long)(nanos % NANOS)};
  nanosleep(&time, NULL);
}

static void decided(void *owner, uint64_t epoch, const struct waip_decision *members, uint32_t count) {
  (void)epoch;
  (void)members;
  (void)count;
  struct hop *hop = owner;
  hop->decided_nanos = now_nanos();
  sem_post(&hop->decided);
}

static void lost(void *owner, uint64_t epoch) {
  (void)epoch;
  struct hop *hop = owner;
  hop->lost = true;
  sem_post(&hop->decided);
}

/* Waits until the planner wrote its table. */
static bool await_table(struct hop *hop, struct waip_channel *channel) {
  uint64_t end = now_nanos() + PATIENCE_SECONDS * NANOS;
  while (now_nanos() < end) {
    pthread_mutex_lock(&hop->lock);
    bool ready = waip_channel_table(channel) != NULL;
    pthread_mutex_unlock(&hop->lock);
    if (ready) {
      return true;
    }
    sleep_nanos(POLL_NANOS);
  }
  return false;
}

static bool await_decision(struct hop *hop) {
  struct timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += PATIENCE_SECONDS;
  int answer;
  do {
    answer = sem_timedwait(&hop->decided, &end);
  } while (answer != 0 && errno == EINTR);
  return answer == 0 && !hop->lost;
}

/* One hop there and back; false when there was no answer. */
static bool measure(struct hop *hop, struct waip_channel *channel, uint32_t number, uint64_t *nanos) {
  struct waip_submit_record record = {.slot = number % 1024, .generation = number, .length = 1, .rows = 1};
  uint64_t epoch;
  uint64_t start = now_nanos();
  record.arrival_nanos = start;
  pthread_mutex_lock(&hop->lock);
  enum waip_submit_result result = waip_channel_submit(channel, &record, &epoch);
  pthread_mutex_unlock(&hop->lock);
  if (result != WAIP_SUBMITTED || !await_decision(hop)) {
    return false;
  }
  *nanos = hop->decided_nanos - start;
  return true;
}

static int run(struct hop *hop, struct waip_channel *channel, uint32_t count, uint64_t gap) {
  if (!await_table(hop, channel)) {
    fprintf(stderr, "waip_ring_hop: the planner did not get ready\n");
    return 1;
  }
  for (uint32_t i = 1; i <= count; i++) {
    uint64_t nanos;
    if (gap > 0) {
      sleep_nanos(gap);
    }
    if (!measure(hop, channel, i, &nanos)) {
      fprintf(stderr, "waip_ring_hop: request %u was not decided\n", i);
      return 1;
    }
    printf("%llu\n", (unsigned long long)nanos);
  }
  return 0;
}

static int open_and_run(const char *const *arguments) {
  struct waip_seat_settings settings = {.kind = WAIP_SEAT_CHILD, .control_folder = arguments[3],
                                        .command = arguments + 4};
  struct hop hop = {.lock = PTHREAD_MUTEX_INITIALIZER};
  struct waip_channel_settings channel_settings = {.kind = WAIP_RINGS_KIND_FRONT, .model = "hop",
                                                   .default_variant = "hop", .max_batch = 1,
                                                   .owner = &hop, .decided = decided, .lost = lost};
  char error[256];
  struct waip_seat *seat;
  struct waip_channel *channel;
  sem_init(&hop.decided, 0, 0);
  if (!waip_seat_open(&settings, &seat, error, sizeof error)) {
    fprintf(stderr, "waip_ring_hop: %s\n", error);
    return 1;
  }
  int status = 1;
  if (waip_channel_open(seat, &channel_settings, &channel, error, sizeof error)) {
    status = run(&hop, channel, (uint32_t)strtoul(arguments[1], NULL, 10), strtoull(arguments[2], NULL, 10));
    waip_channel_close(channel);
  } else {
    fprintf(stderr, "waip_ring_hop: %s\n", error);
  }
  waip_seat_close(seat);
  return status;
}

int main(int argc, char **argv) {
  if (argc < 5) {
    fprintf(stderr, "usage: waip_ring_hop COUNT GAP FOLDER PROGRAM ARGUMENT...\n");
    return 2;
  }
  return open_and_run((const char *const *)argv);
}
