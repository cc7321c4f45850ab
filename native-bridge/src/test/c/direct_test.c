/* Mode direct: the batch in the arena, and what comes back. The test is the executor. */
#include <string.h>

#include "front_testing.h"
#include "shared_memory.h"

static const char DIRECT[] =
  "{\"max_batch_size\":8,\"parameters\":{\"mode\":{\"string_value\":\"direct\"},\"pad_input\":{\"string_value\":\"ids\"},"
  "\"pad_value\":{\"string_value\":\"9\"},\"mask_input\":{\"string_value\":\"mask\"},\"trim_outputs\":{\"string_value\":"
  "\"H\"}},\"output\":[{\"name\":\"H\",\"data_type\":\"TYPE_INT64\",\"dims\":[-1]}]}";
static const char PLAIN_DIRECT[] =
  "{\"max_batch_size\":8,\"parameters\":{\"mode\":{\"string_value\":\"direct\"}},\"output\":[{\"name\":\"H\","
  "\"data_type\":\"TYPE_INT64\",\"dims\":[-1]}]}";

/* ---- The executor: output H is input ids, M is mask ---- */

static uint32_t runs;
static int64_t seen_ids[64];
static int64_t seen_rows;
static int64_t seen_length;
static const char *planted; /* what the executor does wrong */

static unsigned char *tensor(unsigned char *slot, size_t kind, uint32_t index) {
  return slot + kind + (size_t)index * WAIP_RINGS_TENSOR_BYTES;
}

static bool is(const char *fault) {
  return planted != NULL && strcmp(planted, fault) == 0;
}

static void spoil(unsigned char *slot, unsigned char *output) {
  if (is("place")) {
    waip_store_u64(output + WAIP_RINGS_TENSOR_DATA, WAIP_RINGS_ARENA_SLOT_BYTES);
  } else if (is("unaligned")) {
    waip_store_u64(output + WAIP_RINGS_TENSOR_DATA, WAIP_RINGS_SLOT_HEADER_BYTES + 1);
  } else if (is("header")) {
    waip_store_u64(output + WAIP_RINGS_TENSOR_DATA, 64);
  } else if (is("bytes")) {
    waip_store_u64(output + WAIP_RINGS_TENSOR_DATA_BYTES, 8);
  } else if (is("rank")) {
    waip_store_u32(output + WAIP_RINGS_TENSOR_RANK, WAIP_RINGS_DIMS + 1);
  } else if (is("type")) {
    waip_store_u32(output + WAIP_RINGS_TENSOR_TYPE, 77);
  } else if (is("dim")) {
    waip_store_u64(output + WAIP_RINGS_TENSOR_SHAPE, (uint64_t)-2);
  } else if (is("name")) {
    memset(output + WAIP_RINGS_TENSOR_NAME, 'n', WAIP_RINGS_NAME_BYTES);
  } else if (is("count")) {
    waip_store_u32(slot + WAIP_RINGS_SLOT_OUTPUT_COUNT, WAIP_RINGS_SLOT_TENSORS + 1);
  }
}

static enum waip_execution_result execute(unsigned char *slot) {
  runs++;
  uint32_t inputs = waip_load_u32(slot + WAIP_RINGS_SLOT_INPUT_COUNT);
  CHECK_INT(inputs, 2);
  unsigned char *ids = tensor(slot, WAIP_RINGS_SLOT_INPUTS, 0);
  CHECK(strcmp((const char *)ids + WAIP_RINGS_TENSOR_NAME, "ids") == 0);
  CHECK_INT(waip_load_u32(ids + WAIP_RINGS_TENSOR_TYPE), TRITONSERVER_TYPE_INT64);
  seen_rows = (int64_t)waip_load_u64(ids + WAIP_RINGS_TENSOR_SHAPE);
  seen_length = (int64_t)waip_load_u64(ids + WAIP_RINGS_TENSOR_SHAPE + 8);
  CHECK_INT(waip_load_u32(slot + WAIP_RINGS_SLOT_ROWS), seen_rows);
  uint64_t place = waip_load_u64(ids + WAIP_RINGS_TENSOR_DATA);
  uint64_t bytes = waip_load_u64(ids + WAIP_RINGS_TENSOR_DATA_BYTES);
  CHECK_INT(place % 64, 0);
  CHECK_INT(bytes, seen_rows * seen_length * 8);
  memcpy(seen_ids, slot + place, bytes < sizeof seen_ids ? bytes : sizeof seen_ids);
  for (uint32_t i = 0; i < inputs; i++) {
    unsigned char *output = tensor(slot, WAIP_RINGS_SLOT_OUTPUTS, i);
    memcpy(output, tensor(slot, WAIP_RINGS_SLOT_INPUTS, i), WAIP_RINGS_TENSOR_BYTES);
    strcpy((char *)output + WAIP_RINGS_TENSOR_NAME, i == 0 ? "H" : "M");
  }
  waip_store_u32(slot + WAIP_RINGS_SLOT_OUTPUT_COUNT, inputs);
  spoil(slot, tensor(slot, WAIP_RINGS_SLOT_OUTPUTS, 0));
  return WAIP_EXECUTED;
}

static enum waip_execution_result fail(unsigned char *slot) {
  memset(slot + WAIP_RINGS_SLOT_MESSAGE, 'x', WAIP_RINGS_SLOT_MESSAGE_BYTES); /* does not end */
  return WAIP_EXECUTION_FAILED;
}

static enum waip_execution_result lose(unsigned char *slot) {
  (void)slot;
  return WAIP_EXECUTION_LOST;
}

/* ---- Tests ---- */

static void open_direct(const char *config) {
  open_front_of(config);
  seat.execute = execute;
  planted = NULL;
  runs = 0;
}

