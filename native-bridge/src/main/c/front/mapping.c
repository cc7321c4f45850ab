#include "mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "futex.h"
#include "shared_memory.h"

_Static_assert(WAIP_RINGS_CHANNELS_OFFSET + WAIP_RINGS_CHANNELS * (long)WAIP_RINGS_CHANNEL_BYTES ==
                   WAIP_RINGS_ARENA_OFFSET, "the arena follows the channels");
_Static_assert(WAIP_RINGS_ARENA_OFFSET + WAIP_RINGS_ARENA_SLOTS * (long)WAIP_RINGS_ARENA_SLOT_BYTES ==
                   WAIP_RINGS_MAPPING_BYTES, "the arena ends the mapping");
_Static_assert(WAIP_RINGS_SUBMIT_OFFSET + WAIP_RINGS_CELLS * WAIP_RINGS_SUBMIT_BYTES ==
                   WAIP_RINGS_COMPLETE_OFFSET, "complete follows submit");
_Static_assert(WAIP_RINGS_COMPLETE_OFFSET + WAIP_RINGS_CELLS * WAIP_RINGS_COMPLETE_BYTES ==
                   WAIP_RINGS_DECIDE_OFFSET, "decide follows complete");
_Static_assert(WAIP_RINGS_DECIDE_OFFSET + WAIP_RINGS_CELLS * WAIP_RINGS_DECIDE_BYTES ==
                   WAIP_RINGS_EXECUTE_OFFSET, "execute follows decide");
_Static_assert(WAIP_RINGS_EXECUTE_OFFSET + WAIP_RINGS_EXECUTE_CELLS * WAIP_RINGS_EXECUTE_BYTES ==
                   WAIP_RINGS_CHANNEL_BYTES, "execute ends the channel");

enum {
  /* Above the numbers that a child moves its own files to. */
  FIRST_FD = 10
};

unsigned char *waip_mapping_channel(const struct waip_mapping *mapping, uint32_t channel) {
  return mapping->base + WAIP_RINGS_CHANNELS_OFFSET + (size_t)channel * WAIP_RINGS_CHANNEL_BYTES;
}

unsigned char *waip_mapping_slot(const struct waip_mapping *mapping, uint32_t slot) {
  return mapping->base + WAIP_RINGS_ARENA_OFFSET + (size_t)slot * WAIP_RINGS_ARENA_SLOT_BYTES;
}

