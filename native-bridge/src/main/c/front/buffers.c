#include "buffers.h"

#include <stdlib.h>

#include "poison.h"

_Static_assert(sizeof(struct waip_buffer) <= WAIP_BUFFER_ALIGNMENT, "the header stands before the data");

static size_t class_bytes(uint32_t class_index) {
  return (size_t)1 << (WAIP_BUFFER_SMALLEST_BITS + class_index);
}

static char *data_of(struct waip_buffer *buffer) {
  return (char *)buffer + WAIP_BUFFER_ALIGNMENT;
}

static uint32_t class_of(size_t bytes) {
  uint32_t class_index = 0;
  while (class_index < WAIP_BUFFER_CLASSES && class_bytes(class_index) < bytes) {
    class_index++;
  }
  return class_index;
}

void waip_buffers_open(struct waip_buffers *buffers) {
  pthread_mutex_init(&buffers->lock, NULL);
  buffers->kept_bytes = 0;
  for (uint32_t i = 0; i < WAIP_BUFFER_CLASSES; i++) {
    buffers->free[i] = NULL;
  }
}

void waip_buffers_close(struct waip_buffers *buffers) {
  for (uint32_t i = 0; i < WAIP_BUFFER_CLASSES; i++) {
    while (buffers->free[i] != NULL) {
      struct waip_buffer *buffer = buffers->free[i];
      buffers->free[i] = buffer->next;
      free(buffer);
    }
  }
  pthread_mutex_destroy(&buffers->lock);
}

static struct waip_buffer *take_free(struct waip_buffers *buffers, uint32_t class_index) {
  pthread_mutex_lock(&buffers->lock);
  struct waip_buffer *buffer = buffers->free[class_index];
  if (buffer != NULL) {
    buffers->free[class_index] = buffer->next;
    buffers->kept_bytes -= class_bytes(class_index);
  }
  pthread_mutex_unlock(&buffers->lock);
  return buffer;
}

static struct waip_buffer *allocate(size_t bytes, uint32_t class_index) {
  size_t whole = (bytes + WAIP_BUFFER_ALIGNMENT - 1) / WAIP_BUFFER_ALIGNMENT * WAIP_BUFFER_ALIGNMENT;
  if (whole < bytes || whole > SIZE_MAX - WAIP_BUFFER_ALIGNMENT) {
    return NULL;
  }
  struct waip_buffer *buffer = aligned_alloc(WAIP_BUFFER_ALIGNMENT, WAIP_BUFFER_ALIGNMENT + whole);
  if (buffer != NULL) {
    buffer->class_index = class_index;
  }
  return buffer;
}

/* Of a buffer of a class only what was asked for may be touched. */
static void open_data(struct waip_buffer *buffer, size_t asked, size_t bytes) {
  waip_poison(data_of(buffer), bytes);
  waip_unpoison(data_of(buffer), asked);
}

struct waip_buffer *waip_buffers_take(struct waip_buffers *buffers, size_t bytes, void **data) {
  size_t asked = bytes;
  uint32_t class_index = class_of(bytes);
  struct waip_buffer *buffer = NULL;
  if (class_index < WAIP_BUFFER_CLASSES) {
    buffer = take_free(buffers, class_index);
    bytes = class_bytes(class_index);
  }
  if (buffer == NULL) {
    buffer = allocate(bytes, class_index);
  }
  if (buffer != NULL) {
    buffer->home = buffers;
    if (class_index < WAIP_BUFFER_CLASSES) {
      open_data(buffer, asked, bytes);
    }
  }
  *data = buffer == NULL ? NULL : data_of(buffer);
  return buffer;
}

void waip_buffers_give(struct waip_buffer *buffer) {
  struct waip_buffers *buffers = buffer->home;
  uint32_t class_index = buffer->class_index;
  if (class_index < WAIP_BUFFER_CLASSES) {
    pthread_mutex_lock(&buffers->lock);
    if (buffers->kept_bytes + class_bytes(class_index) <= WAIP_BUFFER_KEPT_BYTES) {
      buffers->kept_bytes += class_bytes(class_index);
      buffer->next = buffers->free[class_index];
      buffers->free[class_index] = buffer;
      waip_poison(data_of(buffer), class_bytes(class_index));
      buffer = NULL;
    }
    pthread_mutex_unlock(&buffers->lock);
  }
  free(buffer);
}