static void runs_the_batch_as_triton_formed_it(void) {
  open_direct(PLAIN_DIRECT);
  TRITONBACKEND_Request *requests[] = {token_request(1, 2, 10), token_request(2, 2, 20)};
  fake_execute(requests, 2);
  CHECK_INT(runs, 1);
  CHECK_INT(seen_rows, 3);
  const int64_t expected[] = {10, 11, 20, 21, 22, 23};
  CHECK(memcmp(seen_ids, expected, sizeof expected) == 0);
  check_tokens(requests[0], 1, 2, 10);
  check_tokens(requests[1], 2, 2, 20);
  CHECK_INT(fake.executions, 1);
  CHECK_INT(fake.execution_rows, 3);
  CHECK_INT(fake.statistics, 2);
  close_front();
}

static void pads_ragged_arrivals_and_cuts_back(void) {
  open_direct(DIRECT);
  TRITONBACKEND_Request *requests[] = {token_request(2, 1, 10), token_request(1, 3, 20)};
  fake_execute(requests, 2);
  CHECK_INT(runs, 1);
  CHECK_INT(seen_length, 3);
  const int64_t expected[] = {10, 9, 9, 11, 9, 9, 20, 21, 22};
  CHECK(memcmp(seen_ids, expected, sizeof expected) == 0);
  CHECK_INT(fake_output(requests[0], "M")->shape[1], 3);
  check_tokens(requests[0], 2, 1, 10);
  check_tokens(requests[1], 1, 3, 20);
  close_front();
}

static void runs_what_cannot_be_one_batch_one_after_the_other(void) {
  open_direct(PLAIN_DIRECT);
  TRITONBACKEND_Request *requests[] = {token_request(1, 1, 10), token_request(1, 3, 20), token_request(1, 1, 30)};
  fake_execute(requests, 3);
  CHECK_INT(runs, 2);
  check_tokens(requests[0], 1, 1, 10);
  check_tokens(requests[1], 1, 3, 20);
  check_tokens(requests[2], 1, 1, 30);
  close_front();
}

static void answers_requested_outputs_only(void) {
  open_direct(PLAIN_DIRECT);
  TRITONBACKEND_Request *request = token_request(1, 2, 10);
  request->output_count = 1;
  give(request);
  CHECK_INT(request->responses[0]->output_count, 1);
  check_tokens(request, 1, 2, 10);
  close_front();
}

static void hands_on_the_executor_s_message(void) {
  char message[WAIP_RINGS_SLOT_MESSAGE_BYTES];
  memset(message, 'x', sizeof message - 1);
  message[sizeof message - 1] = '\0';
  open_direct(PLAIN_DIRECT);
  seat.execute = fail;
  TRITONBACKEND_Request *request = token_request(1, 2, 10);
  give(request);
  check_error(request, TRITONSERVER_ERROR_INTERNAL, message);
  close_front();
}

static void tells_that_there_is_no_planner_or_that_it_was_lost(void) {
  open_direct(PLAIN_DIRECT);
  for (int i = 0; i < 2; i++) {
    seat.execute = i == 0 ? NULL : lose;
    TRITONBACKEND_Request *request = token_request(1, 2, 10);
    give(request);
    check_error(request, TRITONSERVER_ERROR_UNAVAILABLE, "waip: planner_lost; retry_after_ms=1000");
  }
  CHECK_INT(fake.failures, 2);
  close_front();
}

static void refuses_outputs_that_break_the_layout(void) {
  static const char *const faults[] = {"place", "unaligned", "header", "bytes", "rank", "type", "dim", "name"};
  open_direct(PLAIN_DIRECT);
  for (size_t i = 0; i < COUNT_OF(faults); i++) {
    planted = faults[i];
    TRITONBACKEND_Request *request = token_request(1, 2, 10);
    give(request);
    check_error(request, TRITONSERVER_ERROR_INTERNAL, "waip: the planner described output 0 of 'front' wrongly");
  }
  planted = "count";
  TRITONBACKEND_Request *request = token_request(1, 2, 10);
  give(request);
  CHECK_INT(request->responses[0]->output_count, 0);
  fake_request_free(request);
  close_front();
}

static void refuses_a_batch_that_does_not_fit_the_slot(void) {
  static const int64_t data[1];
  const int64_t shape[] = {1, 5000000};
  open_direct(PLAIN_DIRECT);
  TRITONBACKEND_Request *request = fake_request();
  fake_request_input(request, "ids", TRITONSERVER_TYPE_INT64, shape, 2);
  fake_request_data(request, data, 8); /* never read: the shape decides */
  give(request);
  check_error(request, TRITONSERVER_ERROR_INVALID_ARG,
              "waip: input 'ids': the batch has more than 33554432 bytes");
  CHECK_INT(runs, 0);
  close_front();
}

static void does_not_load_without_a_channel(void) {
  fake_seat_reset();
  seat.refuse_channel = true;
  fake.model_config = PLAIN_DIRECT;
  TRITONSERVER_Error *error = fake_load();
  CHECK(error != NULL);
  CHECK(strcmp(TRITONSERVER_ErrorMessage(error), "waip: no channel for 'front': the test says no") == 0);
  TRITONSERVER_ErrorDelete(error);
}

int main(void) {
  runs_the_batch_as_triton_formed_it();
  pads_ragged_arrivals_and_cuts_back();
  runs_what_cannot_be_one_batch_one_after_the_other();
  answers_requested_outputs_only();
  hands_on_the_executor_s_message();
  tells_that_there_is_no_planner_or_that_it_was_lost();
  refuses_outputs_that_break_the_layout();
  refuses_a_batch_that_does_not_fit_the_slot();
  does_not_load_without_a_channel();
  printf("direct_test: %d checks\n", checks_run);
  return 0;
}
