/* Assertions that name file, line and values, count what ran, and end the program at the first failure. */
#ifndef WAIP_TESTING_H
#define WAIP_TESTING_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Atomic: some checks run on threads of the test. */
static _Atomic int checks_run;

#define CHECK_INT(actual, expected)                                                             \
  do {                                                                                          \
    int64_t actual_value = (int64_t)(actual);                                                   \
    int64_t expected_value = (int64_t)(expected);                                               \
    checks_run++;                                                                               \
    if (actual_value != expected_value) {                                                       \
      fprintf(stderr, "%s:%d: %s is %" PRId64 ", expected %" PRId64 "\n", __FILE__, __LINE__,   \
              #actual, actual_value, expected_value);                                           \
      exit(1);                                                                                  \
    }                                                                                           \
  } while (0)

#define CHECK(condition) CHECK_INT(!!(condition), 1)

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
