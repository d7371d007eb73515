#pragma once
#include <stddef.h>

/// Asks for the memory at an address to be brought near; the address need not be valid.
static inline void strata_prefetch(const void *address) { __builtin_prefetch(address); }

/// Lets freed blocks of a quarter MiB and more go back to the system at once (glibc otherwise keeps ever larger ones).
void strata_return_freed_blocks(void);

/// Asks for large pages for memory that has not been touched yet: a page fault every 4 KiB costs as much as the work on
/// what it brings. Only advice: without large pages the memory is as good.
void strata_advise_large_pages(const void *memory, size_t byte_count);
