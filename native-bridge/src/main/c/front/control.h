/*
 * The control page (rings.h): a file that operators and an embedding JVM read, and whose bypass byte they
 * write. This process keeps the page privately and writes it out with pwrite, and reads only the one byte,
 * with pread. It does not map the file: whoever truncates it (`echo 1 > control`) would otherwise end the
 * server with SIGBUS; here the next write restores it.
 */
#ifndef WAIP_FRONT_CONTROL_H
#define WAIP_FRONT_CONTROL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "waip/rings.h"

enum { WAIP_CONTROL_PATH_BYTES = 1024 };

struct waip_control {
  char folder[WAIP_CONTROL_PATH_BYTES];
  int fd;
  /* Set by the supervisor, and before its thread starts; written out by waip_control_publish. */
  uint64_t epoch;
  int32_t planner_pid;
  uint32_t planner_state;
  uint32_t lost_reason;
  int32_t mapping_fd;
  /* What the file held at the last look. Any thread may read it. */
  atomic_bool bypass;
  _Atomic uint64_t counters[WAIP_RINGS_COUNTERS];
  /* What the file holds, as far as this process wrote it. */
  unsigned char written[WAIP_RINGS_CONTROL_BYTES];
};

/*
 * Makes the folder (NULL: /dev/shm/waip-<pid>) and the page in it, after removing the folders beside a
 * default one that dead servers left. False with a line in `error`, also when another server has it.
 */
bool waip_control_open(struct waip_control *control, const char *folder, char *error, size_t error_bytes);

/* Removes the page and the folder. */
void waip_control_close(struct waip_control *control);

/* Reads the bypass byte into `bypass`. A file without the byte keeps the last value. */
void waip_control_read_bypass(struct waip_control *control);

/* Writes what changed since the last call, the bypass byte excepted. The supervisor's thread. */
void waip_control_publish(struct waip_control *control);

/* Removes each folder /PARENT/waip-<pid> of this user whose server is gone; returns how many. */
int waip_control_sweep(const char *parent);

#endif
