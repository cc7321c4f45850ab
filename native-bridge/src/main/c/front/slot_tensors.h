/*
 * Tensors of an arena slot: inputs as the front describes them, outputs as the planner did, read with
 * distrust. Layout: rings.h.
 */
#ifndef WAIP_FRONT_SLOT_TENSORS_H
#define WAIP_FRONT_SLOT_TENSORS_H

#include "share.h"

/* Where the next input of a slot goes. */
struct waip_slot_writer {
  unsigned char *slot;
  uint32_t count;
  uint64_t end; /* of the data so far, from the start of the slot */
};

/* An output, copied from the slot header and checked. `source` points into it and into the slot. */
struct waip_slot_output {
  char name[WAIP_RINGS_NAME_BYTES];
  int64_t shape[WAIP_RINGS_DIMS];
  struct waip_source source;
};

void waip_slot_open(struct waip_slot_writer *writer, unsigned char *slot, uint32_t rows);

/* Describes one more input and returns where its `bytes` bytes go. */
TRITONSERVER_Error *waip_slot_add(struct waip_slot_writer *writer, const struct waip_tensor *tensor,
                                  const int64_t *shape, uint64_t bytes, unsigned char **data);

/* Outputs of a slot that was executed; 0 when their number is out of range. */
uint32_t waip_slot_output_count(const unsigned char *slot);

/* False when the description breaks the layout: name, type, shape, bytes or place. */
bool waip_slot_output(const unsigned char *slot, uint32_t index, struct waip_slot_output *output);

/* The executor's message, ended by a zero byte. */
void waip_slot_message(const unsigned char *slot, char message[WAIP_RINGS_SLOT_MESSAGE_BYTES]);

#endif
