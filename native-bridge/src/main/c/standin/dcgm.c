/*
 * Stands in for libdcgm.so.3 where there is no GPU telemetry: each call answers DCGM_ST_GENERIC_ERROR.
 * Never loaded where the real library is found. Signatures as in cudart.c.
 */

/* DCGM_ST_GENERIC_ERROR of dcgm_structs.h. */
enum { GENERIC_ERROR = -1 };

#define EXPORT __attribute__((visibility("default")))

EXPORT const char *errorString(int result);

const char *errorString(int result) {
  return result == 0 ? "Success" : "DCGM is not installed";
}

/* Defines a call that answers GENERIC_ERROR. */
#define REFUSE(name)      \
  EXPORT int name(void); \
  int name(void) { return GENERIC_ERROR; }

REFUSE(dcgmConnect)
REFUSE(dcgmDisconnect)
REFUSE(dcgmFieldGroupCreate)
REFUSE(dcgmGetAllDevices)
REFUSE(dcgmGetDeviceAttributes)
REFUSE(dcgmGetLatestValuesForFields)
REFUSE(dcgmGroupCreate)
REFUSE(dcgmGroupDestroy)
REFUSE(dcgmInit)
REFUSE(dcgmShutdown)
REFUSE(dcgmStartEmbedded)
REFUSE(dcgmStopEmbedded)
REFUSE(dcgmUpdateAllFields)
REFUSE(dcgmWatchFields)
