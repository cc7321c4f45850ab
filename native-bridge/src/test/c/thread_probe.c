/* A race that only the thread sanitizer can see: thread_probe must end with its warning. */
#include <pthread.h>

#include "testing.h"

static int shared;

static void *add(void *argument) {
  for (int i = 0; i < 100000; i++) {
    shared++;
  }
  return argument;
}

int main(void) {
  pthread_t threads[2];
  for (size_t i = 0; i < COUNT_OF(threads); i++) {
    CHECK_INT(pthread_create(&threads[i], NULL, add, NULL), 0);
  }
  for (size_t i = 0; i < COUNT_OF(threads); i++) {
    pthread_join(threads[i], NULL);
  }
  printf("thread_probe: nothing was caught, %d\n", shared);
  return 0;
}
