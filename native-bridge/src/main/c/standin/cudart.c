/*
 * Stands in for libcudart.so.12 where there is no CUDA runtime: it says that there is no device. Only
 * what the Triton core looks up is here, under the runtime's symbol version. Never loaded where the
 * real library is found.
 *
 * A call that would return results leaves them untouched, but for the device count: a caller that sees
 * an error does not read them. The parameters are left out of the signatures; the x86-64 calling
 * convention (System V ABI, 3.2.3) lets the caller own them.
 */

/* cudaErrorNoDevice of the CUDA runtime API, "no CUDA-capable device is detected". */
enum { NO_DEVICE = 100 };

#define EXPORT __attribute__((visibility("default")))

EXPORT int cudaGetDeviceCount(int *count);
EXPORT const char *cudaGetErrorString(int error);

int cudaGetDeviceCount(int *count) {
  if (count != 0) {
    *count = 0;
  }
  return NO_DEVICE;
}

const char *cudaGetErrorString(int error) {
  return error == 0 ? "no error" : "no CUDA-capable device is detected";
}

/* Defines a call that answers NO_DEVICE. */
#define REFUSE(name)      \
  EXPORT int name(void); \
  int name(void) { return NO_DEVICE; }

REFUSE(cudaDeviceCanAccessPeer)
REFUSE(cudaDeviceEnablePeerAccess)
REFUSE(cudaDeviceGetPCIBusId)
REFUSE(cudaDeviceGetStreamPriorityRange)
REFUSE(cudaFree)
REFUSE(cudaFreeHost)
REFUSE(cudaGetDevice)
REFUSE(cudaGetDeviceProperties_v2)
REFUSE(cudaHostAlloc)
REFUSE(cudaLaunchHostFunc)
REFUSE(cudaMalloc)
REFUSE(cudaMallocManaged)
REFUSE(cudaMemGetInfo)
REFUSE(cudaMemPrefetchAsync)
REFUSE(cudaMemcpy)
REFUSE(cudaMemcpyAsync)
REFUSE(cudaMemset)
REFUSE(cudaSetDevice)
REFUSE(cudaStreamCreate)
REFUSE(cudaStreamDestroy)
REFUSE(cudaStreamGetFlags)
REFUSE(cudaStreamSynchronize)
