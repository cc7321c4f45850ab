/* Misuse that only a sanitizer can see: sanitizer_probe address|undefined must end with an error. */
#include <string.h>

#include "testing.h"
#include "waip/bridge.h"

static void lie_about_the_capacity(void) {
  int64_t row[4] = {1, 2, 3, 4};
  void *addresses[] = {row};
  int64_t lengths[] = {4};
  struct waip_rows rows = {addresses, lengths, 1, 1, 8};
  void *out = malloc(31);
  CHECK_INT(waip_gather(&rows, 4, 0, out, 32), WAIP_STATUS_OK);
  free(out);
}

static void overflow_an_int(int64_t value) {
  volatile int64_t sum = INT64_MAX - 1 + value;
  CHECK(sum != 0);
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "address") == 0) {
    lie_about_the_capacity();
  } else {
    overflow_an_int(argc);
  }
  printf("sanitizer_probe: nothing was caught\n");
  return 0;
}
