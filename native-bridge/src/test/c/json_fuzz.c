/*
 * Configurations with bytes changed, taken out and doubled, read as the front reads them: json_fuzz ROUNDS
 * SEED. The text is on the heap with exactly its bytes, for the address sanitizer. Fails where a verdict
 * was never reached.
 */
#include <string.h>

#include "model_config.h"
#include "targets.h"
#include "testing.h"

static const char SAMPLE[] =
  "{\"name\":\"f\",\"max_batch_size\":8,\"input\":[{\"name\":\"X\",\"data_type\":\"TYPE_FP32\",\"dims\":[4]}],"
  "\"output\":[{\"name\":\"Y\",\"data_type\":\"TYPE_FP32\",\"dims\":[-1,\"3\"]}],\"instance_group\":[{\"count\":2,"
  "\"gpus\":[0,1]}],\"parameters\":{\"target\":{\"string_value\":\"t\\u0041\"},\"heartbeat_timeout\":"
  "{\"string_value\":\"500ms\"}},\"model_transaction_policy\":{\"decoupled\":true}}";

static uint64_t state;

/* xorshift64: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003, p. 4. */
static uint64_t next_bits(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

static size_t below(size_t bound) {
  return (size_t)(next_bits() % bound);
}

static size_t mutate(char *text, size_t bytes) {
  static const char marks[] = "{}[]\",:\\u0123456789-.etrfalsn \n";
  size_t at = below(bytes);
  switch (below(4)) {
    case 0: text[at] = marks[below(sizeof marks - 1)]; break;
    case 1: text[at] = (char)next_bits(); break;
    case 2:
      memmove(text + at, text + at + 1, bytes - at - 1);
      return bytes - 1;
    default:
      memmove(text + at + 1, text + at, bytes - at);
      return bytes + 1;
  }
  return bytes;
}

/* 0: no JSON, 1: refused as a configuration, 2: read. */
static int judge(const char *text, size_t bytes) {
  static struct waip_model_config config;
  struct waip_knobs knobs;
  struct waip_json root;
  struct waip_target target = {.known = false};
  struct waip_message fault = {""};
  if (!waip_json_open(text, bytes, &root)) {
    return 0;
  }
  waip_knobs_default(&knobs);
  waip_target_read(&target, &root);
  bool read = waip_model_config_read(&config, &knobs, &root, &fault);
  CHECK(read == (fault.text[0] == '\0'));
  CHECK(memchr(fault.text, 0, sizeof fault.text) != NULL);
  return read ? 2 : 1;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: json_fuzz ROUNDS SEED\n");
    return 2;
  }
  int64_t rounds = strtoll(argv[1], NULL, 10);
  int64_t verdicts[3] = {0};
  state = strtoull(argv[2], NULL, 10) | 1;
  CHECK_INT(judge(SAMPLE, strlen(SAMPLE)), 2);
  for (int64_t round = 0; round < rounds; round++) {
    char scratch[sizeof SAMPLE + 8];
    size_t bytes = strlen(SAMPLE);
    memcpy(scratch, SAMPLE, bytes);
    for (size_t times = 1 + below(3); times > 0; times--) {
      bytes = mutate(scratch, bytes);
    }
    char *text = malloc(bytes);
    CHECK(text != NULL);
    memcpy(text, scratch, bytes);
    verdicts[judge(text, bytes)]++;
    free(text);
  }
  printf("json_fuzz: %" PRId64 " rounds, seed %s; no JSON %" PRId64 ", refused %" PRId64 ", read %" PRId64 "\n",
         rounds, argv[2], verdicts[0], verdicts[1], verdicts[2]);
  CHECK(verdicts[0] > 0 && verdicts[1] > 0 && verdicts[2] > 0);
  return 0;
}
