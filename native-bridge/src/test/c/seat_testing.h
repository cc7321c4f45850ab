/* A seat with a fake planner, its control page as an operator reads it, traffic, and waiting for conditions. */
#ifndef WAIP_SEAT_TESTING_H
#define WAIP_SEAT_TESTING_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "recording_owner.h"
#include "seat.h"

enum { STAGE_LINES = 256, STAGE_TEXT = 256 };

struct stage {
  struct waip_seat *seat;
  char folder[64];
  struct owner owner;
};

/* Where the fake planner's program is. */
extern const char *fake_planner;

/* Opens a seat in a new folder, with `fake_planner MODE [N]` as its planner, and one channel. */
void stage_open(struct stage *stage, const char *mode, const char *n);
/* The same, with settings of the test's own; the folder is filled in. */
void stage_open_with(struct stage *stage, struct waip_seat_settings *settings);
/* Closes the channel and the seat, and checks that every request was answered once and validly. */
void stage_close(struct stage *stage);

uint32_t control_u32(const struct stage *stage, uint32_t offset);
uint64_t control_u64(const struct stage *stage, uint32_t offset);
void set_bypass(const struct stage *stage, unsigned char value);

/* Ends the program, naming the line, when the condition does not become true within 10 s. */
#define AWAIT(condition)                                                        \
  do {                                                                          \
    uint64_t await_start = test_now();                                          \
    while (!(condition)) {                                                      \
      if (test_now() - await_start > 10000000000u) {                            \
        fprintf(stderr, "%s:%d: never: %s\n", __FILE__, __LINE__, #condition);  \
        exit(1);                                                                \
      }                                                                         \
      test_pause();                                                             \
    }                                                                           \
  } while (0)

uint64_t test_now(void);
void test_pause(void);

/* Requests until the planner is given one, and it is answered. */
void await_service(struct stage *stage);

/* A thread that sends requests to an owner, some 5,000 a second, until it is stopped. */
struct traffic {
  struct owner *owner;
  pthread_t thread;
  atomic_bool stop;
};
void traffic_start(struct traffic *traffic, struct owner *owner);
void traffic_stop(struct traffic *traffic);

/* Keeps the seat's lines; log_has says whether one of them holds the text. */
void keep_log(const char *line);
void forget_log(void);
bool log_has(const char *text);

/* Whether no process of this id runs; a zombie does not. */
bool process_is_gone(int32_t pid);

#endif
