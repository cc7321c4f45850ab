/* What the planner is told of a request. */
#include "descriptor.h"

#include <string.h>

#include "fake_triton.h"
#include "testing.h"

static const struct waip_lengths NONE = {"", "", 0, 0, false};
static const struct waip_lengths PADDED = {"ids", "mask", 1, 0, true};
static struct waip_message fault;

static TRITONBACKEND_Request *tokens(int64_t rows, int64_t length) {
  static const int64_t data[64];
  const int64_t shape[] = {rows, length};
  TRITONBACKEND_Request *request = fake_request();
  fake_request_input(request, "ids", TRITONSERVER_TYPE_INT64, shape, 2);
  fake_request_data(request, data, (uint64_t)(rows * length * 8));
  fake_request_input(request, "mask", TRITONSERVER_TYPE_INT64, shape, 2);
  fake_request_data(request, data, (uint64_t)(rows * length * 8));
  fake_request_output(request, "H");
  return request;
}

static struct waip_submit_record describe(TRITONBACKEND_Request *request, const struct waip_lengths *lengths) {
  struct waip_submit_record record = {.arrival_nanos = 1000};
  CHECK(waip_describe(request, true, lengths, &record, &fault));
  return record;
}

static void tells_rows_length_and_bytes(void) {
  TRITONBACKEND_Request *request = tokens(2, 7);
  struct waip_submit_record record = describe(request, &PADDED);
  CHECK_INT(record.rows, 2);
  CHECK_INT(record.length, 7);
  CHECK_INT(record.input_bytes, 2 * 2 * 7 * 8);
  CHECK_INT(record.arrival_nanos, 1000);
  CHECK_INT(record.deadline_nanos, 0);
  CHECK_INT(record.tier, 0);
  CHECK(!record.alone);
  free(request);
}

static void length_is_one_where_the_service_has_none(void) {
  TRITONBACKEND_Request *request = tokens(2, 7);
  struct waip_submit_record record = describe(request, &NONE);
  CHECK_INT(record.length, 1);
  CHECK(!record.alone);
  free(request);
}

static void the_key_leaves_out_rows_and_length_only(void) {
  TRITONBACKEND_Request *a = tokens(1, 3);
  TRITONBACKEND_Request *b = tokens(4, 9);
  CHECK(describe(a, &PADDED).merge_key == describe(b, &PADDED).merge_key);
  CHECK(describe(a, &NONE).merge_key != describe(b, &NONE).merge_key);
  free(a);
  free(b);
}

static void the_key_does_not_depend_on_the_order_of_inputs(void) {
  TRITONBACKEND_Request *a = tokens(1, 3);
  TRITONBACKEND_Request *b = tokens(1, 3);
  struct TRITONBACKEND_Input first = b->inputs[0];
  b->inputs[0] = b->inputs[1];
  b->inputs[1] = first;
  CHECK(describe(a, &PADDED).merge_key == describe(b, &PADDED).merge_key);
  free(a);
  free(b);
}

static void the_key_tells_types_names_outputs_and_parameters_apart(void) {
  TRITONBACKEND_Request *plain = tokens(1, 3);
  uint64_t key = describe(plain, &PADDED).merge_key;
  for (int change = 0; change < 5; change++) {
    TRITONBACKEND_Request *other = tokens(1, 3);
    switch (change) {
      case 0: other->inputs[0].datatype = TRITONSERVER_TYPE_INT32; break;
      case 1: strcpy(other->inputs[1].name, "msk"); break;
      case 2: fake_request_output(other, "M"); break;
      case 3: fake_request_text(other, "mode", "fast"); break;
      default: other->inputs[0].rank = 1; break;
    }
    CHECK(describe(other, &PADDED).merge_key != key);
    free(other);
  }
  free(plain);
}

static void the_planner_s_own_parameters_are_not_in_the_key(void) {
  TRITONBACKEND_Request *plain = tokens(1, 3);
  TRITONBACKEND_Request *named = tokens(1, 3);
  fake_request_text(named, "tenant", "gold");
  fake_request_text(named, "x-waip-region", "eu");
  fake_request_text(named, "tier", "offline");
  fake_request_text(named, "X-Waip-Deadline-Ms", "20");
  fake_request_text(named, "idempotency_key", "k1");
  struct waip_submit_record record = describe(named, &PADDED);
  CHECK(record.merge_key == describe(plain, &PADDED).merge_key);
  CHECK(record.tenant_hash == waip_hash_text("gold"));
  CHECK(record.region_hash == waip_hash_text("eu"));
  CHECK_INT(record.tier, 3);
  CHECK_INT(record.deadline_nanos, 1000 + 20 * 1000000);
  free(plain);
  free(named);
}

