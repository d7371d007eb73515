#define _GNU_SOURCE
#include "memory.h"

#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>

void strata_return_freed_blocks(void) { mallopt(M_MMAP_THRESHOLD, 1 << 18); }

void strata_advise_large_pages(const void *memory, size_t byte_count) {
    const uintptr_t page = 1 << 21;
    uintptr_t begin = ((uintptr_t)memory + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)memory + byte_count) & ~(page - 1);
    if (begin < end) madvise((void *)begin, end - begin, MADV_HUGEPAGE);
}
