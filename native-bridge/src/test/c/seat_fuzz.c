/*
 * A whole seat beside a planner that breaks the shared memory: seat_fuzz ROUNDS SEED. In each episode an
 * in-process planner serves, some words of the mapping are changed while requests come, and the planner
 * goes. No request may be lost or answered twice, none handed on invalidly, and the next planner serves.
 */
#define _GNU_SOURCE
#include <string.h>

#include "fuzz_noise.h"
#include "planner_side.h"
#include "seat_testing.h"
#include "shared_memory.h"
#include "testing.h"

enum { ROUNDS_OF_EPISODE = 50 };

static struct stage stage;
static struct planner_side side;
static uint64_t epoch;
static uint64_t losses_by_mutation;

static bool planner_may_come(void) {
  return control_u32(&stage, WAIP_RINGS_CONTROL_PLANNER_STATE) == WAIP_RINGS_PLANNER_NONE &&
         control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH) > epoch;
}

static void begin_episode(void) {
  AWAIT(planner_may_come());
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", (int)control_u32(&stage, WAIP_RINGS_CONTROL_MAPPING_FD));
  CHECK(planner_attach(&side, path));
  epoch = control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH);
  planner_ready(&side, WAIP_RINGS_VERSION);
  uint64_t planned = stage.owner.planned;
  AWAIT(planner_duty(&side) + 1 > 0 && owner_request(&stage.owner) == WAIP_SUBMITTED);
  AWAIT(planner_duty(&side) + 1 > 0 && stage.owner.planned > planned);
}

static void spoil_turn(unsigned char *ring, uint32_t cell_bytes, uint64_t near) {
  uint64_t cell = (near + noise_below(4)) % WAIP_RINGS_CELLS;
  unsigned char *turn = ring + cell * cell_bytes;
  waip_store_u64(turn, noise_below(4) == 0 ? noise_bits() : waip_load_u64(turn) + noise_below(5) - 2);
}

/* A word of the mapping that the seat reads, or writes, or should not care about. */
static void spoil_memory(void) {
  unsigned char *channel = planner_channel_memory(&side, 0);
  const struct planner_channel *followed = &side.channels[0];
  switch (noise_below(12)) {
    case 0:
      noise_spoil(side.base, 256);
      break;
    case 1:
    case 2:
      noise_spoil(channel, 1024);
      break;
    case 3:
    case 4:
    case 5:
      noise_spoil(channel + WAIP_RINGS_TABLE_OFFSET, noise_below(2) == 0 ? 64 : WAIP_RINGS_TABLE_BYTES);
      break;
    case 6:
      spoil_turn(channel + WAIP_RINGS_SUBMIT_OFFSET, WAIP_RINGS_SUBMIT_BYTES, followed->submit);
      break;
    case 7:
      spoil_turn(channel + WAIP_RINGS_COMPLETE_OFFSET, WAIP_RINGS_COMPLETE_BYTES, followed->complete);
      break;
    case 8:
      spoil_turn(channel + WAIP_RINGS_DECIDE_OFFSET, WAIP_RINGS_DECIDE_BYTES, followed->decide);
      break;
    default: {
      unsigned char *cell = planner_next_decision(&side, 0);
      if (cell != NULL) {
        noise_spoil(cell + 8, WAIP_RINGS_DECIDE_BYTES - 8);
        planner_publish(&side, 0);
      }
    }
  }
  planner_wake_dispatcher(&side, 0);
}

static void run_round(void) {
  owner_request(&stage.owner);
  if (noise_below(4) != 0) {
    planner_duty(&side);
  }
  if (noise_below(10) == 0) {
    spoil_memory();
  }
}

/* The planner goes, if it was not given up before: what it held comes back. */
static void end_episode(void) {
  losses_by_mutation += planner_abandoned(&side);
  waip_store_u32(side.base + WAIP_RINGS_HEADER_READY, 0);
  AWAIT(control_u64(&stage, WAIP_RINGS_CONTROL_EPOCH) > epoch);
  AWAIT(owner_held(&stage.owner) == 0);
  CHECK_INT(stage.owner.invalid, 0);
  CHECK_INT(owner_answered(&stage.owner), stage.owner.issued);
  planner_detach(&side);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: seat_fuzz ROUNDS SEED\n");
    return 2;
  }
  int64_t rounds = strtoll(argv[1], NULL, 10);
  noise_seed(strtoull(argv[2], NULL, 10));
  struct waip_seat_settings settings = {
      .kind = WAIP_SEAT_INPROCESS, .backoff_min_nanos = 1000000u, .backoff_max_nanos = 1000000u};
  stage_open_with(&stage, &settings);
  int64_t episodes = 0;
  for (int64_t round = 0; round < rounds; episodes++) {
    begin_episode();
    for (int i = 0; i < ROUNDS_OF_EPISODE && round < rounds; i++, round++) {
      run_round();
    }
    end_episode();
  }
  printf("seat_fuzz: %" PRId64 " rounds, seed %s, %" PRId64 " episodes, %" PRIu64 " ended by a mutation, %" PRIu64
         " planned, %" PRIu64 " returned, %d checks\n",
         rounds, argv[2], episodes, losses_by_mutation, (uint64_t)stage.owner.planned,
         (uint64_t)stage.owner.returned, checks_run);
  CHECK(losses_by_mutation > 0 && stage.owner.planned > 0 && stage.owner.returned > 0);
  stage_close(&stage);
  return 0;
}
