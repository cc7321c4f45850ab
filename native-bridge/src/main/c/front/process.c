#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  /* Files that are passed on by number must not be overwritten while 0 to 3 are set up. */
  FIRST_FD = 10,
  MAPPING_FD = 3,
  /* Bound of the fallback where the kernel has no close_range. */
  CLOSE_MAX = 65536,
  OUTPUT_BYTES_MAX = 65536,
  EXEC_FAILED_EXIT = 127
};

static int raise_fd(int fd) {
  int high = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FD);
  int error = errno;
  close(fd);
  errno = error;
  return high;
}

static void close_pipe(int ends[2]) {
  for (int i = 0; i < 2; i++) {
    if (ends[i] >= 0) {
      close(ends[i]);
      ends[i] = -1;
    }
  }
}

static bool open_pipe(int ends[2]) {
  ends[0] = ends[1] = -1;
  int low[2];
  if (pipe2(low, O_CLOEXEC) != 0) {
    return false;
  }
  ends[0] = raise_fd(low[0]);
  ends[1] = raise_fd(low[1]);
  if (ends[0] < 0 || ends[1] < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
    close_pipe(ends);
    return false;
  }
  return true;
}

/* ---- In the child, between fork and exec: only calls that are safe in a signal handler ------------- */

static void reset_signals(void) {
  struct sigaction plain;
  memset(&plain, 0, sizeof plain);
  plain.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; signal++) {
    sigaction(signal, &plain, NULL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_from(int first, int except) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, first, except - 1, 0) == 0 && syscall(SYS_close_range, except + 1, ~0U, 0) == 0) {
    return;
  }
#endif
  struct rlimit files;
  int end = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < CLOSE_MAX ? (int)files.rlim_cur : CLOSE_MAX;
  for (int fd = first; fd < end; fd++) {
    if (fd != except) {
      close(fd);
    }
  }
}

/* When memory runs out, the planner is to go and the server to stay. */
static void offer_to_the_oom_killer(void) {
  int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd >= 0) {
    ssize_t ignored = write(fd, "500", 3);
    (void)ignored;
    close(fd);
  }
}

struct child_files {
  int mapping;
  int output; /* -1: keep the server's */
  int exec_error;
};

static void become(char *const *argv, const struct child_files *files, pid_t parent) {
  /* Armed before the check: a parent that ended in between is seen by one of the two. */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    _exit(EXEC_FAILED_EXIT);
  }
  /* Ctrl-C in the server's terminal is for the server, which drains with the planner's help. */
  setpgid(0, 0);
  offer_to_the_oom_killer();
  int null = open("/dev/null", O_RDONLY);
  if (null > 0) {
    dup2(null, 0);
  }
  if (files->output >= 0) {
    dup2(files->output, 1);
    dup2(files->output, 2);
  }
  if (dup2(files->mapping, MAPPING_FD) == MAPPING_FD) {
    close_from(MAPPING_FD + 1, files->exec_error);
    reset_signals();
    execv(argv[0], argv);
  }
  int error = errno;
  ssize_t ignored = write(files->exec_error, &error, sizeof error);
  (void)ignored;
  _exit(EXEC_FAILED_EXIT);
}

/* ---- In the server -------------------------------------------------------------------------------- */

static pid_t spawn(char *const *argv, const struct child_files *files) {
  pid_t parent = getpid();
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  /* A handler of the server must not run in the child. */
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t pid = fork();
  if (pid == 0) {
    become(argv, files, parent);
  }
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = error;
  return pid;
}

bool waip_process_start(struct waip_process *process, char *const *argv, int mapping_fd, bool capture) {
  int exec_pipe[2];
  int output_pipe[2] = {-1, -1};
  if (!open_pipe(exec_pipe)) {
    return false;
  }
  if (capture && !open_pipe(output_pipe)) {
    close_pipe(exec_pipe);
    return false;
  }
  struct child_files files = {mapping_fd, output_pipe[1], exec_pipe[1]};
  pid_t pid = spawn(argv, &files);
  if (pid < 0) {
    int error = errno;
    close_pipe(exec_pipe);
    close_pipe(output_pipe);
    errno = error;
    return false;
  }
  /* Also here: the group must exist before anybody kills it. */
  setpgid(pid, pid);
  close(exec_pipe[1]);
  if (output_pipe[1] >= 0) {
    close(output_pipe[1]);
  }
  process->pid = pid;
  process->exec_fd = exec_pipe[0];
  process->output_fd = output_pipe[0];
  process->line_bytes = 0;
  return true;
}

enum waip_process_state waip_process_poll(struct waip_process *process, int *status) {
  *status = 0;
  siginfo_t info;
  memset(&info, 0, sizeof info);
  /* Looked at before it is reaped: while the pid is ours, so is the number of its group. */
  if (waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0) {
    if (info.si_pid == 0) {
      return WAIP_PROCESS_RUNNING;
    }
    kill(-process->pid, SIGKILL);
    waitpid(process->pid, status, WNOHANG);
  } else if (errno == EINTR) {
    return WAIP_PROCESS_RUNNING;
  }
  /* ECHILD: the host ignores SIGCHLD, or reaped it itself. It is gone either way. */
  process->pid = 0;
  int error;
  if (read(process->exec_fd, &error, sizeof error) == (ssize_t)sizeof error) {
    *status = error;
    return WAIP_PROCESS_NOT_EXECUTED;
  }
  return WAIP_PROCESS_ENDED;
}

static void end_line(struct waip_process *process, void (*log)(const char *line)) {
  if (process->line_bytes > 0) {
    process->line[process->line_bytes] = 0;
    log(process->line);
    process->line_bytes = 0;
  }
}

static void add_output(struct waip_process *process, char byte, void (*log)(const char *line)) {
  if (byte == '\n' || process->line_bytes == sizeof process->line - 1) {
    end_line(process, log);
  }
  if (byte != '\n') {
    /* A zero byte would end the line early. */
    process->line[process->line_bytes++] = byte == 0 ? ' ' : byte;
  }
}

void waip_process_output(struct waip_process *process, void (*log)(const char *line)) {
  char bytes[4096];
  for (size_t total = 0; process->output_fd >= 0 && total < OUTPUT_BYTES_MAX;) {
    ssize_t count = read(process->output_fd, bytes, sizeof bytes);
    if (count > 0) {
      total += (size_t)count;
      for (ssize_t i = 0; i < count; i++) {
        add_output(process, bytes[i], log);
      }
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else {
      if (count == 0) {
        /* End of file would make every poll return at once. */
        close(process->output_fd);
        process->output_fd = -1;
      }
      return;
    }
  }
}

void waip_process_forget(struct waip_process *process, void (*log)(const char *line)) {
  if (process->output_fd >= 0) {
    waip_process_output(process, log);
    end_line(process, log);
  }
  if (process->output_fd >= 0) {
    close(process->output_fd);
  }
  if (process->exec_fd >= 0) {
    close(process->exec_fd);
  }
  process->pid = 0;
  process->output_fd = process->exec_fd = -1;
}
