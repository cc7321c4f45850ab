/* A library of the right version that lacks the calls. */
#include "waip/bridge.h"

int32_t waip_abi_version(void) {
  return WAIP_ABI_VERSION;
}
