#include "memory.h"

#include <malloc.h>

void strata_return_freed_blocks(void) { mallopt(M_MMAP_THRESHOLD, 1 << 18); }
