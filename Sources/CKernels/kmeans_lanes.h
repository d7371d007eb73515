#pragma once
// Sixteen rows side by side: what the k-means kernels share.

#include "kmeans.h"
#include "wide.h"

enum { LANES = STRATA_KMEANS_LANES };

// Vectors go by address: by value, wide ones would change the calling convention with the processor.

// Four floats of the rows 0, 4, 8 and 12 after p.
INLINED void every_fourth_row(const float *p, size_t stride, float16 *x) {
    float4 a, b, c, d;
    memcpy(&a, p, sizeof a);
    memcpy(&b, p + 4 * stride, sizeof b);
    memcpy(&c, p + 8 * stride, sizeof c);
    memcpy(&d, p + 12 * stride, sizeof d);
    float8 low = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
    float8 high = __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7);
    *x = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

#define INTERLEAVE_LOW(a, b) \
    __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define INTERLEAVE_HIGH(a, b) \
    __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)

// Four dimensions of sixteen rows: x[t] has dimension t of the rows, in their order.
INLINED void transpose(const float *p, size_t stride, float16 *x) {
    float16 a, b, c, d;
    every_fourth_row(p, stride, &a);
    every_fourth_row(p + stride, stride, &b);
    every_fourth_row(p + 2 * stride, stride, &c);
    every_fourth_row(p + 3 * stride, stride, &d);
    float16 ac_low = INTERLEAVE_LOW(a, c), ac_high = INTERLEAVE_HIGH(a, c);
    float16 bd_low = INTERLEAVE_LOW(b, d), bd_high = INTERLEAVE_HIGH(b, d);
    x[0] = INTERLEAVE_LOW(ac_low, bd_low);
    x[1] = INTERLEAVE_HIGH(ac_low, bd_low);
    x[2] = INTERLEAVE_LOW(ac_high, bd_high);
    x[3] = INTERLEAVE_HIGH(ac_high, bd_high);
}
