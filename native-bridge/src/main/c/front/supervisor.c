/* The thread that watches the planner: starts it, takes its pulse, gives it up, makes the next mapping. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seat_state.h"
#include "shared_memory.h"
#include "signals.h"

static const uint64_t look_nanos = 20000000u;
/* Of a gap between two looks, no more than this counts against the planner: the machine stood still. */
static const uint64_t look_counted_nanos = 100000000u;
/* Service after which the back-off begins anew. */
static const uint64_t steady_nanos = 30000000000u;
static const uint64_t end_timeout_nanos = 2000000000u;
/* Longest that the server's end waits for requests to be given to their targets. */
static const uint64_t drain_timeout_nanos = 500000000u;

static const char *const lost_texts[] = {"never",          "it ended",
                                         "no heartbeat",   "it was built for another version of the rings",
                                         "not ready in time", "it broke the protocol",
                                         "its program could not be started"};
static const uint32_t lost_counters[] = {
    0,
    WAIP_RINGS_COUNTER_LOST_EXITED,
    WAIP_RINGS_COUNTER_LOST_HEARTBEAT,
    WAIP_RINGS_COUNTER_LOST_ABI,
    WAIP_RINGS_COUNTER_LOST_START,
    WAIP_RINGS_COUNTER_LOST_PROTOCOL,
    WAIP_RINGS_COUNTER_LOST_EXEC};

__attribute__((format(printf, 2, 3))) static void say(const struct waip_seat *seat, const char *format, ...) {
  if (seat->settings.log != NULL) {
    char line[256];
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    seat->settings.log(line);
  }
}

void waip_supervisor_wake(struct waip_seat *seat) {
  uint64_t one = 1;
  ssize_t ignored = write(seat->supervisor.wake_fd, &one, sizeof one);
  (void)ignored;
}

static void enter_state(struct waip_seat *seat, uint32_t state, uint64_t now) {
  seat->supervisor.state = state;
  seat->supervisor.state_since_nanos = now;
  seat->control.planner_state = state;
  seat->control.planner_pid = (int32_t)seat->supervisor.process.pid;
}

static void publish(struct waip_seat *seat) {
  struct waip_mapping *mapping = seat->current;
  seat->control.epoch = mapping->epoch;
  seat->control.mapping_fd = atomic_load(&mapping->lost) ? -1 : mapping->fd;
  waip_control_publish(&seat->control);
}

/* ---- The process -------------------------------------------------------------------------------------- */

static void reap_dying(struct waip_supervisor *supervisor) {
  for (int i = 0; i < WAIP_DYING_MAX; i++) {
    pid_t pid = supervisor->dying[i];
    pid_t reaped = pid == 0 ? 0 : waitpid(pid, NULL, WNOHANG);
    if (reaped == pid || (reaped < 0 && errno == ECHILD)) {
      supervisor->dying[i] = 0;
    }
  }
}

static bool any_dying(const struct waip_supervisor *supervisor) {
  for (int i = 0; i < WAIP_DYING_MAX; i++) {
    if (supervisor->dying[i] != 0) {
      return true;
    }
  }
  return false;
}

static void kill_group(pid_t pid, int signal) {
  /* Its group may not exist yet, in the instant after the fork. */
  if (kill(-pid, signal) != 0) {
    kill(pid, signal);
  }
}

/* SIGKILL, and reaping later: a process in the middle of an uninterruptible call takes its time. */
static void end_process(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  pid_t pid = supervisor->process.pid;
  if (pid != 0) {
    kill_group(pid, SIGKILL);
    for (int i = 0; i < WAIP_DYING_MAX; i++) {
      if (supervisor->dying[i] == 0) {
        supervisor->dying[i] = pid;
        break;
      }
    }
  }
  waip_process_forget(&supervisor->process, seat->settings.log);
  reap_dying(supervisor);
}

