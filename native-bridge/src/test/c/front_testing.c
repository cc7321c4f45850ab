#include "front_testing.h"

#include <stdlib.h>
#include <string.h>

struct fake_target *default_target;
struct fake_target *other_target;

/* Data of requests, never freed before the process ends: children point into it. */
static float vectors[FAKE_RECORDS][64];
static int64_t token_rows[FAKE_RECORDS][128];
static const int64_t ones[128] = {
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static uint32_t used;

static const char VECTOR_FRONT[] =
  "{\"max_batch_size\":8,\"parameters\":{\"target\":{\"string_value\":\"default\"}},"
  "\"output\":[{\"name\":\"Y\",\"data_type\":\"TYPE_FP32\",\"dims\":[4]}]}";
static const char TOKEN_FRONT[] =
  "{\"max_batch_size\":8,\"parameters\":{\"target\":{\"string_value\":\"default\"}},"
  "\"output\":[{\"name\":\"H\",\"data_type\":\"TYPE_INT64\",\"dims\":[-1]},"
  "{\"name\":\"M\",\"data_type\":\"TYPE_INT64\",\"dims\":[-1]}]}";
static const char TARGET[] = "{\"max_batch_size\":8,\"instance_group\":[{\"count\":1}]}";

void open_front_of(const char *config) {
  used = 0;
  fake_seat_reset();
  fake.model_config = config;
  default_target = fake_target_add("default", TARGET);
  other_target = fake_target_add("other", TARGET);
  CHECK(fake_load() == NULL);
}

void open_front(void) {
  open_front_of(VECTOR_FRONT);
}

void open_token_front(void) {
  open_front_of(TOKEN_FRONT);
}

void close_front(void) {
  fake_unload();
  CHECK(!seat.open && !seat.channel_open);
}

TRITONBACKEND_Request *vector_request(int64_t rows, float value) {
  const int64_t shape[] = {rows, 4};
  TRITONBACKEND_Request *request = fake_request();
  float *data = vectors[used++ % FAKE_RECORDS];
  for (int i = 0; i < 64; i++) {
    data[i] = value;
  }
  fake_request_input(request, "X", TRITONSERVER_TYPE_FP32, shape, 2);
  fake_request_data(request, data, (uint64_t)rows * 16);
  fake_request_output(request, "Y");
  return request;
}

TRITONBACKEND_Request *token_request(int64_t rows, int64_t length, int64_t first) {
  const int64_t shape[] = {rows, length};
  TRITONBACKEND_Request *request = fake_request();
  int64_t *data = token_rows[used++ % FAKE_RECORDS];
  for (int64_t i = 0; i < rows * length; i++) {
    data[i] = first + i;
  }
  fake_request_input(request, "ids", TRITONSERVER_TYPE_INT64, shape, 2);
  /* In two buffers that part within a row, as a network delivers them. */
  fake_request_data(request, data, (uint64_t)rows * (uint64_t)length * 4);
  fake_request_data(request, (const char *)data + rows * length * 4, (uint64_t)rows * (uint64_t)length * 4);
  fake_request_input(request, "mask", TRITONSERVER_TYPE_INT64, shape, 2);
  fake_request_data(request, ones, (uint64_t)rows * (uint64_t)length * 8);
  fake_request_output(request, "H");
  fake_request_output(request, "M");
  return request;
}

void give(TRITONBACKEND_Request *request) {
  fake_execute(&request, 1);
}

void check_vector(TRITONBACKEND_Request *request, int64_t rows, float value) {
  const struct TRITONBACKEND_Output *output = fake_output(request, "Y");
  CHECK(output != NULL && !request->responses[0]->failed);
  CHECK_INT(output->rank, 2);
  CHECK_INT(output->shape[0], rows);
  CHECK_INT(output->shape[1], 4);
  CHECK_INT(output->bytes, rows * 16);
  const float *data = output->buffer;
  for (int64_t i = 0; i < rows * 4; i++) {
    CHECK(data[i] == value);
  }
  fake_request_free(request);
}

static void check_row_output(const TRITONBACKEND_Request *request, const char *name, int64_t rows,
                             int64_t length, const int64_t *expected) {
  const struct TRITONBACKEND_Output *output = fake_output(request, name);
  CHECK(output != NULL);
  CHECK_INT(output->shape[0], rows);
  CHECK_INT(output->shape[1], length);
  CHECK_INT(output->bytes, rows * length * 8);
  CHECK(memcmp(output->buffer, expected, output->bytes) == 0);
}

void check_tokens(TRITONBACKEND_Request *request, int64_t rows, int64_t length, int64_t first) {
  int64_t expected[128];
  for (int64_t i = 0; i < rows * length; i++) {
    expected[i] = first + i;
  }
  CHECK(!request->responses[0]->failed);
  check_row_output(request, "H", rows, length, expected);
  fake_request_free(request);
}

void check_error(TRITONBACKEND_Request *request, TRITONSERVER_Error_Code code, const char *message) {
  CHECK_INT(request->response_count, 1);
  const TRITONBACKEND_Response *response = request->responses[0];
  CHECK(response->failed);
  CHECK_INT(response->code, code);
  if (strcmp(response->message, message) != 0) {
    fprintf(stderr, "%s\n", response->message);
  }
  CHECK(strcmp(response->message, message) == 0);
  fake_request_free(request);
}
