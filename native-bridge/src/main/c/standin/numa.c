/*
 * Stands in for libnuma.so.1 where it is not installed: one node, and no policy can be set. The core
 * asks only for models whose host policy names a node. Never loaded where the real library is found.
 */
#include <errno.h>

#define EXPORT __attribute__((visibility("default")))

EXPORT int numa_max_node(void);
EXPORT long get_mempolicy(void);
EXPORT long set_mempolicy(void);

int numa_max_node(void) {
  return 0;
}

long get_mempolicy(void) {
  errno = ENOSYS;
  return -1;
}

long set_mempolicy(void) {
  errno = ENOSYS;
  return -1;
}
