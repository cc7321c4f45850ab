/* Keys and model configurations: defaults, ranges, and what is said of a wrong one. */
#include "model_config.h"

#include <string.h>

#include "targets.h"
#include "testing.h"
#include "waip/triton_api.h"

static struct waip_model_config config;
static struct waip_message fault;
static const char *const error = fault.text;

static bool reads(const char *text) {
  struct waip_knobs knobs;
  struct waip_json root;
  fault.text[0] = '\0';
  waip_knobs_default(&knobs);
  CHECK(waip_json_open(text, strlen(text), &root));
  return waip_model_config_read(&config, &knobs, &root, &fault);
}

/* A front with one more parameter. */
static bool reads_parameter(const char *key, const char *value) {
  char text[512];
  snprintf(text, sizeof text,
           "{\"parameters\":{\"target\":{\"string_value\":\"t\"},\"%s\":{\"string_value\":\"%s\"}}}", key, value);
  return reads(text);
}

static void has_the_documented_defaults(void) {
  CHECK(reads("{\"parameters\":{\"target\":{\"string_value\":\"t\"}}}"));
  CHECK_INT(config.knobs.mode, WAIP_MODE_FRONT);
  CHECK_INT(config.knobs.seat, WAIP_SEAT_CHILD);
  CHECK_INT(config.knobs.target_version, -1);
  CHECK_INT(config.knobs.heartbeat_timeout_nanos, 500 * 1000000);
  CHECK_INT(config.knobs.suspect_timeout_nanos, 0);
  CHECK_INT(config.knobs.start_timeout_nanos, 60 * INT64_C(1000000000));
  CHECK_INT(config.knobs.backoff_min_nanos, 200 * 1000000);
  CHECK_INT(config.knobs.backoff_max_nanos, 10 * INT64_C(1000000000));
  CHECK_INT(config.knobs.drain_on_signal, 1);
  CHECK_INT(config.knobs.pad_axis, 1);
  CHECK_INT(config.knobs.pad_value, 0);
  CHECK_INT(config.max_batch, 0);
  CHECK(!config.decoupled);
}

static void keeps_to_the_range_of_each_key(void) {
  static const struct {
    const char *key;
    const char *lowest;
    const char *highest;
    const char *below;
    const char *above;
  } ranges[] = {{"heartbeat_timeout", "100ms", "60s", "99ms", "61s"},
                {"start_timeout", "1s", "10min", "999ms", "601s"},
                {"backoff_min", "10ms", "10s", "9ms", "61s"},
                {"backoff_max", "200ms", "600s", "9ms", "601s"},
                {"target_version", "1", "9223372036854775807", "0", "9223372036854775808"},
                {"pad_axis", "1", "7", "0", "8"}};
  for (size_t i = 0; i < COUNT_OF(ranges); i++) {
    CHECK(reads_parameter(ranges[i].key, ranges[i].lowest));
    CHECK(reads_parameter(ranges[i].key, ranges[i].highest));
    CHECK(!reads_parameter(ranges[i].key, ranges[i].below));
    CHECK(!reads_parameter(ranges[i].key, ranges[i].above));
    CHECK(strstr(error, ranges[i].key) != NULL && strstr(error, "allowed") != NULL);
  }
}

static void names_key_value_and_what_is_allowed(void) {
  CHECK(!reads_parameter("heartbeat_timeout", "500"));
  CHECK(strcmp(error, "waip: parameter 'heartbeat_timeout' is '500'; allowed: 100ms to 60s, with its unit (ns, us, "
                      "ms, s, min)") == 0);
  CHECK(!reads_parameter("mode", "fast"));
  CHECK(strcmp(error, "waip: parameter 'mode' is 'fast'; allowed: front|direct") == 0);
  CHECK(!reads_parameter("trget", "x"));
  CHECK(strstr(error, "unknown parameter 'trget'") != NULL && strstr(error, " target ") != NULL);
}

static void refuses_contradictions(void) {
  CHECK(!reads("{}"));
  CHECK(strstr(error, "'target' is missing") != NULL);
  CHECK(!reads("{\"parameters\":{\"target\":{\"string_value\":\"t\"},\"backoff_min\":{\"string_value\":\"2s\"},"
               "\"backoff_max\":{\"string_value\":\"1s\"}}}"));
  CHECK(reads_parameter("suspect_timeout", "50ms") && reads_parameter("suspect_timeout", "500ms"));
  CHECK(!reads_parameter("suspect_timeout", "49ms"));
  CHECK(!reads_parameter("suspect_timeout", "501ms"));
  CHECK(strstr(error, "'suspect_timeout' is above 'heartbeat_timeout'") != NULL);
  CHECK(!reads("{\"parameters\":{\"mode\":{\"string_value\":\"direct\"},\"mask_input\":{\"string_value\":\"m\"}}}"));
  CHECK(!reads("{\"parameters\":{\"target\":{\"string_value\":\"t\"}},\"input\":[{\"name\":\"X\",\"reshape\":{}}]}"));
  CHECK(strstr(error, "reshape") != NULL);
}

static void a_direct_model_needs_no_target(void) {
  CHECK(reads("{\"parameters\":{\"mode\":{\"string_value\":\"direct\"}}}"));
  CHECK_INT(config.knobs.mode, WAIP_MODE_DIRECT);
}

