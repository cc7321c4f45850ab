/*
 * What the planner is told of a request: never its tensors, only their sizes and what the client says of
 * its needs. Client parameters are `tenant`, `tier`, `priority`, `deadline_ms`, `region` and
 * `idempotency_key`, each also as `x-waip-...` where the server forwards headers ('-' for '_').
 */
#ifndef WAIP_FRONT_DESCRIPTOR_H
#define WAIP_FRONT_DESCRIPTOR_H

#include "errors.h"
#include "tensors.h"

/*
 * Fills all of the record but slot and generation; its arrival is given. False with a line in `fault` when
 * the client's parameters cannot be read; the request is then to be refused. Allocates nothing.
 */
bool waip_describe(TRITONBACKEND_Request *request, bool batches, const struct waip_lengths *lengths,
                   struct waip_submit_record *record, struct waip_message *fault);

/*
 * Whether the two may share a child as far as their inputs tell: same names, types and dimensions, but
 * for the batch axis and, where rows may be padded, the length axis. Keys of equal requests are equal;
 * this is asked too because unequal ones may collide.
 */
bool waip_inputs_match(TRITONBACKEND_Request *a, TRITONBACKEND_Request *b, bool batches,
                       const struct waip_lengths *lengths);

/* Whether the parameter is one that the planner reads. */
bool waip_parameter_is_ours(const char *key);

/* 64-bit FNV-1a: Fowler, Noll, Vo, http://www.isthe.com/chongo/tech/comp/fnv/ ; never 0. */
uint64_t waip_hash_text(const char *text);

#endif
