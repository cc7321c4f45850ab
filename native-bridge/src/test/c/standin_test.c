/* What the stand-ins answer, called as the core would. */
#include <errno.h>
#include <string.h>

#include "testing.h"

int cudaGetDeviceCount(int *count);
const char *cudaGetErrorString(int error);
int cudaMalloc(void **memory, size_t bytes);
int cudaSetDevice(int device);
int dcgmInit(void);
const char *errorString(int result);
int numa_max_node(void);
long set_mempolicy(int mode, const unsigned long *mask, unsigned long max_node);

enum { NO_DEVICE = 100 };

int main(void) {
  int count = 7;
  void *memory = &count;
  CHECK_INT(cudaGetDeviceCount(&count), NO_DEVICE);
  CHECK_INT(count, 0);
  CHECK_INT(cudaMalloc(&memory, 1), NO_DEVICE);
  CHECK(memory == &count);
  CHECK_INT(cudaSetDevice(0), NO_DEVICE);
  CHECK(strlen(cudaGetErrorString(NO_DEVICE)) > 0);
  CHECK_INT(dcgmInit(), -1);
  CHECK(strlen(errorString(-1)) > 0);
  CHECK_INT(numa_max_node(), 0);
  CHECK_INT(set_mempolicy(0, 0, 0), -1);
  CHECK_INT(errno, ENOSYS);
  printf("standin_test: %d checks\n", checks_run);
  return 0;
}