/* Why the process does not run, or WAIP_RINGS_LOST_NEVER. */
static uint32_t check_process(struct waip_seat *seat) {
  struct waip_process *process = &seat->supervisor.process;
  if (seat->settings.kind != WAIP_SEAT_CHILD) {
    return WAIP_RINGS_LOST_NEVER;
  }
  int status;
  switch (waip_process_poll(process, &status)) {
    case WAIP_PROCESS_RUNNING:
      return WAIP_RINGS_LOST_NEVER;
    case WAIP_PROCESS_NOT_EXECUTED:
      say(seat, "planner: %s: %s", seat->supervisor.argv[0], strerror(status));
      return WAIP_RINGS_LOST_EXEC;
    default:
      say(seat, "planner: ended with %s %d", WIFSIGNALED(status) ? "signal" : "status",
          WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
      return WAIP_RINGS_LOST_EXITED;
  }
}

/* ---- Mappings ------------------------------------------------------------------------------------------ */

static bool reserve_channels(const struct waip_seat *seat, const struct waip_mapping *mapping) {
  for (struct waip_channel *channel = seat->channels; channel != NULL; channel = channel->next) {
    if (!waip_mapping_reserve(mapping, channel->slot)) {
      return false;
    }
  }
  return true;
}

/* Puts a fresh mapping in the place of the lost one. False, and all stays as it is, without memory. */
static bool renew(struct waip_seat *seat) {
  struct waip_mapping *old = seat->current;
  struct waip_mapping *fresh = waip_mapping_create(old->epoch + 1);
  pthread_mutex_lock(&seat->lock);
  if (fresh != NULL && !reserve_channels(seat, fresh)) {
    waip_mapping_release(fresh);
    fresh = NULL;
  }
  if (fresh != NULL) {
    seat->current = fresh;
    for (struct waip_channel *channel = seat->channels; channel != NULL; channel = channel->next) {
      waip_channel_attach(channel, fresh);
    }
  }
  pthread_mutex_unlock(&seat->lock);
  if (fresh == NULL) {
    say(seat, "planner: no memory for the next epoch: %s", strerror(errno));
    return false;
  }
  waip_mapping_release(old);
  return true;
}

static void disengage_all(struct waip_seat *seat) {
  pthread_mutex_lock(&seat->lock);
  for (struct waip_channel *channel = seat->channels; channel != NULL; channel = channel->next) {
    waip_channel_disengage(channel);
  }
  pthread_mutex_unlock(&seat->lock);
}

/* Wakes the dispatchers, which engage when they may. */
static void wake_channels(struct waip_seat *seat) {
  pthread_mutex_lock(&seat->lock);
  for (struct waip_channel *channel = seat->channels; channel != NULL; channel = channel->next) {
    waip_channel_wake(channel);
  }
  pthread_mutex_unlock(&seat->lock);
}

/* ---- From state to state -------------------------------------------------------------------------------- */

static void back_off(struct waip_seat *seat, uint64_t now) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  supervisor->next_start_nanos = now + supervisor->backoff_nanos;
  uint64_t doubled = 2 * supervisor->backoff_nanos;
  uint64_t most = seat->settings.backoff_max_nanos;
  supervisor->backoff_nanos = doubled < most ? doubled : most;
  enter_state(seat, WAIP_RINGS_PLANNER_BACKOFF, now);
}

static void lose(struct waip_seat *seat, uint32_t reason, uint64_t now) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  if (supervisor->state == WAIP_RINGS_PLANNER_READY && now - supervisor->state_since_nanos >= steady_nanos) {
    supervisor->backoff_nanos = seat->settings.backoff_min_nanos;
  }
  waip_mapping_abandon(seat->current);
  disengage_all(seat);
  waip_seat_count(seat, lost_counters[reason], 1);
  seat->control.lost_reason = reason;
  say(seat, "planner: lost in epoch %llu: %s; next start in %llu ms", (unsigned long long)seat->current->epoch,
      lost_texts[reason], (unsigned long long)(supervisor->backoff_nanos / 1000000u));
  /* A fork's start failed before there was a process: nothing to end. */
  end_process(seat);
  renew(seat);
  back_off(seat, now);
}