static void hashes_names_as_the_layout_says(void) {
  CHECK(waip_hash_text("a") == UINT64_C(0xaf63dc4c8601ec8c)); /* the published value of FNV-1a */
}

static void refuses_what_it_cannot_read(void) {
  static const char *const wrong[][2] = {{"tier", "gold"},        {"tier", ""},        {"deadline_ms", "soon"},
                                         {"deadline_ms", "0"},    {"deadline_ms", "-5"}, {"deadline_ms", "86400001"},
                                         {"deadline_ms", "1.5"},  {"tenant", ""},      {"region", ""},
                                         {"priority", "-1"},      {"priority", "4294967296"}};
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    TRITONBACKEND_Request *request = tokens(1, 3);
    struct waip_submit_record record = {.arrival_nanos = 1000};
    fake_request_text(request, wrong[i][0], wrong[i][1]);
    CHECK(!waip_describe(request, true, &PADDED, &record, &fault));
    CHECK(strstr(fault.text, wrong[i][0]) != NULL && strstr(fault.text, "allowed: ") != NULL);
    free(request);
  }
}

static void correlated_and_odd_requests_run_alone(void) {
  for (int change = 0; change < 5; change++) {
    TRITONBACKEND_Request *request = tokens(1, 3);
    switch (change) {
      case 0: request->correlation = 4; break;
      case 1: request->flags = TRITONSERVER_REQUEST_FLAG_SEQUENCE_START; break;
      case 2: request->inputs[1].shape[1] = 2; break;       /* the mask has another length */
      case 3: request->input_count = 0; break;              /* nothing that has a length */
      default: request->inputs[0].shape[1] = 0; break;
    }
    CHECK(describe(request, &PADDED).alone);
    free(request);
  }
}

static void takes_the_priority_of_the_protocol(void) {
  TRITONBACKEND_Request *request = tokens(1, 3);
  request->priority = 7;
  CHECK_INT(describe(request, &PADDED).priority, 7);
  free(request);
}

static void matches_requests_by_their_real_shapes(void) {
  TRITONBACKEND_Request *a = tokens(1, 3);
  TRITONBACKEND_Request *b = tokens(2, 5);
  const struct waip_lengths equal = {"ids", "mask", 1, 0, false};
  CHECK(waip_inputs_match(a, b, true, &PADDED));
  CHECK(!waip_inputs_match(a, b, true, &equal));
  CHECK(!waip_inputs_match(a, b, true, &NONE));
  b->inputs[0].buffers[0].type = TRITONSERVER_MEMORY_GPU;
  CHECK(!waip_inputs_match(a, b, true, &PADDED)); /* rows in GPU memory cannot be padded */
  b->inputs[0].buffers[0].type = TRITONSERVER_MEMORY_CPU;
  b->inputs[0].datatype = TRITONSERVER_TYPE_INT32;
  CHECK(!waip_inputs_match(a, b, true, &PADDED));
  b->inputs[0].datatype = TRITONSERVER_TYPE_INT64;
  strcpy(b->inputs[1].name, "other");
  CHECK(!waip_inputs_match(a, b, true, &PADDED));
  CHECK_INT(fake.errors, 0);
  free(a);
  free(b);
}

int main(void) {
  tells_rows_length_and_bytes();
  length_is_one_where_the_service_has_none();
  the_key_leaves_out_rows_and_length_only();
  the_key_does_not_depend_on_the_order_of_inputs();
  the_key_tells_types_names_outputs_and_parameters_apart();
  the_planner_s_own_parameters_are_not_in_the_key();
  hashes_names_as_the_layout_says();
  refuses_what_it_cannot_read();
  correlated_and_odd_requests_run_alone();
  takes_the_priority_of_the_protocol();
  matches_requests_by_their_real_shapes();
  printf("descriptor_test: %d checks\n", checks_run);
  return 0;
}
