#include "decisions.h"

#include "shared_memory.h"

/* The engine writes the members of a dispatch in one go; a second is far beyond any pause it survives. */
static const uint64_t dispatch_timeout_nanos = 1000000000u;

struct record {
  uint64_t words[WAIP_RINGS_DECIDE_BYTES / 8];
};

static struct waip_decision parse(const struct record *record) {
  const uint64_t *from = record->words;
  return (struct waip_decision){
      .kind = waip_get_u32(from, WAIP_RINGS_DECIDE_KIND),
      .slot = waip_get_u32(from, WAIP_RINGS_DECIDE_SLOT),
      .generation = waip_get_u32(from, WAIP_RINGS_DECIDE_GENERATION),
      .variant = waip_get_u32(from, WAIP_RINGS_DECIDE_VARIANT),
      .dispatch = waip_get_u64(from, WAIP_RINGS_DECIDE_DISPATCH),
      .padded_length = waip_get_u32(from, WAIP_RINGS_DECIDE_PADDED_LENGTH),
      .reason = waip_get_u32(from, WAIP_RINGS_DECIDE_REASON),
      .outcome = waip_get_u32(from, WAIP_RINGS_DECIDE_OUTCOME),
      .retry_after_nanos = waip_get_u64(from, WAIP_RINGS_DECIDE_RETRY_AFTER),
  };
}

/* A field that its kind does not use may hold anything; nobody may read it by mistake. */
static void add_refusal(struct waip_decisions *decisions, struct waip_decision refusal) {
  refusal.variant = 0;
  refusal.dispatch = 0;
  refusal.padded_length = 1;
  decisions->members[0] = refusal;
  decisions->count = 1;
}

static bool continues(const struct waip_decisions *decisions, const struct waip_decision *next, uint32_t members) {
  const struct waip_decision *first = &decisions->members[0];
  return members == decisions->expected && next->dispatch == first->dispatch &&
         next->variant == first->variant && next->padded_length == first->padded_length;
}

static enum waip_decisions_result add_member(struct waip_decisions *decisions, struct waip_decision member,
                                             uint32_t members, uint64_t now) {
  member.reason = member.outcome = 0;
  member.retry_after_nanos = 0;
  if (decisions->expected == 0) {
    decisions->count = 0;
    decisions->expected = members;
    decisions->started_nanos = now;
  } else if (!continues(decisions, &member, members)) {
    return WAIP_DECISIONS_BROKEN;
  }
  decisions->members[decisions->count++] = member;
  if (decisions->count < decisions->expected) {
    return WAIP_DECISIONS_PARTIAL;
  }
  decisions->expected = 0;
  return WAIP_DECISIONS_READY;
}

enum waip_decisions_result waip_decisions_take(struct waip_decisions *decisions, struct waip_consumer *ring,
                                               const struct waip_service_table *table, uint64_t now) {
  struct record record;
  enum waip_ring_result taken = waip_ring_take(ring, record.words);
  if (taken != WAIP_RING_OK) {
    return taken == WAIP_RING_NOT_NOW ? WAIP_DECISIONS_NONE : WAIP_DECISIONS_BROKEN;
  }
  struct waip_decision decision = parse(&record);
  uint32_t members = waip_get_u32(record.words, WAIP_RINGS_DECIDE_MEMBERS);
  if (decision.kind == WAIP_RINGS_DECIDE_REFUSED && decisions->expected == 0) {
    add_refusal(decisions, decision);
    return WAIP_DECISIONS_READY;
  }
  if (decision.kind == WAIP_RINGS_DECIDE_DISPATCHED && decision.variant < table->variant_count && members >= 1 &&
      members <= WAIP_RINGS_CELLS && decision.padded_length >= 1) {
    return add_member(decisions, decision, members, now);
  }
  return WAIP_DECISIONS_BROKEN;
}

bool waip_decisions_overdue(const struct waip_decisions *decisions, uint64_t now) {
  return decisions->expected != 0 && now - decisions->started_nanos > dispatch_timeout_nanos;
}

void waip_decisions_reset(struct waip_decisions *decisions) {
  decisions->count = decisions->expected = 0;
}

int32_t waip_decisions_drop(struct waip_decisions *decisions, struct waip_consumer *ring) {
  waip_decisions_reset(decisions);
  struct record record;
  int32_t dropped = 0;
  while (dropped < WAIP_RINGS_CELLS) {
    enum waip_ring_result taken = waip_ring_take(ring, record.words);
    if (taken != WAIP_RING_OK) {
      return taken == WAIP_RING_NOT_NOW ? dropped : -1;
    }
    dropped++;
  }
  return dropped;
}