static void start(struct waip_seat *seat, uint64_t now) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  if (atomic_load(&seat->current->lost) && !renew(seat)) {
    back_off(seat, now);
    return;
  }
  supervisor->heartbeat_age_nanos = 0;
  if (seat->settings.kind != WAIP_SEAT_CHILD) {
    enter_state(seat, WAIP_RINGS_PLANNER_NONE, now);
    return;
  }
  waip_seat_count(seat, WAIP_RINGS_COUNTER_PLANNER_STARTS, 1);
  bool capture = seat->settings.log != NULL;
  if (!waip_process_start(&supervisor->process, supervisor->argv, seat->current->fd, capture)) {
    say(seat, "planner: cannot start a process: %s", strerror(errno));
    lose(seat, WAIP_RINGS_LOST_EXEC, now);
    return;
  }
  say(seat, "planner: process %ld started in epoch %llu", (long)supervisor->process.pid,
      (unsigned long long)seat->current->epoch);
  enter_state(seat, WAIP_RINGS_PLANNER_STARTING, now);
}

static void become_ready(struct waip_seat *seat, uint64_t now) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  supervisor->heartbeat = waip_load_u64(seat->current->base + WAIP_RINGS_HEADER_HEARTBEAT);
  supervisor->heartbeat_age_nanos = 0;
  uint64_t since_start = now - supervisor->state_since_nanos;
  enter_state(seat, WAIP_RINGS_PLANNER_READY, now);
  atomic_store_explicit(&seat->current->ready, true, memory_order_release);
  say(seat, "planner: ready in epoch %llu after %llu ms", (unsigned long long)seat->current->epoch,
      (unsigned long long)(since_start / 1000000u));
  wake_channels(seat);
}

/* ---- What is seen at each look --------------------------------------------------------------------------- */

/*
 * Counts how long the word has not changed, whatever it holds: a value from the future would otherwise
 * count as fresh for ever.
 */
static bool pulse_is_stale(struct waip_seat *seat, uint64_t now) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  uint64_t heartbeat = waip_load_u64(seat->current->base + WAIP_RINGS_HEADER_HEARTBEAT);
  if (heartbeat != supervisor->heartbeat) {
    supervisor->heartbeat = heartbeat;
    supervisor->heartbeat_age_nanos = 0;
    return false;
  }
  uint64_t gap = now - supervisor->last_look_nanos;
  supervisor->heartbeat_age_nanos += gap < look_counted_nanos ? gap : look_counted_nanos;
  return supervisor->heartbeat_age_nanos > seat->settings.heartbeat_timeout_nanos;
}

/* What its words say against it; `ready` is set when they say it may serve. */
static uint32_t check_words(const struct waip_seat *seat, bool *ready) {
  const unsigned char *header = seat->current->base;
  uint32_t said = waip_load_u32(header + WAIP_RINGS_HEADER_READY);
  uint32_t version = waip_load_u32(header + WAIP_RINGS_HEADER_PLANNER_VERSION);
  *ready = said == 1;
  if (version != WAIP_RINGS_VERSION && (version != 0 || said != 0)) {
    return WAIP_RINGS_LOST_ABI;
  }
  return said > 1 ? WAIP_RINGS_LOST_PROTOCOL : WAIP_RINGS_LOST_NEVER;
}

static uint32_t check_starting(const struct waip_seat *seat, uint64_t now) {
  const struct waip_supervisor *supervisor = &seat->supervisor;
  /* An embedding JVM starts its planner when it likes. */
  bool late = supervisor->state == WAIP_RINGS_PLANNER_STARTING &&
              now - supervisor->state_since_nanos > seat->settings.start_timeout_nanos;
  return late ? WAIP_RINGS_LOST_START : WAIP_RINGS_LOST_NEVER;
}

