/*
 * The server's SIGTERM and SIGINT, heard a moment before the server hears them. Triton closes the queues of
 * all models at once and tells backends nothing before: what they hold by then cannot be given to a target.
 */
#ifndef WAIP_FRONT_SIGNALS_H
#define WAIP_FRONT_SIGNALS_H

#include <stdbool.h>

/*
 * Puts handlers before the server's, as soon as the server has its own; where a signal ends the process or is
 * ignored, it is left so. The first signal is kept and `wake_fd`, an eventfd, is written; every other one goes
 * to the server's handler at once. Called until it answers true. A process has one listener; this and the rest
 * from its thread.
 */
bool waip_signals_listen(int wake_fd);

/* The signal that was kept for this listener, or 0. */
int waip_signals_kept(int wake_fd);

/*
 * Ends this listener's listening, if it does: gives the server its handlers back and then, if one was kept, the
 * signal.
 */
void waip_signals_pass_on(int wake_fd);

#endif
