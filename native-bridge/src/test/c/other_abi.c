/* A library with the version call of another release, which the Java side must refuse. */
#include "waip/bridge.h"

int32_t waip_abi_version(void) {
  return WAIP_ABI_VERSION + 98;
}
