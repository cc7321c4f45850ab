#include "pool.h"

#include <stdlib.h>
#include <string.h>

#include "poison.h"

enum { BLOCK_OBJECTS = 64, ALIGNMENT = 16 };

/* What a free object, and the head of a block, begins with. */
struct link {
  struct link *next;
};

void waip_pool_open(struct waip_pool *pool, size_t object_bytes) {
  pool->object_bytes = (object_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  pool->free = NULL;
  pool->blocks = NULL;
}

void waip_pool_close(struct waip_pool *pool) {
  struct link *block = pool->blocks;
  while (block != NULL) {
    struct link *next = block->next;
    free(block);
    block = next;
  }
  pool->blocks = NULL;
  pool->free = NULL;
}

static void grow(struct waip_pool *pool) {
  char *block = malloc(ALIGNMENT + BLOCK_OBJECTS * pool->object_bytes);
  if (block == NULL) {
    return;
  }
  struct link *head = (struct link *)(void *)block;
  head->next = pool->blocks;
  pool->blocks = head;
  for (int i = BLOCK_OBJECTS - 1; i >= 0; i--) {
    waip_pool_give(pool, block + ALIGNMENT + (size_t)i * pool->object_bytes);
  }
}

void *waip_pool_take(struct waip_pool *pool) {
  if (pool->free == NULL) {
    grow(pool);
  }
  struct link *object = pool->free;
  if (object != NULL) {
    pool->free = object->next;
    waip_unpoison(object, pool->object_bytes);
    memset(object, 0, pool->object_bytes);
  }
  return object;
}

void waip_pool_give(struct waip_pool *pool, void *object) {
  struct link *link = object;
  link->next = pool->free;
  pool->free = link;
  waip_poison(link + 1, pool->object_bytes - sizeof *link);
}
