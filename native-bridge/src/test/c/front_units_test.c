/* The small parts of the front: slots, pools, buffers, pads, cuts, texts. */
#include <string.h>

#include "buffers.h"
#include "padding.h"
#include "pool.h"
#include "slots.h"
#include "testing.h"

static struct waip_slots slots;

static void a_slot_is_found_by_number_and_generation_only(void) {
  int owner;
  uint32_t slot;
  uint32_t generation;
  waip_slots_open(&slots);
  CHECK(waip_slots_take(&slots, &owner, &slot, &generation));
  CHECK(waip_slots_find(&slots, slot, generation) == &owner);
  CHECK(waip_slots_find(&slots, slot, generation + 1) == NULL);
  CHECK(waip_slots_find(&slots, slot + 1, generation) == NULL);
  CHECK(waip_slots_find(&slots, WAIP_SLOTS, generation) == NULL);
  CHECK(waip_slots_find(&slots, UINT32_MAX, generation) == NULL);
}

static void a_slot_s_next_use_has_another_generation(void) {
  int owner;
  uint32_t slot;
  uint32_t first;
  uint32_t second;
  waip_slots_open(&slots);
  CHECK(waip_slots_take(&slots, &owner, &slot, &first));
  waip_slots_give(&slots, slot);
  CHECK(waip_slots_find(&slots, slot, first) == NULL);
  uint32_t again;
  CHECK(waip_slots_take(&slots, &owner, &again, &second));
  CHECK_INT(again, slot);
  CHECK_INT(second, first + 1);
  CHECK(waip_slots_find(&slots, slot, first) == NULL);
}

static void no_generation_is_zero(void) {
  int owner;
  uint32_t slot;
  uint32_t generation;
  waip_slots_open(&slots);
  CHECK(waip_slots_take(&slots, &owner, &slot, &generation));
  slots.generations[slot] = UINT32_MAX;
  waip_slots_give(&slots, slot);
  CHECK_INT(slots.generations[slot], 1);
}

static void slots_run_out_and_come_back(void) {
  int owner;
  uint32_t slot;
  uint32_t generation;
  waip_slots_open(&slots);
  for (uint32_t i = 0; i < WAIP_SLOTS; i++) {
    CHECK(waip_slots_take(&slots, &owner, &slot, &generation));
    CHECK_INT(slot, i);
  }
  CHECK(!waip_slots_take(&slots, &owner, &slot, &generation));
  waip_slots_give(&slots, 17);
  CHECK(waip_slots_take(&slots, &owner, &slot, &generation));
  CHECK_INT(slot, 17);
}

static void retired_slots_are_neither_found_nor_free_until_their_chain_is_given(void) {
  int owner;
  uint32_t a;
  uint32_t b;
  uint32_t generation;
  waip_slots_open(&slots);
  CHECK(waip_slots_take(&slots, &owner, &a, &generation) && waip_slots_take(&slots, &owner, &b, &generation));
  uint32_t chain = waip_slots_retire(&slots, b, waip_slots_retire(&slots, a, WAIP_NO_SLOT));
  CHECK(waip_slots_find(&slots, a, 1) == NULL);
  CHECK_INT(slots.free_count, WAIP_SLOTS - 2);
  waip_slots_give_chain(&slots, chain);
  CHECK_INT(slots.free_count, WAIP_SLOTS);
}

static void a_pool_gives_zeroed_objects_and_reuses_them(void) {
  struct waip_pool pool;
  waip_pool_open(&pool, 40);
  unsigned char *first = waip_pool_take(&pool);
  memset(first, 0xff, 40);
  waip_pool_give(&pool, first);
  unsigned char *again = waip_pool_take(&pool);
  CHECK(again == first);
  for (int i = 0; i < 40; i++) {
    CHECK_INT(again[i], 0);
  }
  for (int i = 0; i < 200; i++) {
    CHECK(waip_pool_take(&pool) != NULL);
  }
  waip_pool_close(&pool);
}

static void buffers_are_aligned_and_reused_within_their_class(void) {
  struct waip_buffers buffers;
  void *data;
  void *again;
  waip_buffers_open(&buffers);
  struct waip_buffer *buffer = waip_buffers_take(&buffers, 5000, &data);
  CHECK_INT((uintptr_t)data % WAIP_BUFFER_ALIGNMENT, 0);
  memset(data, 1, 5000);
  waip_buffers_give(buffer);
  CHECK(waip_buffers_take(&buffers, 8192, &again) == buffer && again == data);
  struct waip_buffer *other = waip_buffers_take(&buffers, 8193, &again);
  CHECK(other != buffer);
  waip_buffers_give(other);
  waip_buffers_give(buffer);
  CHECK_INT(buffers.kept_bytes, 8192 + 16384);
  waip_buffers_close(&buffers);
}

