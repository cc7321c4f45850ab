/* A library built as libwaip_bridge is not: a stray export and no -z nodelete. */
#include <stdint.h>

__attribute__((visibility("default"))) int32_t waip_stray(void);

int32_t waip_stray(void) {
  return 0;
}
