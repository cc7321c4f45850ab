/*
 * Buffers for what targets answer, in size classes of powers of two, kept for reuse. Above the largest
 * class memory comes from and goes back to the system. Any thread.
 */
#ifndef WAIP_FRONT_BUFFERS_H
#define WAIP_FRONT_BUFFERS_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

enum {
  WAIP_BUFFER_CLASSES = 15,        /* 4 KiB to 64 MiB */
  WAIP_BUFFER_SMALLEST_BITS = 12,
  WAIP_BUFFER_ALIGNMENT = 64,
  WAIP_BUFFER_KEPT_BYTES = 1 << 28 /* free buffers kept; what exceeds it goes back to the system */
};

struct waip_buffers;

struct waip_buffer {
  struct waip_buffer *next;
  struct waip_buffers *home;
  uint32_t class_index; /* WAIP_BUFFER_CLASSES: not of a class */
};

struct waip_buffers {
  pthread_mutex_t lock;
  size_t kept_bytes;
  struct waip_buffer *free[WAIP_BUFFER_CLASSES];
};

void waip_buffers_open(struct waip_buffers *buffers);
/* Every buffer has been given back. */
void waip_buffers_close(struct waip_buffers *buffers);

/* Memory for `bytes` at `data`, aligned to WAIP_BUFFER_ALIGNMENT; NULL when there is none. */
struct waip_buffer *waip_buffers_take(struct waip_buffers *buffers, size_t bytes, void **data);
/* Gives it back to where it comes from. */
void waip_buffers_give(struct waip_buffer *buffer);

#endif
