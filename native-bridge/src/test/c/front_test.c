/* A front before its targets: forwarding, planning, losing the planner, cancelling. */
#include <string.h>

#include "front_testing.h"
#include "model.h"

static const char LOST[] = "waip: planner_lost; retry_after_ms=1000";

/* ---- Without a planner ---- */

static void forwards_to_the_default_variant_without_a_planner(void) {
  open_front();
  TRITONBACKEND_Request *request = vector_request(3, 2);
  strcpy(request->id, "r1");
  request->priority = 5;
  request->timeout_micros = 77;
  fake_request_text(request, "tenant", "gold");
  give(request);
  const TRITONBACKEND_Request *child = default_target->oldest;
  CHECK(child != NULL && strcmp(child->id, "r1") == 0 && strcmp(child->outputs[0], "Y") == 0);
  CHECK_INT(child->priority, 5);
  CHECK_INT(child->timeout_micros, 77);
  CHECK(strcmp(child->parameters[0].text, "gold") == 0);
  CHECK(child->inputs[0].buffers[0].base == request->inputs[0].buffers[0].base); /* nothing was copied */
  CHECK_INT(request->released, 0);
  CHECK_INT(seat.foreign, 1);
  CHECK(fake_answer(default_target));
  CHECK_INT(request->responses[0]->parameter_count, 1);
  check_vector(request, 3, 2);
  CHECK_INT(seat.foreign, 0);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_REQUESTS], 1);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_FORWARDED_NO_PLANNER], 1);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_ANSWERED], 1);
  CHECK_INT(fake.statistics, 1);
  CHECK_INT(fake.execution_rows, 3);
  close_front();
}

static void sends_to_the_version_that_is_asked_for(void) {
  open_front_of("{\"max_batch_size\":8,\"parameters\":{\"target\":{\"string_value\":\"default\"},\"target_version\":"
                "{\"string_value\":\"3\"}}}");
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  CHECK_INT(default_target->oldest->version, 3);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 1);
  close_front();
  open_front();
  request = vector_request(1, 1);
  give(request);
  CHECK_INT(default_target->oldest->version, -1);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 1);
  close_front();
}

static void what_is_held_when_its_target_is_unloaded_is_still_answered(void) {
  const uint32_t first[] = {0};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  default_target->absent = true;
  fake_dispatch(3, 0, 1, first, 1);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 1);
  close_front();
}

static void a_variant_that_is_not_loaded_leaves_its_requests_to_the_default(void) {
  const uint32_t both[] = {0, 1};
  open_front();
  seat.table = fake_table("default", "other", false);
  TRITONBACKEND_Request *a = vector_request(1, 1);
  TRITONBACKEND_Request *b = vector_request(2, 2);
  give(a);
  give(b);
  fake_tick(2000000000); /* learns what "other" can take */
  other_target->absent = true;
  default_target->absent = true;
  fake_dispatch(1, 1, 1, both, 2);
  CHECK(fake_answer(default_target));
  CHECK(fake_answer(default_target));
  check_vector(a, 1, 1);
  check_vector(b, 2, 2);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_RECLAIMED_EXECUTING], 0);
  close_front();
}

static void each_version_of_a_front_stands_for_its_namesake_of_the_target(void) {
  static const struct {
    const char *policy;
    int64_t version; /* the front under test is version 2 */
  } cases[] = {{"{\"all\":{}}", 2},
               {"{\"specific\":{\"versions\":[\"1\",\"2\"]}}", 2},
               {"{\"specific\":{\"versions\":[\"2\"]}}", -1},
               {"{\"latest\":{\"num_versions\":2}}", 2},
               {"{\"latest\":{\"num_versions\":1}}", -1}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    char config[256];
    snprintf(config, sizeof config,
             "{\"max_batch_size\":8,\"version_policy\":%s,\"parameters\":{\"target\":{\"string_value\":"
             "\"default\"}}}",
             cases[i].policy);
    open_front_of(config);
    TRITONBACKEND_Request *request = vector_request(1, 1);
    give(request);
    CHECK_INT(default_target->oldest->version, cases[i].version);
    CHECK(fake_answer(default_target));
    check_vector(request, 1, 1);
    close_front();
  }
}

