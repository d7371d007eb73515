#pragma once
#include <stddef.h>
#include <stdint.h>

// Data compiled in, so that the program needs no file beside it.

/// The bytes of models/rfm-11.json; their number goes to `count`.
const uint8_t *strata_rfm_11_map(size_t *count);

/// The bytes of models/rfm-two-digit.json; their number goes to `count`.
const uint8_t *strata_rfm_two_digit_map(size_t *count);
