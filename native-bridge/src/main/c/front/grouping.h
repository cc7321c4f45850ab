/* Which members of a dispatch share a child. */
#ifndef WAIP_FRONT_GROUPING_H
#define WAIP_FRONT_GROUPING_H

#include "model.h"
#include "tensors.h"

struct waip_group_limits {
  uint32_t max_rows; /* rows of a child; 0: one parent each */
  bool batches;
  struct waip_lengths lengths;
};

struct waip_group {
  struct waip_parent *members[WAIP_CHILD_MEMBERS];
  uint32_t count;
  uint32_t rows;
  uint32_t longest;
  bool padded; /* lengths differ */
};

/*
 * Takes the first parent off the list (linked by `next`) and all that may go with it, in order. What is
 * left stays in the list, in order. The list is not empty.
 */
void waip_group_take(struct waip_parent **list, const struct waip_group_limits *limits,
                     struct waip_group *group);

#endif