static void counts_each_cause_of_forwarding(void) {
  static const struct {
    enum waip_submit_result result;
    uint32_t counter;
  } causes[] = {{WAIP_SUBMIT_NO_PLANNER, WAIP_RINGS_COUNTER_FORWARDED_NO_PLANNER},
                {WAIP_SUBMIT_BYPASS, WAIP_RINGS_COUNTER_FORWARDED_BYPASS},
                {WAIP_SUBMIT_NO_TABLE, WAIP_RINGS_COUNTER_FORWARDED_NO_TABLE},
                {WAIP_SUBMIT_RING_FULL, WAIP_RINGS_COUNTER_FORWARDED_RING_FULL}};
  open_front();
  for (size_t i = 0; i < COUNT_OF(causes); i++) {
    seat.result = causes[i].result;
    TRITONBACKEND_Request *request = vector_request(1, 1);
    give(request);
    CHECK(fake_answer(default_target));
    check_vector(request, 1, 1);
    CHECK_INT(seat.counters[causes[i].counter], 1);
  }
  close_front();
}

static void reads_no_parameter_without_a_planner(void) {
  open_front();
  TRITONBACKEND_Request *request = vector_request(1, 1);
  fake_request_text(request, "tier", "nonsense");
  give(request);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 1);
  close_front();
}

static void forwards_when_the_seat_or_the_channel_cannot_be_opened(void) {
  for (int i = 0; i < 2; i++) {
    open_front();
    fake_unload();
    fake_seat_reset();
    seat.refuse_open = i == 0;
    seat.refuse_channel = i == 1;
    fake.model_config = "{\"max_batch_size\":8,\"parameters\":{\"target\":{\"string_value\":\"default\"}}}";
    default_target = fake_target_add("default", "{\"max_batch_size\":8}");
    CHECK(fake_load() == NULL);
    TRITONBACKEND_Request *request = vector_request(1, 1);
    give(request);
    CHECK(fake_answer(default_target));
    check_vector(request, 1, 1);
    close_front();
  }
}

static void hands_on_the_target_s_own_errors(void) {
  open_front();
  TRITONBACKEND_Request *failed = vector_request(1, 1);
  give(failed);
  CHECK(fake_fail(default_target, TRITONSERVER_ERROR_INTERNAL, "boom"));
  check_error(failed, TRITONSERVER_ERROR_INTERNAL, "boom");
  default_target->refusing = true;
  default_target->refusal = TRITONSERVER_ERROR_UNAVAILABLE;
  TRITONBACKEND_Request *refused = vector_request(1, 1);
  give(refused);
  check_error(refused, TRITONSERVER_ERROR_UNAVAILABLE, "the target does not take requests");
  default_target->config = NULL; /* unloaded */
  TRITONBACKEND_Request *lost = vector_request(1, 1);
  give(lost);
  check_error(lost, TRITONSERVER_ERROR_NOT_FOUND, "unknown model: 'default'");
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_TARGET_FAILED], 3);
  CHECK_INT(fake.failures, 3);
  close_front();
}

static void answers_within_the_call_do_not_pile_up(void) {
  open_front();
  default_target->immediate = true;
  for (int i = 0; i < 100; i++) {
    TRITONBACKEND_Request *request = vector_request(1, (float)i);
    give(request);
    check_vector(request, 1, (float)i);
  }
  close_front();
}

/* ---- With a planner ---- */

static void holds_until_the_planner_decides(void) {
  const uint32_t first[] = {0};
  open_front();
  seat.table = fake_table("default", "other", false);
  TRITONBACKEND_Request *request = vector_request(2, 3);
  give(request);
  CHECK(default_target->oldest == NULL && other_target->oldest == NULL);
  CHECK_INT(seat.submitted_count, 1);
  CHECK_INT(seat.submitted[0].rows, 2);
  fake_dispatch(11, 1, 1, first, 1);
  CHECK(default_target->oldest == NULL);
  CHECK_INT(seat.foreign, 0);
  CHECK(fake_answer(other_target));
  check_vector(request, 2, 3);
  CHECK_INT(seat.completed_count, 1);
  CHECK_INT(seat.completed[0].kind, WAIP_RINGS_COMPLETE_DONE);
  CHECK_INT(seat.completed[0].dispatch, 11);
  CHECK_INT(seat.completed[0].variant, 1);
  CHECK_INT(seat.completed[0].slot, seat.submitted[0].slot);
  CHECK_INT(seat.completed_epochs[0], 1);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_PLANNED], 1);
  close_front();
}

