/*
 * Sleeping on a word of shared memory. The protocol of a *parked word*: the consumer announces that it
 * will sleep (waip_park), looks once more for work, and sleeps while the word is 1. Whoever publishes work
 * exchanges the word to 0 and wakes only where it was not 0. Announcing, ending and waking are all
 * read-modify-write operations: the later one of announce and wake sees what the other side did before, so
 * either the consumer sees the work or the producer sees the sleeper.
 */
#ifndef WAIP_FRONT_FUTEX_H
#define WAIP_FRONT_FUTEX_H

#include <stdbool.h>
#include <stdint.h>

/* Sleeps while the word is `expected`, at most `timeout_nanos`; may return early without a cause. */
void waip_futex_wait(void *word, uint32_t expected, uint64_t timeout_nanos);

/* Wakes every sleeper of the word, in whichever process it is. */
void waip_futex_wake(void *word);

/* Announces the sleep. The caller then looks for work and calls waip_park_wait or waip_park_end. */
void waip_park(void *word);

/* Sleeps, unless woken since the announcement, at most `timeout_nanos`, and takes the announcement back. */
void waip_park_wait(void *word, uint64_t timeout_nanos);

/* Takes the announcement back without sleeping. */
void waip_park_end(void *word);

/* Wakes the consumer if it sleeps or is about to. Called after the work is published. */
void waip_unpark(void *word);

#endif
