#pragma once

/// Asks for the memory at an address to be brought near; the address need not be valid.
static inline void strata_prefetch(const void *address) { __builtin_prefetch(address); }

/// Lets freed blocks of a quarter MiB and more go back to the system at once (glibc otherwise keeps ever larger ones).
void strata_return_freed_blocks(void);