static void drops_decisions_on_requests_it_no_longer_holds(void) {
  const uint32_t twice[] = {0, 0};
  const uint32_t first[] = {0};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  fake_dispatch(1, 0, 1, twice, 2); /* one slot, twice in a dispatch */
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_STALE_RECORDS], 1);
  fake_dispatch(2, 0, 1, first, 1); /* already sent */
  fake_refuse(0, 1, 0);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_STALE_RECORDS], 3);
  CHECK_INT(seat.completed_count, 1); /* dispatch 2 had no member left: the planner hears of its end */
  CHECK_INT(seat.completed[0].dispatch, 2);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 1);
  CHECK_INT(default_target->received, 1);
  close_front();
}

static void keeps_no_more_children_in_flight_than_the_target_has_instances(void) {
  const uint32_t order[] = {0, 1, 2};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *requests[3];
  for (int i = 0; i < 3; i++) {
    requests[i] = vector_request(8, (float)i); /* a full batch each: three children */
    give(requests[i]);
  }
  fake_dispatch(5, 0, 1, order, 3);
  for (int i = 0; i < 3; i++) {
    CHECK_INT(default_target->received, i + 1);
    CHECK_INT(seat.completed_count, 0);
    CHECK(fake_answer(default_target));
    check_vector(requests[i], 8, (float)i);
  }
  CHECK_INT(seat.completed_count, 1); /* one for the dispatch */
  close_front();
}

static void learns_the_target_s_instances_on_a_tick(void) {
  open_front();
  seat.table = fake_table("default", "other", false);
  other_target->config = "{\"max_batch_size\":8,\"instance_group\":[{\"count\":2},{\"count\":1}]}";
  fake_tick(1); /* a new table: at once */
  CHECK_INT(seat.default_instances, 1);
  CHECK_INT(seat.instances[0], 1);
  CHECK_INT(seat.instances[1], 3);
  other_target->config = "{\"max_batch_size\":8,\"instance_group\":[{\"count\":5}]}";
  fake_tick(1000000000);
  CHECK_INT(seat.instances[1], 3);
  fake_tick(1000000001);
  CHECK_INT(seat.instances[1], 5);
  close_front();
}

static void reports_a_failed_dispatch(void) {
  const uint32_t first[] = {0};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  default_target->refusing = true;
  default_target->refusal = TRITONSERVER_ERROR_UNAVAILABLE;
  fake_dispatch(3, 0, 1, first, 1);
  check_error(request, TRITONSERVER_ERROR_UNAVAILABLE, "the target does not take requests");
  CHECK_INT(seat.completed[0].kind, WAIP_RINGS_COMPLETE_FAILED);
  close_front();
}

/* What the client sent is no fault of the target: its breaker must not hold others back. */
static void an_error_of_the_request_is_an_answer_of_the_target(void) {
  const uint32_t first[] = {0};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  fake_dispatch(3, 0, 1, first, 1);
  CHECK(fake_fail(default_target, TRITONSERVER_ERROR_INVALID_ARG, "not like this"));
  check_error(request, TRITONSERVER_ERROR_INVALID_ARG, "not like this");
  CHECK_INT(seat.completed[0].kind, WAIP_RINGS_COMPLETE_DONE);
  close_front();
}

/* Without going through 8,191 requests. */
static void take_all_slots(void) {
  struct waip_model *model = seat.channel.owner;
  uint32_t slot;
  uint32_t generation;
  while (waip_slots_take(&model->slots, model, &slot, &generation)) {
    continue;
  }
}

static void forwards_once_all_slots_are_taken(void) {
  const uint32_t first[] = {0};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *held = vector_request(1, 1);
  give(held);
  take_all_slots();
  TRITONBACKEND_Request *request = vector_request(1, 2);
  give(request);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_FORWARDED_SLOTS_FULL], 1);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 2);
  fake_dispatch(1, 0, 1, first, 1);
  CHECK(fake_answer(default_target));
  check_vector(held, 1, 1);
  close_front();
}

/* ---- Losing the planner ---- */

