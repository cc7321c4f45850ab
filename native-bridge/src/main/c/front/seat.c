#include "seat.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seat_state.h"

static const uint64_t millis = 1000000u;

/* A duration of the settings: 0 means the default. */
struct duration {
  const char *name;
  uint64_t standard;
  uint64_t least;
  uint64_t most;
};

static bool fill(uint64_t *nanos, const struct duration *duration, char *error, size_t error_bytes) {
  if (*nanos == 0) {
    *nanos = duration->standard;
  }
  if (*nanos < duration->least || *nanos > duration->most) {
    snprintf(error, error_bytes, "%s is %llu ms, allowed are %llu to %llu ms", duration->name,
             (unsigned long long)(*nanos / millis), (unsigned long long)(duration->least / millis),
             (unsigned long long)(duration->most / millis));
    return false;
  }
  return true;
}

static bool fill_settings(struct waip_seat_settings *settings, char *error, size_t error_bytes) {
  const struct duration heartbeat = {"heartbeat time-out", 500 * millis, 100 * millis, 60000 * millis};
  const struct duration start = {"start time-out", 60000 * millis, 1000 * millis, 600000 * millis};
  const struct duration least = {"least back-off", 200 * millis, 1 * millis, 600000 * millis};
  if (!fill(&settings->heartbeat_timeout_nanos, &heartbeat, error, error_bytes) ||
      !fill(&settings->start_timeout_nanos, &start, error, error_bytes) ||
      !fill(&settings->backoff_min_nanos, &least, error, error_bytes)) {
    return false;
  }
  const uint64_t heard = settings->heartbeat_timeout_nanos;
  const struct duration suspect = {"suspect time-out", 150 * millis < heard ? 150 * millis : heard, 50 * millis, heard};
  if (!fill(&settings->suspect_timeout_nanos, &suspect, error, error_bytes)) {
    return false;
  }
  const uint64_t standard = 10000 * millis;
  const struct duration most = {
      "greatest back-off", standard > settings->backoff_min_nanos ? standard : settings->backoff_min_nanos,
      settings->backoff_min_nanos, 600000 * millis};
  if (!fill(&settings->backoff_max_nanos, &most, error, error_bytes)) {
    return false;
  }
  if (settings->kind == WAIP_SEAT_CHILD && (settings->command == NULL || settings->command[0] == NULL)) {
    snprintf(error, error_bytes, "no command for the planner's process");
    return false;
  }
  return true;
}

static bool open_parts(struct waip_seat *seat, char *error, size_t error_bytes) {
  if (!waip_control_open(&seat->control, seat->settings.control_folder, error, error_bytes)) {
    return false;
  }
  seat->current = waip_mapping_create(1);
  if (seat->current == NULL) {
    snprintf(error, error_bytes, "cannot make the rings' memory: %s", strerror(errno));
  } else if (waip_supervisor_open(seat, error, error_bytes)) {
    return true;
  }
  waip_mapping_release(seat->current);
  waip_control_close(&seat->control);
  return false;
}

bool waip_seat_open(const struct waip_seat_settings *settings, struct waip_seat **seat, char *error,
                    size_t error_bytes) {
  struct waip_seat *opened = calloc(1, sizeof *opened);
  if (opened == NULL) {
    snprintf(error, error_bytes, "no memory for the seat");
    return false;
  }
  opened->settings = *settings;
  pthread_mutex_init(&opened->lock, NULL);
  if (!fill_settings(&opened->settings, error, error_bytes) || !open_parts(opened, error, error_bytes)) {
    pthread_mutex_destroy(&opened->lock);
    free(opened);
    return false;
  }
  *seat = opened;
  return true;
}

void waip_seat_close(struct waip_seat *seat) {
  waip_supervisor_close(seat);
  waip_mapping_release(seat->current);
  waip_control_close(&seat->control);
  pthread_mutex_destroy(&seat->lock);
  free(seat);
}

void waip_seat_count(struct waip_seat *seat, uint32_t counter, uint64_t n) {
  if (counter < WAIP_RINGS_COUNTERS) {
    atomic_fetch_add_explicit(&seat->control.counters[counter], n, memory_order_relaxed);
  }
}

uint64_t waip_seat_counter(const struct waip_seat *seat, uint32_t counter) {
  return counter < WAIP_RINGS_COUNTERS
             ? atomic_load_explicit(&seat->control.counters[counter], memory_order_relaxed)
             : 0;
}

bool waip_thread_start(pthread_t *thread, void *(*body)(void *), void *argument) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int code = pthread_create(thread, NULL, body, argument);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = code;
  return code == 0;
}

void waip_seat_violation(struct waip_seat *seat, struct waip_mapping *mapping) {
  uint32_t none = 0;
  if (atomic_compare_exchange_strong(&mapping->violation, &none, WAIP_RINGS_LOST_PROTOCOL)) {
    waip_seat_count(seat, WAIP_RINGS_COUNTER_BAD_RECORDS, 1);
    waip_supervisor_wake(seat);
  }
}
