#include "table.h"

#include <stdlib.h>

#include "shared_memory.h"

enum {
  /* A planner writes its table in microseconds; one that is always in the middle is looked at next time. */
  READ_TRIES = 8
};

struct raw_table {
  uint64_t words[WAIP_RINGS_TABLE_BYTES / 8];
};

/* A whole copy and its version; 0 when none could be had. */
static uint32_t copy_whole(const unsigned char *table, uint32_t seen, struct raw_table *raw) {
  for (int attempt = 0; attempt < READ_TRIES; attempt++) {
    uint32_t version = waip_load_u32(table + WAIP_RINGS_TABLE_VERSION);
    if (version == seen || version == 0) {
      return 0;
    }
    if (version % 2 == 0) {
      waip_copy_from_shared(raw->words, table, sizeof raw->words);
      if (waip_load_u32(table + WAIP_RINGS_TABLE_VERSION) == version) {
        return version;
      }
    }
  }
  return 0;
}

/* False when the text does not end within its bytes. */
static bool copy_text(char *to, const struct raw_table *raw, size_t offset) {
  const char *from = (const char *)raw->words + offset;
  size_t length = strnlen(from, WAIP_RINGS_NAME_BYTES);
  if (length == WAIP_RINGS_NAME_BYTES) {
    return false;
  }
  memcpy(to, from, length);
  return true;
}

static bool copy_texts(struct waip_service_table *table, const struct raw_table *raw) {
  if (!copy_text(table->length_input, raw, WAIP_RINGS_TABLE_LENGTH_INPUT) ||
      !copy_text(table->mask_input, raw, WAIP_RINGS_TABLE_MASK_INPUT)) {
    return false;
  }
  for (uint32_t i = 0; i < table->trim_count; i++) {
    if (!copy_text(table->trim_outputs[i], raw, WAIP_RINGS_TABLE_TRIM_OUTPUTS + i * WAIP_RINGS_NAME_BYTES)) {
      return false;
    }
  }
  for (uint32_t i = 0; i < table->variant_count; i++) {
    if (!copy_text(table->variants[i], raw, WAIP_RINGS_TABLE_VARIANT_MODELS + i * WAIP_RINGS_NAME_BYTES) ||
        table->variants[i][0] == 0) {
      return false;
    }
  }
  return true;
}

/* `table` is zero before: equal tables are equal byte by byte. */
static bool parse(struct waip_service_table *table, const struct raw_table *raw) {
  uint32_t planned = waip_get_u32(raw->words, WAIP_RINGS_TABLE_PLANNED);
  uint32_t paddable = waip_get_u32(raw->words, WAIP_RINGS_TABLE_PADDABLE);
  table->variant_count = waip_get_u32(raw->words, WAIP_RINGS_TABLE_VARIANT_COUNT);
  table->trim_count = waip_get_u32(raw->words, WAIP_RINGS_TABLE_TRIM_COUNT);
  table->length_axis = waip_get_u32(raw->words, WAIP_RINGS_TABLE_LENGTH_AXIS);
  table->pad_value = (int64_t)waip_get_u64(raw->words, WAIP_RINGS_TABLE_PAD_VALUE);
  table->planned = planned == 1;
  table->paddable = paddable == 1;
  return planned <= 1 && paddable <= 1 && table->variant_count >= 1 &&
         table->variant_count <= WAIP_RINGS_VARIANTS && table->trim_count <= WAIP_RINGS_TRIMS &&
         table->length_axis < WAIP_RINGS_DIMS && copy_texts(table, raw);
}

/* The pointer of an equal table handed out before, else `table` itself, now the store's; NULL: too many. */
static const struct waip_service_table *keep(struct waip_table_store *store, struct waip_service_table *table) {
  for (uint32_t i = 0; i < store->count; i++) {
    if (memcmp(store->tables[i], table, sizeof *table) == 0) {
      free(table);
      return store->tables[i];
    }
  }
  if (store->count == WAIP_TABLES_MAX) {
    free(table);
    return NULL;
  }
  store->tables[store->count++] = table;
  return table;
}

enum waip_table_result waip_table_read(struct waip_table_store *store, const unsigned char *channel,
                                       uint32_t generation, const struct waip_service_table **table) {
  struct raw_table raw;
  /* A table that was foreign to one generation may be the next one's. */
  uint32_t seen = store->generation == generation ? store->version : 0;
  uint32_t version = copy_whole(channel + WAIP_RINGS_TABLE_OFFSET, seen, &raw);
  struct waip_service_table *fresh = version == 0 ? NULL : calloc(1, sizeof *fresh);
  if (fresh == NULL) {
    return WAIP_TABLE_UNCHANGED;
  }
  store->version = version;
  store->generation = generation;
  if (waip_get_u32(raw.words, WAIP_RINGS_TABLE_GENERATION) != generation) {
    free(fresh);
    return WAIP_TABLE_FOREIGN;
  }
  if (!parse(fresh, &raw)) {
    free(fresh);
    return WAIP_TABLE_BROKEN;
  }
  *table = keep(store, fresh);
  return *table != NULL ? WAIP_TABLE_NEW : WAIP_TABLE_BROKEN;
}

void waip_table_store_clear(struct waip_table_store *store) {
  for (uint32_t i = 0; i < store->count; i++) {
    free(store->tables[i]);
  }
  store->count = 0;
}
