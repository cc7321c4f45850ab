/* Service tables that allow one axis more than there is. */
#include "table.h"

#undef WAIP_RINGS_DIMS
#define WAIP_RINGS_DIMS 9
#include "table.c"