/* Sealed against both sizes: a planner that could shrink it would end this process with SIGBUS. */
static int open_memory(void) {
  int low = memfd_create("waip-rings", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (low < 0) {
    return -1;
  }
  int fd = fcntl(low, F_DUPFD_CLOEXEC, FIRST_FD);
  close(low);
  if (fd < 0) {
    return -1;
  }
  if (ftruncate(fd, WAIP_RINGS_MAPPING_BYTES) != 0 ||
      fallocate(fd, 0, 0, WAIP_RINGS_HEADER_BYTES) != 0 ||
      fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    int error = errno;
    close(fd);
    errno = error;
    return -1;
  }
  return fd;
}

static void write_header(const struct waip_mapping *mapping) {
  unsigned char *header = mapping->base;
  waip_store_u32(header + WAIP_RINGS_HEADER_VERSION, WAIP_RINGS_VERSION);
  waip_store_u64(header + WAIP_RINGS_HEADER_EPOCH, mapping->epoch);
  waip_store_u64(header + WAIP_RINGS_HEADER_TOTAL_BYTES, WAIP_RINGS_MAPPING_BYTES);
  waip_store_u32(header + WAIP_RINGS_HEADER_SERVER_PID, (uint32_t)getpid());
  waip_store_u32(header + WAIP_RINGS_HEADER_MAGIC, WAIP_RINGS_MAGIC);
}

static struct waip_ring ring_at(unsigned char *at, uint32_t cell_bytes, uint32_t cell_count) {
  return (struct waip_ring){at, cell_bytes, cell_count};
}

static void point_ports(struct waip_mapping *mapping) {
  for (uint32_t i = 0; i < WAIP_RINGS_CHANNELS; i++) {
    unsigned char *channel = waip_mapping_channel(mapping, i);
    struct waip_ports *ports = &mapping->ports[i];
    ports->submit.ring = ring_at(channel + WAIP_RINGS_SUBMIT_OFFSET, WAIP_RINGS_SUBMIT_BYTES, WAIP_RINGS_CELLS);
    ports->complete.ring =
        ring_at(channel + WAIP_RINGS_COMPLETE_OFFSET, WAIP_RINGS_COMPLETE_BYTES, WAIP_RINGS_CELLS);
    ports->decide.ring = ring_at(channel + WAIP_RINGS_DECIDE_OFFSET, WAIP_RINGS_DECIDE_BYTES, WAIP_RINGS_CELLS);
    ports->execute.ring =
        ring_at(channel + WAIP_RINGS_EXECUTE_OFFSET, WAIP_RINGS_EXECUTE_BYTES, WAIP_RINGS_EXECUTE_CELLS);
  }
}

static void start_arena(struct waip_mapping *mapping) {
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&mapping->arena_changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
  pthread_mutex_init(&mapping->arena_lock, NULL);
}

struct waip_mapping *waip_mapping_create(uint64_t epoch) {
  struct waip_mapping *mapping = calloc(1, sizeof *mapping);
  if (mapping == NULL) {
    return NULL;
  }
  mapping->fd = open_memory();
  if (mapping->fd < 0) {
    free(mapping);
    return NULL;
  }
  void *base = mmap(NULL, WAIP_RINGS_MAPPING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, mapping->fd, 0);
  if (base == MAP_FAILED) {
    int error = errno;
    close(mapping->fd);
    free(mapping);
    errno = error;
    return NULL;
  }
  mapping->base = base;
  mapping->epoch = epoch;
  atomic_store(&mapping->references, 1);
  point_ports(mapping);
  start_arena(mapping);
  write_header(mapping);
  return mapping;
}

void waip_mapping_retain(struct waip_mapping *mapping) {
  atomic_fetch_add_explicit(&mapping->references, 1, memory_order_relaxed);
}

void waip_mapping_release(struct waip_mapping *mapping) {
  if (mapping == NULL || atomic_fetch_sub_explicit(&mapping->references, 1, memory_order_acq_rel) != 1) {
    return;
  }
  munmap(mapping->base, WAIP_RINGS_MAPPING_BYTES);
  close(mapping->fd);
  pthread_cond_destroy(&mapping->arena_changed);
  pthread_mutex_destroy(&mapping->arena_lock);
  free(mapping);
}

bool waip_mapping_reserve(const struct waip_mapping *mapping, uint32_t channel) {
  off_t offset = waip_mapping_channel(mapping, channel) - mapping->base;
  return fallocate(mapping->fd, 0, offset, WAIP_RINGS_CHANNEL_BYTES) == 0;
}

void waip_mapping_wake_planner(const struct waip_mapping *mapping) {
  waip_unpark(mapping->base + WAIP_RINGS_HEADER_PLANNER_PARKED);
}

void waip_mapping_abandon(struct waip_mapping *mapping) {
  atomic_store_explicit(&mapping->lost, true, memory_order_release);
  atomic_store_explicit(&mapping->ready, false, memory_order_release);
  waip_store_u32(mapping->base + WAIP_RINGS_HEADER_ABANDONED, 1);
  waip_mapping_wake_planner(mapping);
  pthread_mutex_lock(&mapping->arena_lock);
  pthread_cond_broadcast(&mapping->arena_changed);
  uint32_t leased = mapping->arena_leased;
  pthread_mutex_unlock(&mapping->arena_lock);
  for (uint32_t i = 0; i < WAIP_RINGS_ARENA_SLOTS; i++) {
    /* An untouched slot stays untouched: reading its word would give it a page. */
    if ((leased >> i & 1) != 0) {
      waip_futex_wake(waip_mapping_slot(mapping, i) + WAIP_RINGS_SLOT_STATE);
    }
  }
}
