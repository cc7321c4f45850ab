/* Decisions that allow one variant more than the table has. */
#include "decisions.h"

#define variant_count variant_count + 1
#include "decisions.c"