static void sends_what_a_lost_planner_held_to_the_default_variant_in_order(void) {
  const uint32_t first_two[] = {0, 1};
  open_front();
  seat.table = fake_table("other", NULL, false);
  TRITONBACKEND_Request *requests[4];
  for (int i = 0; i < 4; i++) {
    requests[i] = vector_request(8, (float)i);
    give(requests[i]);
  }
  fake_dispatch(1, 0, 1, first_two, 2); /* 0 is sent, 1 waits for the instance, 2 and 3 are held */
  CHECK_INT(other_target->received, 1);
  seat.table = NULL;
  fake_lose();
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_RECLAIMED_DECIDED], 1);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_RECLAIMED_HELD], 2);
  CHECK_INT(seat.foreign, 4); /* the successor knows none of them */
  for (int i = 1; i < 4; i++) {
    CHECK(fake_answer(default_target));
    check_vector(requests[i], 8, (float)i);
  }
  CHECK(fake_answer(other_target)); /* what was sent finishes */
  check_vector(requests[0], 8, 0);
  CHECK_INT(other_target->received, 1);
  CHECK_INT(seat.foreign, 0);
  close_front();
}

static void drops_what_a_lost_planner_still_says(void) {
  const uint32_t first[] = {0};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  fake_lose();
  seat.epoch = 1;
  fake_dispatch(1, 0, 1, first, 1);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_STALE_RECORDS], 1);
  CHECK_INT(default_target->received, 1);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 1);
  close_front();
}

static void sends_again_what_an_execution_lost_with_its_planner(void) {
  const uint32_t both[] = {0, 1};
  open_front();
  seat.table = fake_table("default", "other", false);
  TRITONBACKEND_Request *a = vector_request(1, 1);
  TRITONBACKEND_Request *b = vector_request(2, 2);
  give(a);
  give(b);
  fake_dispatch(1, 1, 1, both, 2);
  CHECK(fake_fail(other_target, TRITONSERVER_ERROR_UNAVAILABLE, LOST));
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_RECLAIMED_EXECUTING], 2);
  CHECK_INT(seat.completed[0].kind, WAIP_RINGS_COMPLETE_FAILED);
  CHECK(fake_answer(default_target) && fake_answer(default_target));
  check_vector(a, 1, 1);
  check_vector(b, 2, 2);
  close_front();
}

static void tells_the_client_when_the_default_variant_itself_lost_the_planner(void) {
  open_front();
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  CHECK(fake_fail(default_target, TRITONSERVER_ERROR_UNAVAILABLE, LOST));
  check_error(request, TRITONSERVER_ERROR_UNAVAILABLE, LOST);
  close_front();
}

/* ---- Cancelling ---- */

static void answers_held_requests_whose_client_left(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *left = vector_request(1, 1);
  TRITONBACKEND_Request *stays = vector_request(1, 2);
  const uint32_t both[] = {0, 1};
  give(left);
  give(stays);
  left->cancelled = true;
  fake_tick(1);
  check_error(left, TRITONSERVER_ERROR_CANCELLED, "waip: cancelled by the client");
  CHECK_INT(seat.completed_count, 1);
  CHECK_INT(seat.completed[0].kind, WAIP_RINGS_COMPLETE_CANCELLED);
  CHECK_INT(seat.completed[0].slot, seat.submitted[0].slot);
  CHECK_INT(seat.completed[0].generation, seat.submitted[0].generation);
  fake_dispatch(1, 0, 1, both, 2); /* decided before the planner heard of it */
  CHECK(fake_answer(default_target));
  check_vector(stays, 1, 2);
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_CANCELLED], 1);
  close_front();
}

static void a_withdrawal_waits_for_a_planner_that_is_behind(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *left = vector_request(1, 1);
  give(left);
  left->cancelled = true;
  seat.planner_is_behind = true;
  fake_tick(1);
  CHECK(!left->final);
  CHECK_INT(seat.completed_count, 0);
  seat.planner_is_behind = false;
  fake_tick(2);
  check_error(left, TRITONSERVER_ERROR_CANCELLED, "waip: cancelled by the client");
  CHECK_INT(seat.completed_count, 1);
  close_front();
}

static void cancels_a_child_only_when_all_its_clients_left(void) {
  const uint32_t both[] = {0, 1};
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *a = vector_request(1, 1);
  TRITONBACKEND_Request *b = vector_request(1, 2);
  give(a);
  give(b);
  fake_dispatch(1, 0, 1, both, 2);
  CHECK_INT(default_target->received, 1);
  a->cancelled = true;
  fake_tick(1);
  CHECK(!default_target->oldest->cancelled);
  b->cancelled = true;
  fake_tick(2);
  CHECK(default_target->oldest->cancelled);
  CHECK(fake_fail(default_target, TRITONSERVER_ERROR_CANCELLED, "cancelled"));
  check_error(a, TRITONSERVER_ERROR_CANCELLED, "cancelled");
  check_error(b, TRITONSERVER_ERROR_CANCELLED, "cancelled");
  close_front();
}