static uint32_t check_planner(struct waip_seat *seat, uint64_t now) {
  uint32_t reason = check_process(seat);
  if (reason == WAIP_RINGS_LOST_NEVER) {
    reason = atomic_load_explicit(&seat->current->violation, memory_order_acquire);
  }
  bool ready = false;
  if (reason == WAIP_RINGS_LOST_NEVER) {
    reason = check_words(seat, &ready);
  }
  if (reason != WAIP_RINGS_LOST_NEVER) {
    return reason;
  }
  if (seat->supervisor.state == WAIP_RINGS_PLANNER_READY) {
    if (!ready) {
      /* It took itself out of service: as good as gone. */
      return WAIP_RINGS_LOST_EXITED;
    }
    return pulse_is_stale(seat, now) ? WAIP_RINGS_LOST_HEARTBEAT : WAIP_RINGS_LOST_NEVER;
  }
  if (ready) {
    become_ready(seat, now);
    return WAIP_RINGS_LOST_NEVER;
  }
  return check_starting(seat, now);
}

static bool holds_few(const struct waip_channel *channel) {
  const _Atomic uint32_t *held = channel->settings.held;
  return held != NULL && atomic_load_explicit(held, memory_order_relaxed) <= WAIP_SUSPECT_HELD_MAX;
}

/* Takes requests from the planner at once, by opening channels anew under another generation. */
static void take_back(struct waip_seat *seat, bool all) {
  pthread_mutex_lock(&seat->lock);
  for (struct waip_channel *channel = seat->channels; channel != NULL; channel = channel->next) {
    if (channel->settings.kind == WAIP_RINGS_KIND_FRONT && (all || holds_few(channel))) {
      waip_channel_restart(channel);
    }
  }
  pthread_mutex_unlock(&seat->lock);
}

static void follow_bypass(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  waip_control_read_bypass(&seat->control);
  bool bypass = atomic_load(&seat->control.bypass);
  if (bypass != supervisor->bypassed) {
    supervisor->bypassed = bypass;
    say(seat, "bypass: %s", bypass ? "on" : "off");
  }
}

/* A planner that is silent, and not yet so long that it is given up. */
static void follow_pulse(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  bool suspected = supervisor->state == WAIP_RINGS_PLANNER_READY &&
                   supervisor->heartbeat_age_nanos > seat->settings.suspect_timeout_nanos;
  if (suspected && !supervisor->suspected) {
    waip_seat_count(seat, WAIP_RINGS_COUNTER_SUSPECTED, 1);
  }
  supervisor->suspected = suspected;
}

/*
 * Keeps requests from the planner while it is not to have them, and gives it new ones when it may. The
 * planner stays meanwhile, and executions of direct mode go on.
 */
static void follow_path(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  bool empty = supervisor->bypassed || supervisor->draining;
  bool out = empty || supervisor->suspected;
  bool was_out = atomic_exchange(&seat->out_of_path, out);
  if (empty && !supervisor->emptied) {
    take_back(seat, true);
  } else if (out && !was_out) {
    take_back(seat, false);
  } else if (!out && was_out) {
    wake_channels(seat);
  }
  supervisor->emptied = empty;
}

static bool all_told(struct waip_seat *seat) {
  bool told = true;
  pthread_mutex_lock(&seat->lock);
  for (struct waip_channel *channel = seat->channels; channel != NULL; channel = channel->next) {
    told = waip_channel_told(channel) && told;
  }
  pthread_mutex_unlock(&seat->lock);
  return told;
}

/* The server is about to close the queues of all targets: what is held goes into them before. */
static void drain(struct waip_seat *seat, int signal) {
  say(seat, "signal %d: held requests go to their targets, then the server is told", signal);
  seat->supervisor.draining = true;
  follow_path(seat);
  uint64_t until = waip_now() + drain_timeout_nanos;
  while (!all_told(seat) && waip_now() < until) {
    poll(NULL, 0, 1);
  }
  waip_signals_pass_on(seat->supervisor.wake_fd);
}

static void follow_signals(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  if (!seat->settings.drain_on_signal || supervisor->draining) {
    return;
  }
  supervisor->listening = supervisor->listening || waip_signals_listen(supervisor->wake_fd);
  int signal = waip_signals_kept(supervisor->wake_fd);
  if (signal != 0) {
    drain(seat, signal);
  }
}

