/*
 * A process for Triton's core, which is not there when this program is linked: core_host LIBRARY... --
 * ARGUMENT... loads the libraries in this order, each for all that follow, and calls core_main of the last one.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static void *load(const char *library) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_GLOBAL);
  if (handle == NULL) {
    fprintf(stderr, "core_host: %s\n", dlerror());
  }
  return handle;
}

int main(int argc, char **argv) {
  void *last = NULL;
  int next = 1;
  for (; next < argc && strcmp(argv[next], "--") != 0; next++) {
    last = load(argv[next]);
    if (last == NULL) {
      return 2;
    }
  }
  int (*run)(int, char **) = NULL;
  void *symbol = last == NULL ? NULL : dlsym(last, "core_main");
  memcpy(&run, &symbol, sizeof run);
  if (run == NULL || next == argc) {
    fprintf(stderr, "usage: core_host LIBRARY... -- ARGUMENT..., the last library has core_main\n");
    return 2;
  }
  return run(argc - next, argv + next);
}
