#pragma once
// Sixteen rows side by side: what the k-means kernels share.

#include "kmeans.h"

#include <string.h>

// Equal bits on every processor.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EACH_PROCESSOR
#endif
#define INLINED static inline __attribute__((always_inline))

enum { LANES = STRATA_KMEANS_LANES };

typedef float float4 __attribute__((vector_size(16)));
typedef float float8 __attribute__((vector_size(32)));
typedef float float16 __attribute__((vector_size(64)));
typedef int32_t int16 __attribute__((vector_size(64)));
typedef double double4 __attribute__((vector_size(32)));
typedef double double8 __attribute__((vector_size(64)));
typedef double double16 __attribute__((vector_size(128)));
typedef int64_t long8 __attribute__((vector_size(64)));
typedef int64_t long16 __attribute__((vector_size(128)));
typedef uint32_t uint16 __attribute__((vector_size(64)));

// a where the mask is set, else b: compiled to a blend.
#define CHOOSE(mask, a, b) ((__typeof__(a))(((mask) & (__typeof__(mask))(a)) | (~(mask) & (__typeof__(mask))(b))))

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

// Squared distances of sixteen rows to one candidate.
INLINED void distances_to(const float *points, size_t stride, const double *candidate, double16 *distances) {
    double16 sum = {0};
    for (size_t t = 0; t < stride; t += 4) {
        float16 four[4];
        transpose(points + t, stride, four);
        for (size_t u = 0; u < 4; u++) {
            double16 difference = __builtin_convertvector(four[u], double16) - candidate[t + u];
            sum += difference * difference;
        }
    }
    *distances = sum;
}
