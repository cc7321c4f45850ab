#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

enum { SIGNALS = 2, NOBODY = -1 };

/* A handler put before the server's. */
struct post {
  int signal;
  bool placed; /* the listener's */
  struct sigaction server; /* not changed while the handler may run */
};

static struct post posts[SIGNALS] = {{.signal = SIGTERM}, {.signal = SIGINT}};
static atomic_int listener = NOBODY;
static atomic_int kept;

static const struct post *post_of(int signal) {
  return posts[0].signal == signal ? &posts[0] : &posts[1];
}

/* Only what is safe in a signal handler. */
static void hear(int signal, siginfo_t *details, void *context) {
  int fd = atomic_load(&listener);
  int none = 0;
  if (fd != NOBODY && atomic_compare_exchange_strong(&kept, &none, signal)) {
    int before = errno;
    uint64_t one = 1;
    ssize_t ignored = write(fd, &one, sizeof one);
    (void)ignored;
    errno = before;
    return;
  }
  const struct sigaction *server = &post_of(signal)->server;
  if ((server->sa_flags & SA_SIGINFO) != 0) {
    server->sa_sigaction(signal, details, context);
  } else {
    server->sa_handler(signal);
  }
}

static bool is_handled(const struct sigaction *action) {
  return (action->sa_flags & SA_SIGINFO) != 0 ||
         (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN);
}

static bool is_ours(const struct sigaction *action) {
  return (action->sa_flags & SA_SIGINFO) != 0 && action->sa_sigaction == hear;
}

static bool place(struct post *post) {
  struct sigaction now;
  if (post->placed || sigaction(post->signal, NULL, &now) != 0 || !is_handled(&now)) {
    return post->placed;
  }
  if (!is_ours(&now)) {
    post->server = now;
    now.sa_flags |= SA_SIGINFO;
    now.sa_sigaction = hear;
    post->placed = sigaction(post->signal, &now, NULL) == 0;
  }
  return post->placed;
}

bool waip_signals_listen(int wake_fd) {
  int none = NOBODY;
  if (!atomic_compare_exchange_strong(&listener, &none, wake_fd) && none != wake_fd) {
    return false;
  }
  bool all = true;
  for (int i = 0; i < SIGNALS; i++) {
    all = place(&posts[i]) && all;
  }
  return all;
}

int waip_signals_kept(int wake_fd) {
  return atomic_load(&listener) == wake_fd ? atomic_load(&kept) : 0;
}

static void give_back(struct post *post) {
  struct sigaction now;
  if (post->placed && sigaction(post->signal, NULL, &now) == 0 && is_ours(&now)) {
    sigaction(post->signal, &post->server, NULL);
    post->placed = false;
  }
}

void waip_signals_pass_on(int wake_fd) {
  if (atomic_load(&listener) != wake_fd) {
    return;
  }
  for (int i = 0; i < SIGNALS; i++) {
    give_back(&posts[i]);
  }
  atomic_store(&listener, NOBODY);
  int signal = atomic_exchange(&kept, 0);
  if (signal != 0) {
    kill(getpid(), signal);
  }
}