static void buffers_above_the_largest_class_are_not_kept(void) {
  struct waip_buffers buffers;
  void *data;
  waip_buffers_open(&buffers);
  struct waip_buffer *buffer = waip_buffers_take(&buffers, ((size_t)1 << 26) + 1, &data);
  CHECK(buffer != NULL);
  waip_buffers_give(buffer);
  CHECK_INT(buffers.kept_bytes, 0);
  CHECK(waip_buffers_take(&buffers, SIZE_MAX - 10, &data) == NULL);
  waip_buffers_close(&buffers);
}

static void pad_pages_repeat_the_value(void) {
  const uint64_t bits = 0x0807060504030201u;
  for (uint32_t bytes = 1; bytes <= 8; bytes *= 2) {
    const unsigned char *page = waip_pad_page(bits, bytes);
    CHECK(page != NULL && waip_pad_page(bits, bytes) == page);
    CHECK_INT(page[0], 1);
    CHECK_INT(page[WAIP_PAD_PAGE_BYTES - 1], bytes);
  }
  CHECK_INT(waip_pad_page(0, 8)[WAIP_PAD_PAGE_BYTES - 1], 0);
  CHECK(waip_pad_page(UINT64_C(1) << 32, 4) == waip_pad_page(0, 4)); /* only the low bytes count */
}

static void pad_values_are_of_the_input_s_type(void) {
  uint64_t bits;
  CHECK(waip_pad_bits(TRITONSERVER_TYPE_INT64, -1, &bits) && bits == UINT64_MAX);
  CHECK(waip_pad_bits(TRITONSERVER_TYPE_FP32, 1, &bits) && bits == 0x3f800000u);
  CHECK(waip_pad_bits(TRITONSERVER_TYPE_FP64, 1, &bits) && bits == 0x3ff0000000000000u);
  CHECK(waip_pad_bits(TRITONSERVER_TYPE_FP16, 0, &bits) && bits == 0);
  CHECK(!waip_pad_bits(TRITONSERVER_TYPE_FP16, 1, &bits));
  CHECK(!waip_pad_bits(TRITONSERVER_TYPE_BYTES, 0, &bits));
}

static void cuts_a_tensor_at_an_axis(void) {
  const int64_t shape[] = {2, 3, 5, 7};
  const int64_t huge[] = {INT64_MAX, 2};
  const int64_t open[] = {-1, 2};
  struct waip_cut cut;
  CHECK(waip_cut_at(shape, 4, 2, 4, &cut));
  CHECK_INT(cut.outer, 6);
  CHECK_INT(cut.length, 5);
  CHECK_INT(cut.inner_bytes, 28);
  CHECK(!waip_cut_at(shape, 4, 4, 4, &cut));
  CHECK(!waip_cut_at(huge, 2, 1, 4, &cut));
  CHECK(!waip_cut_at(open, 2, 1, 4, &cut));
}

static void measures_texts_and_refuses_short_ones(void) {
  const unsigned char data[] = {2, 0, 0, 0, 'a', 'b', 0, 0, 0, 0, 1, 0, 0, 0, 'c'};
  CHECK_INT(waip_texts_bytes(data, sizeof data, 0), 0);
  CHECK_INT(waip_texts_bytes(data, sizeof data, 1), 6);
  CHECK_INT(waip_texts_bytes(data, sizeof data, 3), 15);
  CHECK_INT(waip_texts_bytes(data, sizeof data, 4), -1);
  CHECK_INT(waip_texts_bytes(data, 14, 3), -1);
  CHECK_INT(waip_texts_bytes(data, 12, 3), -1);
}

int main(void) {
  a_slot_is_found_by_number_and_generation_only();
  a_slot_s_next_use_has_another_generation();
  no_generation_is_zero();
  slots_run_out_and_come_back();
  retired_slots_are_neither_found_nor_free_until_their_chain_is_given();
  a_pool_gives_zeroed_objects_and_reuses_them();
  buffers_are_aligned_and_reused_within_their_class();
  buffers_above_the_largest_class_are_not_kept();
  pad_pages_repeat_the_value();
  pad_values_are_of_the_input_s_type();
  cuts_a_tensor_at_an_axis();
  measures_texts_and_refuses_short_ones();
  printf("front_units_test: %d checks\n", checks_run);
  return 0;
}
