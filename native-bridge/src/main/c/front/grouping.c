#include "grouping.h"

#include "descriptor.h"

static void add(struct waip_group *group, struct waip_parent *parent) {
  group->padded = group->padded || (group->count > 0 && parent->length != group->members[0]->length);
  group->longest = parent->length > group->longest ? parent->length : group->longest;
  group->members[group->count++] = parent;
  group->rows += parent->rows;
}

static bool fits(const struct waip_group *group, const struct waip_parent *parent,
                 const struct waip_group_limits *limits) {
  const struct waip_parent *first = group->members[0];
  return group->count < WAIP_CHILD_MEMBERS && !parent->alone && parent->merge_key == first->merge_key &&
         (limits->lengths.paddable || parent->length == first->length) &&
         parent->rows <= limits->max_rows - group->rows &&
         waip_inputs_match(first->request, parent->request, limits->batches, &limits->lengths);
}

void waip_group_take(struct waip_parent **list, const struct waip_group_limits *limits,
                     struct waip_group *group) {
  struct waip_parent *first = *list;
  *list = first->next;
  first->next = NULL;
  group->count = 0;
  group->rows = 0;
  group->longest = 0;
  group->padded = false;
  add(group, first);
  if (first->alone || first->rows >= limits->max_rows) {
    return;
  }
  struct waip_parent **at = list;
  while (*at != NULL) {
    struct waip_parent *parent = *at;
    if (fits(group, parent, limits)) {
      *at = parent->next;
      parent->next = NULL;
      add(group, parent);
    } else {
      at = &parent->next;
    }
  }
}
