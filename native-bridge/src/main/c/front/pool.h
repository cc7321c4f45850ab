/*
 * Objects of one size, reused last in, first out. Grows by blocks, gives memory back only when it is
 * closed: after warm-up it allocates nothing. Not synchronised; the owner's lock guards it.
 */
#ifndef WAIP_FRONT_POOL_H
#define WAIP_FRONT_POOL_H

#include <stddef.h>

struct waip_pool {
  size_t object_bytes;
  void *free;
  void *blocks;
};

/* `object_bytes` is at least that of a pointer. */
void waip_pool_open(struct waip_pool *pool, size_t object_bytes);
/* Every object has been given back. */
void waip_pool_close(struct waip_pool *pool);
/* All bytes zero; NULL when there is no memory. */
void *waip_pool_take(struct waip_pool *pool);
void waip_pool_give(struct waip_pool *pool, void *object);

#endif
