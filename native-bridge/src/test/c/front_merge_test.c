/* Merging of requests into a child and parting of its response. */
#include <stdlib.h>
#include <string.h>

#include "front_testing.h"

static const uint32_t ORDER[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

static void check_input(const TRITONBACKEND_Request *child, const char *name, int64_t rows, int64_t length,
                        const int64_t *expected) {
  const struct TRITONBACKEND_Input *input = fake_input(child, name);
  uint64_t bytes;
  CHECK(input != NULL);
  CHECK_INT(input->shape[0], rows);
  CHECK_INT(input->shape[1], length);
  unsigned char *data = fake_bytes(input, &bytes);
  CHECK_INT(bytes, rows * length * 8);
  CHECK(memcmp(data, expected, bytes) == 0);
  free(data);
}

static void merges_rows_and_parts_them_again(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *a = vector_request(1, 1);
  TRITONBACKEND_Request *b = vector_request(3, 2);
  TRITONBACKEND_Request *c = vector_request(2, 3);
  give(a);
  give(b);
  give(c);
  fake_dispatch(1, 0, 1, ORDER, 3);
  CHECK_INT(default_target->received, 1);
  CHECK_INT(default_target->oldest->inputs[0].shape[0], 6);
  CHECK_INT(default_target->oldest->inputs[0].buffer_count, 3); /* the clients' own buffers */
  CHECK(default_target->oldest->id[0] == '\0');
  CHECK(fake_answer(default_target));
  check_vector(a, 1, 1);
  check_vector(b, 3, 2);
  check_vector(c, 2, 3);
  CHECK_INT(fake.executions, 1);
  CHECK_INT(fake.execution_rows, 6);
  close_front();
}

static void pads_rows_and_cuts_outputs_back(void) {
  /* Two rows of length 2 and one of length 3, to length 4: pad value 9, mask 0. */
  const int64_t ids[] = {10, 11, 9, 9, 12, 13, 9, 9, 20, 21, 22, 9};
  const int64_t mask[] = {1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0};
  open_token_front();
  seat.table = fake_table("default", NULL, true);
  TRITONBACKEND_Request *a = token_request(2, 2, 10);
  TRITONBACKEND_Request *b = token_request(1, 3, 20);
  give(a);
  give(b);
  CHECK_INT(seat.submitted[0].length, 2);
  CHECK(seat.submitted[0].merge_key == seat.submitted[1].merge_key);
  fake_dispatch(1, 0, 4, ORDER, 2);
  CHECK_INT(default_target->received, 1);
  check_input(default_target->oldest, "ids", 3, 4, ids);
  check_input(default_target->oldest, "mask", 3, 4, mask);
  CHECK(fake_answer(default_target));
  CHECK_INT(fake_output(a, "M")->shape[1], 4); /* not named to be cut back */
  check_tokens(a, 2, 2, 10);
  check_tokens(b, 1, 3, 20);
  close_front();
}

static void a_length_below_a_member_s_own_is_raised(void) {
  open_token_front();
  seat.table = fake_table("default", NULL, true);
  TRITONBACKEND_Request *a = token_request(1, 2, 10);
  TRITONBACKEND_Request *b = token_request(1, 5, 20);
  give(a);
  give(b);
  fake_dispatch(1, 0, 3, ORDER, 2);
  CHECK_INT(fake_input(default_target->oldest, "ids")->shape[1], 5);
  CHECK(fake_answer(default_target));
  check_tokens(a, 1, 2, 10);
  check_tokens(b, 1, 5, 20);
  close_front();
}

static void a_length_out_of_reason_fails_the_child_and_not_the_server(void) {
  static const char message[] = "waip: input 'ids' would be padded by more than 67108864 bytes";
  open_token_front();
  seat.table = fake_table("default", NULL, true);
  TRITONBACKEND_Request *a = token_request(1, 2, 10);
  TRITONBACKEND_Request *b = token_request(1, 5, 20);
  give(a);
  give(b);
  fake_dispatch(1, 0, UINT32_MAX, ORDER, 2);
  check_error(a, TRITONSERVER_ERROR_INTERNAL, message);
  check_error(b, TRITONSERVER_ERROR_INTERNAL, message);
  CHECK_INT(default_target->received, 0);
  close_front();
}

static void a_request_alone_is_sent_as_it_came(void) {
  open_token_front();
  seat.table = fake_table("default", NULL, true);
  TRITONBACKEND_Request *request = token_request(1, 3, 10);
  give(request);
  fake_dispatch(1, 0, 8, ORDER, 1);
  CHECK_INT(fake_input(default_target->oldest, "ids")->shape[1], 3);
  CHECK(fake_answer(default_target));
  check_tokens(request, 1, 3, 10);
  close_front();
}

static void parts_a_dispatch_that_cannot_be_one_child(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *requests[6];
  requests[0] = vector_request(5, 0);
  requests[1] = vector_request(4, 1); /* 9 rows would be too many */
  requests[2] = vector_request(1, 2);
  requests[3] = vector_request(1, 3);
  requests[3]->correlation = 1; /* alone */
  requests[4] = vector_request(1, 4);
  fake_request_text(requests[4], "mode", "fast"); /* another key */
  requests[5] = vector_request(2, 5);
  for (int i = 0; i < 6; i++) {
    give(requests[i]);
  }
  fake_dispatch(1, 0, 1, ORDER, 6);
  const int64_t rows[] = {8, 4, 1, 1}; /* {0, 2, 5}, {1}, {3}, {4} */
  for (int i = 0; i < 4; i++) {
    CHECK_INT(default_target->received, i + 1);
    CHECK_INT(default_target->oldest->inputs[0].shape[0], rows[i]);
    CHECK(fake_answer(default_target));
  }
  const int64_t own_rows[] = {5, 4, 1, 1, 1, 2};
  for (int i = 0; i < 6; i++) {
    check_vector(requests[i], own_rows[i], (float)i);
  }
  CHECK_INT(seat.completed_count, 1);
  close_front();
}

static void never_merges_for_targets_that_do_not_batch_or_are_unknown(void) {
  static const char *const configs[] = {"{\"max_batch_size\":0,\"instance_group\":[{\"count\":2}]}", "not JSON"};
  for (size_t i = 0; i < COUNT_OF(configs); i++) {
    open_front();
    default_target->config = configs[i];
    seat.table = fake_table("default", NULL, false);
    TRITONBACKEND_Request *a = vector_request(1, 1);
    TRITONBACKEND_Request *b = vector_request(1, 2);
    give(a);
    give(b);
    fake_dispatch(1, 0, 1, ORDER, 2);
    CHECK(fake_answer(default_target) && fake_answer(default_target));
    CHECK_INT(default_target->received, 2);
    check_vector(a, 1, 1);
    check_vector(b, 1, 2);
    close_front();
  }
}

static void equal_keys_of_unequal_shapes_are_not_merged(void) {
  open_token_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *a = token_request(1, 2, 10);
  TRITONBACKEND_Request *b = token_request(1, 2, 20);
  give(a);
  give(b);
  b->inputs[0].shape[1] = 4; /* as if the hash had collided */
  fake_dispatch(1, 0, 1, ORDER, 2);
  CHECK_INT(fake_input(default_target->oldest, "ids")->shape[0], 1);
  CHECK(fake_answer(default_target));
  b->inputs[0].shape[1] = 2;
  CHECK(fake_answer(default_target));
  CHECK_INT(default_target->received, 2);
  CHECK(a->final && b->final);
  fake_request_free(a);
  fake_request_free(b);
  close_front();
}

static void takes_the_most_urgent_priority_and_the_longest_time_out(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *requests[3];
  const uint64_t priorities[] = {0, 3, 2};
  for (int i = 0; i < 3; i++) {
    requests[i] = vector_request(1, (float)i);
    requests[i]->priority = priorities[i];
    requests[i]->timeout_micros = 100 + (uint64_t)i;
    fake_request_text(requests[i], "tenant", i == 0 ? "a" : "b");
    give(requests[i]);
  }
  fake_dispatch(1, 0, 1, ORDER, 3);
  CHECK_INT(default_target->oldest->priority, 2);
  CHECK_INT(default_target->oldest->timeout_micros, 102);
  CHECK_INT(default_target->oldest->parameter_count, 0); /* no one client's tenant */
  CHECK(fake_answer(default_target));
  for (int i = 0; i < 3; i++) {
    check_vector(requests[i], 1, (float)i);
  }
  close_front();
}

static void gives_every_parent_the_error_of_their_child(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *a = vector_request(1, 1);
  TRITONBACKEND_Request *b = vector_request(1, 2);
  give(a);
  give(b);
  fake_dispatch(1, 0, 1, ORDER, 2);
  CHECK(fake_fail(default_target, TRITONSERVER_ERROR_INTERNAL, "boom"));
  check_error(a, TRITONSERVER_ERROR_INTERNAL, "boom");
  check_error(b, TRITONSERVER_ERROR_INTERNAL, "boom");
  CHECK_INT(seat.completed[0].kind, WAIP_RINGS_COMPLETE_FAILED);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_TARGET_FAILED], 2);
  close_front();
}

