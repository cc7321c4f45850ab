/*
 * Many producers and one consumer that parks, on a ring of few cells: ring_stress PRODUCERS RECORDS.
 * Every record must arrive once, whole, in its producer's order, and without waiting for a time-out.
 */
#include <pthread.h>
#include <sched.h>
#include <stdalign.h>
#include <string.h>

#include "futex.h"
#include "ring.h"
#include "shared_memory.h"
#include "testing.h"

enum { CELLS = 64, CELL_BYTES = 128, WORDS = CELL_BYTES / 8, PRODUCERS_MAX = 16 };

/* A consumer that sleeps this long with a record waiting was not woken. */
static const uint64_t wake_timeout_nanos = 3000000000u;

static alignas(64) unsigned char cells[CELLS * CELL_BYTES];
static alignas(64) uint32_t parked;
static struct waip_producer producer = {.ring = {cells, CELL_BYTES, CELLS}};
static struct waip_consumer consumer = {.ring = {cells, CELL_BYTES, CELLS}};
static uint64_t records;

/* Words of a record: turn, producer, sequence, and the rest made from these two. */
static uint64_t word_of(uint64_t from, uint64_t sequence, size_t word) {
  return (from << 48 ^ sequence) * 0x9e3779b97f4a7c15u + word;
}

static void *produce(void *argument) {
  uint64_t from = (uint64_t)(uintptr_t)argument;
  for (uint64_t sequence = 0; sequence < records; sequence++) {
    uint64_t record[WORDS] = {0, from, sequence};
    for (size_t i = 3; i < WORDS; i++) {
      record[i] = word_of(from, sequence, i);
    }
    enum waip_ring_result pushed;
    while ((pushed = waip_ring_push(&producer, record)) == WAIP_RING_NOT_NOW) {
      sched_yield();
    }
    CHECK_INT(pushed, WAIP_RING_OK);
    waip_unpark(&parked);
  }
  return NULL;
}

static void rest(void) {
  waip_park(&parked);
  if (waip_ring_readable(&consumer)) {
    waip_park_end(&parked);
    return;
  }
  uint64_t start = waip_now();
  waip_park_wait(&parked, wake_timeout_nanos);
  uint64_t wake_came_in_time = waip_now() - start < wake_timeout_nanos;
  CHECK(wake_came_in_time);
}

static void check_record(const uint64_t *record, uint64_t *next, uint64_t producers) {
  uint64_t from = record[1];
  CHECK(from < producers);
  CHECK_INT(record[2], next[from]);
  next[from]++;
  for (size_t i = 3; i < WORDS; i++) {
    CHECK_INT(record[i], word_of(from, record[2], i));
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: ring_stress PRODUCERS RECORDS\n");
    return 2;
  }
  uint64_t producers = strtoull(argv[1], NULL, 10);
  records = strtoull(argv[2], NULL, 10);
  CHECK(producers >= 1 && producers <= PRODUCERS_MAX);
  pthread_t threads[PRODUCERS_MAX];
  for (uint64_t i = 0; i < producers; i++) {
    CHECK_INT(pthread_create(&threads[i], NULL, produce, (void *)(uintptr_t)i), 0);
  }
  uint64_t next[PRODUCERS_MAX] = {0};
  for (uint64_t taken = 0; taken < producers * records;) {
    uint64_t record[WORDS];
    enum waip_ring_result result = waip_ring_take(&consumer, record);
    if (result == WAIP_RING_OK) {
      check_record(record, next, producers);
      taken++;
    } else {
      CHECK_INT(result, WAIP_RING_NOT_NOW);
      rest();
    }
  }
  for (uint64_t i = 0; i < producers; i++) {
    pthread_join(threads[i], NULL);
    CHECK_INT(next[i], records);
  }
  CHECK(!waip_ring_readable(&consumer));
  printf("ring_stress: %d checks\n", checks_run);
  return 0;
}
