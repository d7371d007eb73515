#pragma once
#include <stddef.h>
#include <stdint.h>

/// Writes for each cell a number that is equal for cells of the same class string: digits as `9`, capitals as `A`, small
/// letters as `a`, every other byte as it is; 0 for cells that are empty, longer than 64 bytes, or not of ASCII alone.
///
/// `spans` are pairs of a cell's offset in `text` and its length; 16 bytes behind every cell are readable.
void strata_cell_classes(const uint8_t *text, const uint32_t *spans, size_t count, uint64_t *classes);