static void reads_what_the_front_needs_of_the_configuration(void) {
  CHECK(reads("{\"max_batch_size\":8,\"model_transaction_policy\":{\"decoupled\":true},\"parameters\":{\"target\":"
              "{\"string_value\":\"t\"}},\"output\":[{\"name\":\"Y\",\"data_type\":\"TYPE_FP32\",\"dims\":[2,3]}]}"));
  CHECK_INT(config.max_batch, 8);
  CHECK(config.decoupled);
  CHECK(config.fixed_outputs);
  CHECK_INT(config.output_count, 1);
  CHECK_INT(config.outputs[0].datatype, TRITONSERVER_TYPE_FP32);
  CHECK_INT(config.outputs[0].rank, 2);
  CHECK_INT(config.outputs[0].dims[1], 3);
}

static void outputs_of_any_length_or_of_texts_are_not_fixed(void) {
  CHECK(reads("{\"parameters\":{\"target\":{\"string_value\":\"t\"}},\"output\":[{\"name\":\"Y\",\"data_type\":"
              "\"TYPE_FP32\",\"dims\":[-1]}]}"));
  CHECK(!config.fixed_outputs);
  CHECK(reads("{\"parameters\":{\"target\":{\"string_value\":\"t\"}},\"output\":[{\"name\":\"Y\",\"data_type\":"
              "\"TYPE_STRING\",\"dims\":[1]}]}"));
  CHECK(!config.fixed_outputs);
}

static void takes_backend_keys_and_leaves_those_of_triton(void) {
  static const char text[] = "{\"cmdline\":{\"auto-complete-config\":\"true\",\"planner_config\":\"/p.yaml\"}}";
  static const char wrong[] = "{\"cmdline\":{\"seat\":\"roof\"}}";
  struct waip_knobs knobs;
  struct waip_json root;
  waip_knobs_default(&knobs);
  CHECK(waip_json_open(text, strlen(text), &root));
  CHECK(waip_knobs_read_backend(&knobs, &root, &fault));
  CHECK(strcmp(knobs.planner_config, "/p.yaml") == 0);
  CHECK(waip_json_open(wrong, strlen(wrong), &root));
  CHECK(!waip_knobs_read_backend(&knobs, &root, &fault));
  CHECK(strcmp(error, "waip: backend-config 'seat' is 'roof'; allowed: child|inprocess") == 0);
}

static void a_model_s_key_comes_before_the_backend_s(void) {
  static const char text[] = "{\"parameters\":{\"target\":{\"string_value\":\"t\"},\"runtime\":{\"string_value\":\"/m\"}}}";
  struct waip_knobs knobs;
  struct waip_json root;
  waip_knobs_default(&knobs);
  strcpy(knobs.runtime, "/b");
  strcpy(knobs.planner_config, "/b.yaml");
  CHECK(waip_json_open(text, strlen(text), &root));
  CHECK(waip_model_config_read(&config, &knobs, &root, &fault));
  CHECK(strcmp(config.knobs.runtime, "/m") == 0);
  CHECK(strcmp(config.knobs.planner_config, "/b.yaml") == 0);
}

static void durations_need_their_unit(void) {
  static const char *const bad[] = {"", "5", "ms", "-5ms", "5 ms", "5m", "1.5s", "99999999999999min"};
  int64_t nanos;
  CHECK(waip_duration_parse("5us", &nanos));
  CHECK_INT(nanos, 5000);
  CHECK(waip_duration_parse("2min", &nanos));
  CHECK_INT(nanos, 120 * INT64_C(1000000000));
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    CHECK(!waip_duration_parse(bad[i], &nanos));
  }
}

static void lists_name_whole_words(void) {
  CHECK(waip_list_names("a,bc,d", "bc"));
  CHECK(!waip_list_names("a,bc,d", "b"));
  CHECK(!waip_list_names("", "b"));
}

static void counts_instances_over_groups_and_devices(void) {
  static const char text[] = "{\"max_batch_size\":4,\"sequence_batching\":{},\"instance_group\":[{\"count\":2,\"gpus\":"
                             "[0,1]},{\"count\":3,\"gpus\":[]}]}";
  struct waip_target target = {.known = false};
  struct waip_json root;
  CHECK(waip_json_open(text, strlen(text), &root));
  waip_target_read(&target, &root);
  CHECK_INT(target.instances, 7);
  CHECK_INT(target.max_batch, 4);
  CHECK(target.stateful && !target.decoupled && target.known);
}

int main(void) {
  has_the_documented_defaults();
  keeps_to_the_range_of_each_key();
  names_key_value_and_what_is_allowed();
  refuses_contradictions();
  a_direct_model_needs_no_target();
  reads_what_the_front_needs_of_the_configuration();
  outputs_of_any_length_or_of_texts_are_not_fixed();
  takes_backend_keys_and_leaves_those_of_triton();
  a_model_s_key_comes_before_the_backend_s();
  durations_need_their_unit();
  lists_name_whole_words();
  counts_instances_over_groups_and_devices();
  printf("model_config_test: %d checks\n", checks_run);
  return 0;
}
