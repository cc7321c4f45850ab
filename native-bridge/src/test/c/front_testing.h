/* A front over the fakes: "front" before the targets "default" and "other". */
#ifndef WAIP_FRONT_TESTING_H
#define WAIP_FRONT_TESTING_H

#include "fake_seat.h"
#include "fake_triton.h"
#include "testing.h"

extern struct fake_target *default_target;
extern struct fake_target *other_target;

/* Loads the front: X [4] fp32 -> Y [4] fp32, batches of up to 8 rows. */
void open_front(void);
/* The same with variable lengths: ids, mask [-1] int64 -> H, M [-1] int64. */
void open_token_front(void);
/* Any other configuration. */
void open_front_of(const char *config);
void close_front(void);

/* A request of so many rows, all elements `value`. */
TRITONBACKEND_Request *vector_request(int64_t rows, float value);
/* A request of `rows` x `length` tokens counted up from `first`, mask 1, for the outputs H and M. */
TRITONBACKEND_Request *token_request(int64_t rows, int64_t length, int64_t first);
void give(TRITONBACKEND_Request *request);

/* The client got its own vector back, and nothing else; frees the request. */
void check_vector(TRITONBACKEND_Request *request, int64_t rows, float value);
void check_tokens(TRITONBACKEND_Request *request, int64_t rows, int64_t length, int64_t first);
/* The client got this error; frees the request. */
void check_error(TRITONBACKEND_Request *request, TRITONSERVER_Error_Code code, const char *message);

#endif