static void look(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  follow_signals(seat);
  uint64_t now = waip_now();
  follow_bypass(seat);
  reap_dying(supervisor);
  waip_process_output(&supervisor->process, seat->settings.log);
  if (supervisor->state == WAIP_RINGS_PLANNER_BACKOFF) {
    if (now >= supervisor->next_start_nanos) {
      start(seat, now);
    }
  } else {
    uint32_t reason = check_planner(seat, now);
    if (reason != WAIP_RINGS_LOST_NEVER) {
      lose(seat, reason, now);
    }
  }
  supervisor->last_look_nanos = now;
  follow_pulse(seat);
  follow_path(seat);
  publish(seat);
}

static void await_look(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  struct pollfd files[2] = {{supervisor->wake_fd, POLLIN, 0}, {supervisor->process.output_fd, POLLIN, 0}};
  if (poll(files, 2, (int)(look_nanos / 1000000u)) > 0 && files[0].revents != 0) {
    uint64_t count;
    ssize_t ignored = read(supervisor->wake_fd, &count, sizeof count);
    (void)ignored;
  }
}

/* SIGTERM first: a planner has records to write out. */
static void end_gently(struct waip_seat *seat) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  waip_mapping_abandon(seat->current);
  uint64_t until = waip_now() + end_timeout_nanos;
  if (supervisor->process.pid != 0) {
    kill_group(supervisor->process.pid, SIGTERM);
    int status;
    while (waip_now() < until && waip_process_poll(&supervisor->process, &status) == WAIP_PROCESS_RUNNING) {
      waip_process_output(&supervisor->process, seat->settings.log);
      poll(NULL, 0, 5);
    }
  }
  end_process(seat);
  until = waip_now() + end_timeout_nanos;
  while (any_dying(supervisor) && waip_now() < until) {
    poll(NULL, 0, 5);
    reap_dying(supervisor);
  }
}

static void *supervise(void *argument) {
  struct waip_seat *seat = argument;
  start(seat, waip_now());
  while (!atomic_load(&seat->supervisor.closing)) {
    look(seat);
    await_look(seat);
  }
  waip_signals_pass_on(seat->supervisor.wake_fd);
  end_gently(seat);
  return NULL;
}

/* ---- Opening and closing ---------------------------------------------------------------------------------- */

static void free_arguments(char **argv) {
  for (char **argument = argv; argv != NULL && *argument != NULL; argument++) {
    free(*argument);
  }
  free(argv);
}

/* A copy of the command with the rings' arguments; NULL without memory. */
static char **copy_arguments(const char *const *command) {
  static const char *const rings[] = {"--rings", "/proc/self/fd/3"};
  size_t count = 0;
  while (command[count] != NULL) {
    count++;
  }
  char **argv = calloc(count + 3, sizeof *argv);
  for (size_t i = 0; argv != NULL && i < count + 2; i++) {
    argv[i] = strdup(i < count ? command[i] : rings[i - count]);
    if (argv[i] == NULL) {
      free_arguments(argv);
      return NULL;
    }
  }
  return argv;
}

bool waip_supervisor_open(struct waip_seat *seat, char *error, size_t error_bytes) {
  struct waip_supervisor *supervisor = &seat->supervisor;
  supervisor->process.exec_fd = supervisor->process.output_fd = -1;
  supervisor->backoff_nanos = seat->settings.backoff_min_nanos;
  supervisor->last_look_nanos = waip_now();
  supervisor->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  bool child = seat->settings.kind == WAIP_SEAT_CHILD;
  supervisor->argv = child ? copy_arguments(seat->settings.command) : NULL;
  publish(seat);
  if (supervisor->wake_fd >= 0 && (!child || supervisor->argv != NULL) &&
      waip_thread_start(&supervisor->thread, supervise, seat)) {
    return true;
  }
  snprintf(error, error_bytes, "cannot start the planner's supervisor: %s", strerror(errno));
  free_arguments(supervisor->argv);
  if (supervisor->wake_fd >= 0) {
    close(supervisor->wake_fd);
  }
  return false;
}

void waip_supervisor_close(struct waip_seat *seat) {
  atomic_store(&seat->supervisor.closing, true);
  waip_supervisor_wake(seat);
  pthread_join(seat->supervisor.thread, NULL);
  free_arguments(seat->supervisor.argv);
  close(seat->supervisor.wake_fd);
}
