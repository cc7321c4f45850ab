/* What a front says to a client whose request is refused. */
#include "front_testing.h"

static void refuses_in_the_planner_s_words(void) {
  static const struct {
    uint32_t reason;
    TRITONSERVER_Error_Code code;
    const char *message;
  } refusals[] = {{1, TRITONSERVER_ERROR_UNAVAILABLE, "waip: rate_limit; retry_after_ms=2"},
                  {2, TRITONSERVER_ERROR_UNAVAILABLE, "waip: predicted_late; retry_after_ms=2"},
                  {4, TRITONSERVER_ERROR_UNSUPPORTED, "waip: governance; retry_after_ms=2"},
                  {7, TRITONSERVER_ERROR_INVALID_ARG,
                   "waip: too_long; retry_after_ms=2; the input is longer than any variant takes: send a shorter one"},
                  {12, TRITONSERVER_ERROR_INVALID_ARG,
                   "waip: invalid; retry_after_ms=2; parameter 'tenant' names no tenant of the planner's "
                   "configuration: name one that is there, or none"},
                  {4000000000u, TRITONSERVER_ERROR_UNAVAILABLE, "waip: unavailable; retry_after_ms=2"}};
  open_front();
  seat.table = fake_table("default", NULL, false);
  for (uint32_t i = 0; i < COUNT_OF(refusals); i++) {
    TRITONBACKEND_Request *request = vector_request(1, 1);
    give(request);
    fake_refuse(i, refusals[i].reason, 1500000);
    check_error(request, refusals[i].code, refusals[i].message);
  }
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_REFUSED], COUNT_OF(refusals));
  close_front();
}

static void refuses_unreadable_parameters_when_planned(void) {
  open_front();
  seat.table = fake_table("default", NULL, false);
  TRITONBACKEND_Request *request = vector_request(1, 1);
  fake_request_text(request, "tier", "gold");
  give(request);
  check_error(request, TRITONSERVER_ERROR_INVALID_ARG,
              "waip: parameter 'tier' is 'gold'; allowed: interactive, nearline, offline");
  CHECK_INT(seat.counters[WAIP_RINGS_COUNTER_INVALID], 1);
  CHECK_INT(seat.submitted_count, 0);
  close_front();
}

int main(void) {
  refuses_in_the_planner_s_words();
  refuses_unreadable_parameters_when_planned();
  printf("front_refusal_test: %d checks\n", checks_run);
  return 0;
}
