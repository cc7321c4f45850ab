/*
 * A planner's process for tests: fake_planner MODE [N] --rings PATH. It serves like a good planner until it
 * has decided N requests (0: from the start), then does what MODE says.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "planner_side.h"

static uint64_t noise_state = 88172645463325252u;

static uint64_t noise(void) {
  noise_state ^= noise_state << 13;
  noise_state ^= noise_state >> 7;
  noise_state ^= noise_state << 17;
  return noise_state;
}

/* Fills the next decision with noise and publishes it as if it were one. */
static void write_garbage(struct planner_side *side, int channel) {
  unsigned char *cell = planner_next_decision(side, (uint32_t)channel);
  if (cell != NULL) {
    for (size_t i = 8; i < WAIP_RINGS_DECIDE_BYTES; i += 8) {
      uint64_t bits = noise();
      memcpy(cell + i, &bits, sizeof bits);
    }
    planner_publish(side, (uint32_t)channel);
    planner_wake_dispatcher(side, (uint32_t)channel);
  }
}

/* The first of two members, and never the second. */
static void write_half(struct planner_side *side, int channel) {
  unsigned char *cell = planner_next_decision(side, (uint32_t)channel);
  const uint32_t kind = WAIP_RINGS_DECIDE_DISPATCHED, members = 2, length = 1, variant = 0;
  memcpy(cell + WAIP_RINGS_DECIDE_KIND, &kind, sizeof kind);
  memcpy(cell + WAIP_RINGS_DECIDE_VARIANT, &variant, sizeof variant);
  memcpy(cell + WAIP_RINGS_DECIDE_MEMBERS, &members, sizeof members);
  memcpy(cell + WAIP_RINGS_DECIDE_PADDED_LENGTH, &length, sizeof length);
  planner_publish(side, (uint32_t)channel);
  planner_wake_dispatcher(side, (uint32_t)channel);
}

/* What a process inherits: printed for the test to compare. */
static void inspect(void) {
  DIR *files = opendir("/proc/self/fd");
  int count = 0;
  int highest = 0;
  for (struct dirent *file = readdir(files); file != NULL; file = readdir(files)) {
    int fd = atoi(file->d_name);
    if (file->d_name[0] != '.' && fd != dirfd(files)) {
      count++;
      highest = fd > highest ? fd : highest;
    }
  }
  closedir(files);
  sigset_t blocked;
  sigprocmask(SIG_SETMASK, NULL, &blocked);
  int signals = 0;
  for (int i = 1; i < 32; i++) {
    struct sigaction action;
    sigaction(i, NULL, &action);
    /* Handlers end with the exec; what is ignored or blocked would be inherited. */
    signals += sigismember(&blocked, i) == 1 || action.sa_handler == SIG_IGN;
  }
  printf("files %d highest %d signals %d group %s\n", count, highest, signals,
         getpgrp() == getpid() ? "own" : "shared");
  fflush(stdout);
}

/* Bad from its start. */
static bool misbehave_early(const char *mode) {
  if (strcmp(mode, "exit-at-start") == 0) {
    exit(7);
  }
  if (strcmp(mode, "never-ready") == 0) {
    for (;;) {
      pause();
    }
  }
  if (strcmp(mode, "inspect") == 0) {
    inspect();
  }
  return strcmp(mode, "wrong-version") == 0;
}

/* Once its N decisions are made. */
static void misbehave(struct planner_side *side, const char *mode) {
  int channel = planner_first_channel(side);
  if (strcmp(mode, "exit") == 0) {
    exit(0);
  } else if (strcmp(mode, "oom") == 0) {
    /* The status of a JVM run with -XX:+ExitOnOutOfMemoryError. */
    exit(3);
  } else if (strcmp(mode, "hang") == 0) {
    for (;;) {
      pause();
    }
  } else if (strcmp(mode, "not-ready") == 0) {
    memset(side->base + WAIP_RINGS_HEADER_READY, 0, 4);
  } else if (channel >= 0 && strcmp(mode, "garbage") == 0) {
    write_garbage(side, channel);
  } else if (channel >= 0 && strcmp(mode, "half") == 0) {
    side->hold = true;
    write_half(side, channel);
    while (!planner_abandoned(side)) {
      planner_rest(side);
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 4 || strcmp(argv[argc - 2], "--rings") != 0) {
    fprintf(stderr, "usage: fake_planner MODE [N] --rings PATH\n");
    return 2;
  }
  const char *mode = argv[1];
  uint64_t limit = argc > 4 ? strtoull(argv[2], NULL, 10) : 0;
  bool other_version = misbehave_early(mode);
  struct planner_side side;
  if (!planner_attach(&side, argv[argc - 1])) {
    return 9;
  }
  side.hold = strcmp(mode, "hold") == 0;
  side.refuse = strcmp(mode, "refuse") == 0;
  planner_ready(&side, other_version ? WAIP_RINGS_VERSION + 1 : WAIP_RINGS_VERSION);
  while (!planner_abandoned(&side)) {
    planner_rest(&side);
    if (side.decided >= limit) {
      misbehave(&side, mode);
    }
  }
  return 0;
}