/* ---- Streams and sequences ---- */

static const char STREAM_FRONT[] =
  "{\"max_batch_size\":8,\"model_transaction_policy\":{\"decoupled\":true},\"parameters\":{\"target\":"
  "{\"string_value\":\"default\"}},\"output\":[{\"name\":\"Y\",\"data_type\":\"TYPE_FP32\",\"dims\":[4]}]}";
static const char STREAM_TARGET[] = "{\"max_batch_size\":8,\"model_transaction_policy\":{\"decoupled\":true}}";

static void hands_on_each_response_of_a_stream_as_it_comes(void) {
  open_front_of(STREAM_FRONT);
  default_target->config = STREAM_TARGET;
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  for (uint32_t i = 1; i <= 3; i++) {
    CHECK(fake_stream(default_target, false));
    CHECK_INT(request->response_count, i);
    CHECK(!request->final);
  }
  CHECK(fake_stream(default_target, true));
  CHECK(request->final);
  CHECK_INT(request->response_count, 3);
  fake_request_free(request);
  close_front();
}

static void ends_a_stream_without_a_response(void) {
  open_front_of(STREAM_FRONT);
  default_target->config = STREAM_TARGET;
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  CHECK(fake_stream(default_target, true));
  CHECK(request->final);
  CHECK_INT(request->response_count, 0);
  fake_request_free(request);
  close_front();
}

static void tells_that_a_decoupled_target_needs_a_decoupled_front(void) {
  open_front();
  default_target->config = STREAM_TARGET;
  TRITONBACKEND_Request *request = vector_request(1, 1);
  give(request);
  check_error(request, TRITONSERVER_ERROR_UNSUPPORTED,
              "waip: 'default' is decoupled; give the front `model_transaction_policy { decoupled: true }`");
  CHECK_INT(default_target->received, 0);
  close_front();
}

static void forwards_sequences_in_order_past_the_planner(void) {
  open_front();
  default_target->config = "{\"max_batch_size\":8,\"sequence_batching\":{}}";
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  request->correlation = 9;
  request->flags = TRITONSERVER_REQUEST_FLAG_SEQUENCE_START;
  give(request);
  CHECK_INT(seat.submitted_count, 0);
  CHECK_INT(default_target->oldest->correlation, 9);
  CHECK_INT(default_target->oldest->flags, TRITONSERVER_REQUEST_FLAG_SEQUENCE_START);
  CHECK(fake_answer(default_target));
  check_vector(request, 1, 1);
  close_front();
}

int main(void) {
  forwards_to_the_default_variant_without_a_planner();
  sends_to_the_version_that_is_asked_for();
  what_is_held_when_its_target_is_unloaded_is_still_answered();
  a_variant_that_is_not_loaded_leaves_its_requests_to_the_default();
  each_version_of_a_front_stands_for_its_namesake_of_the_target();
  counts_each_cause_of_forwarding();
  reads_no_parameter_without_a_planner();
  forwards_when_the_seat_or_the_channel_cannot_be_opened();
  hands_on_the_target_s_own_errors();
  answers_within_the_call_do_not_pile_up();
  holds_until_the_planner_decides();
  drops_decisions_on_requests_it_no_longer_holds();
  keeps_no_more_children_in_flight_than_the_target_has_instances();
  learns_the_target_s_instances_on_a_tick();
  reports_a_failed_dispatch();
  an_error_of_the_request_is_an_answer_of_the_target();
  forwards_once_all_slots_are_taken();
  sends_what_a_lost_planner_held_to_the_default_variant_in_order();
  drops_what_a_lost_planner_still_says();
  sends_again_what_an_execution_lost_with_its_planner();
  tells_the_client_when_the_default_variant_itself_lost_the_planner();
  answers_held_requests_whose_client_left();
  a_withdrawal_waits_for_a_planner_that_is_behind();
  cancels_a_child_only_when_all_its_clients_left();
  hands_on_each_response_of_a_stream_as_it_comes();
  ends_a_stream_without_a_response();
  tells_that_a_decoupled_target_needs_a_decoupled_front();
  forwards_sequences_in_order_past_the_planner();
  printf("front_test: %d checks\n", checks_run);
  return 0;
}
