/* The planner's process: started, watched and ended. One thread, the one that started it. */
#ifndef WAIP_FRONT_PROCESS_H
#define WAIP_FRONT_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum waip_process_state {
  WAIP_PROCESS_RUNNING,
  WAIP_PROCESS_ENDED,
  /* The program could not be executed; `status` is the errno. */
  WAIP_PROCESS_NOT_EXECUTED
};

enum { WAIP_PROCESS_LINE_BYTES = 1024 };

struct waip_process {
  pid_t pid; /* 0: none */
  int exec_fd; /* errno of a failed exec comes here; closed by a successful one */
  int output_fd; /* -1: output is the server's own */
  size_t line_bytes;
  char line[WAIP_PROCESS_LINE_BYTES];
};

/*
 * Starts argv[0] with file 3 = `mapping_fd`, no file above, empty signal mask, default handlers, its own
 * process group, and SIGKILL when the calling thread ends. `argv` ends with NULL. With `capture`, output
 * is read by waip_process_output. False with errno when nothing was started.
 */
bool waip_process_start(struct waip_process *process, char *const *argv, int mapping_fd, bool capture);

/* Looks whether it still runs; once it does not, it is reaped and the rest of its group killed. */
enum waip_process_state waip_process_poll(struct waip_process *process, int *status);

/* Hands on the lines of output that are there, at most 64 KiB; never waits. */
void waip_process_output(struct waip_process *process, void (*log)(const char *line));

/* Closes this side's files; the pid is the caller's to reap. */
void waip_process_forget(struct waip_process *process, void (*log)(const char *line));

#endif
