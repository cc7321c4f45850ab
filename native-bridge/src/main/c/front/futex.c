#include "futex.h"

#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "shared_memory.h"

/* Without FUTEX_PRIVATE_FLAG: the other side sleeps in another process. */
void waip_futex_wait(void *word, uint32_t expected, uint64_t timeout_nanos) {
  struct timespec timeout = waip_timespec(timeout_nanos);
  syscall(SYS_futex, word, FUTEX_WAIT, expected, &timeout, NULL, 0);
}

/* All sleepers, not one: a planner that sleeps on a word it should not must not take the wake of another. */
void waip_futex_wake(void *word) {
  syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void waip_park(void *word) {
  waip_exchange_u32(word, 1);
}

void waip_park_wait(void *word, uint64_t timeout_nanos) {
  waip_futex_wait(word, 1, timeout_nanos);
  waip_park_end(word);
}

void waip_park_end(void *word) {
  waip_exchange_u32(word, 0);
}

void waip_unpark(void *word) {
  if (waip_exchange_u32(word, 0) != 0) {
    waip_futex_wake(word);
  }
}