/* Only what the server does not take at all goes to the default variant. */
static void an_error_within_the_call_that_sends_a_child_is_its_target_s_own(void) {
  open_front();
  seat.table = fake_table("default", "other", false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  fake_tick(2000000000); /* learns what "other" can take */
  other_target->immediate = true;
  other_target->failing = true;
  fake_dispatch(1, 1, 1, ORDER, 1);
  CHECK(default_target->oldest == NULL);
  check_error(request, TRITONSERVER_ERROR_NOT_FOUND, "the target's own");
  close_front();
}

static void tells_when_a_target_answers_another_number_of_rows(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *a = vector_request(1, 1);
  TRITONBACKEND_Request *b = vector_request(1, 2);
  give(a);
  give(b);
  fake_dispatch(1, 0, 1, ORDER, 2);
  default_target->oldest->inputs[0].shape[0] = 1;
  CHECK(fake_answer(default_target));
  check_error(a, TRITONSERVER_ERROR_INTERNAL,
              "waip: output 'Y' of 'default' has another number of rows than its inputs");
  check_error(b, TRITONSERVER_ERROR_INTERNAL,
              "waip: output 'Y' of 'default' has another number of rows than its inputs");
  close_front();
}

/* Y = X, of texts. */
static void parts_texts_by_rows(void) {
  static const unsigned char first[] = {1, 0, 0, 0, 'a', 0, 0, 0, 0};
  static const unsigned char second[] = {3, 0, 0, 0, 'x', 'y', 'z', 2, 0, 0, 0, 'p', 'q'};
  const int64_t shape[] = {1, 2};
  open_front_of("{\"max_batch_size\":8,\"parameters\":{\"target\":{\"string_value\":\"default\"}},\"output\":[{\"name\":"
                "\"Y\",\"data_type\":\"TYPE_STRING\",\"dims\":[2]}]}");
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *requests[2];
  for (int i = 0; i < 2; i++) {
    requests[i] = fake_request();
    fake_request_input(requests[i], "X", TRITONSERVER_TYPE_BYTES, shape, 2);
    fake_request_data(requests[i], i == 0 ? first : second, i == 0 ? sizeof first : sizeof second);
    fake_request_output(requests[i], "Y");
    give(requests[i]);
  }
  fake_dispatch(1, 0, 1, ORDER, 2);
  CHECK_INT(default_target->received, 1);
  CHECK(fake_answer(default_target));
  const struct TRITONBACKEND_Output *a = fake_output(requests[0], "Y");
  const struct TRITONBACKEND_Output *b = fake_output(requests[1], "Y");
  CHECK(a->bytes == sizeof first && memcmp(a->buffer, first, sizeof first) == 0);
  CHECK(b->bytes == sizeof second && memcmp(b->buffer, second, sizeof second) == 0);
  fake_request_free(requests[0]);
  fake_request_free(requests[1]);
  close_front();
}

static void a_fixed_output_is_written_where_the_client_reads_it(void) {
  open_front();
  TRITONBACKEND_Request *request = vector_request(2, 5);
  give(request);
  CHECK(fake_answer(default_target));
  CHECK(fake.written == fake_output(request, "Y")->buffer);
  check_vector(request, 2, 5);
  close_front();
}

static void a_shape_other_than_declared_is_told_once_and_copied_from_then_on(void) {
  open_front();
  for (int i = 0; i < 2; i++) {
    TRITONBACKEND_Request *request = vector_request(2, 5);
    give(request);
    default_target->oldest->inputs[0].shape[0] = 4; /* answers [4, 2] where [2, 4] is declared */
    default_target->oldest->inputs[0].shape[1] = 2;
    CHECK(fake_answer(default_target));
    if (i == 0) {
      check_error(request, TRITONSERVER_ERROR_INTERNAL,
                  "waip: output 'Y' of 'default' has another shape than the front's configuration declares");
    } else {
      CHECK_INT(fake_output(request, "Y")->shape[0], 4);
      fake_request_free(request);
    }
  }
  close_front();
}

int main(void) {
  merges_rows_and_parts_them_again();
  pads_rows_and_cuts_outputs_back();
  a_length_below_a_member_s_own_is_raised();
  a_length_out_of_reason_fails_the_child_and_not_the_server();
  a_request_alone_is_sent_as_it_came();
  parts_a_dispatch_that_cannot_be_one_child();
  never_merges_for_targets_that_do_not_batch_or_are_unknown();
  equal_keys_of_unequal_shapes_are_not_merged();
  takes_the_most_urgent_priority_and_the_longest_time_out();
  gives_every_parent_the_error_of_their_child();
  an_error_within_the_call_that_sends_a_child_is_its_target_s_own();
  tells_when_a_target_answers_another_number_of_rows();
  parts_texts_by_rows();
  a_fixed_output_is_written_where_the_client_reads_it();
  a_shape_other_than_declared_is_told_once_and_copied_from_then_on();
  printf("front_merge_test: %d checks\n", checks_run);
  return 0;
}
