#include "kmeans_lanes.h"

#include <math.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static size_t due_rows(
    const float *restrict margins, const uint32_t *restrict labels, size_t first, size_t rows,
    const float *restrict spent, uint32_t *restrict due) {
    size_t count = 0;
    for (size_t row = first; row < rows; row++) {
        due[count] = (uint32_t)row;
        // NaN is due.
        count += !(margins[row] > spent[labels[row]]);
    }
    return count;
}

#if defined(__x86_64__)
// For up to sixteen clusters, whose costs one register holds.
__attribute__((target("avx512f,popcnt")))
static size_t due_rows_wide(
    const float *restrict margins, const uint32_t *restrict labels, size_t rows, const float *restrict spent,
    size_t clusters, uint32_t *restrict due) {
    __m512 costs = _mm512_maskz_loadu_ps((__mmask16)((1u << clusters) - 1), spent);
    __m512i offsets = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t count = 0, row = 0;
    for (; row + LANES <= rows; row += LANES) {
        __m512 cost = _mm512_permutexvar_ps(_mm512_loadu_si512(labels + row), costs);
        __mmask16 used = _mm512_cmp_ps_mask(_mm512_loadu_ps(margins + row), cost, _CMP_NGT_UQ);
        __m512i chosen = _mm512_add_epi32(offsets, _mm512_set1_epi32((int)row));
        _mm512_storeu_si512(due + count, _mm512_maskz_compress_epi32(used, chosen));
        count += (size_t)_mm_popcnt_u32(used);
    }
    return count + due_rows(margins, labels, row, rows, spent, due + count);
}
#endif

size_t strata_kmeans_due(
    const float *margins, const uint32_t *labels, size_t rows, const float *spent, size_t clusters, uint32_t *due) {
#if defined(__x86_64__)
    if (clusters <= LANES && __builtin_cpu_supports("avx512f"))
        return due_rows_wide(margins, labels, rows, spent, clusters, due);
#endif
    return due_rows(margins, labels, 0, rows, spent, due);
}

// high + low ← high + low + x, but for the rounding of low (Knuth, The Art of Computer Programming, 4.2.2).
#define ADD_EXACTLY(high, low, x) \
    do { \
        __typeof__(high) sum = (high) + (x); \
        __typeof__(high) part = sum - (high); \
        (low) += ((high) - (sum - part)) + ((x) - part); \
        (high) = sum; \
    } while (0)

#define ADD_COLUMNS(width) \
    do { \
        float##width part; \
        double##width h, l; \
        memcpy(&part, x + t, sizeof part); \
        memcpy(&h, high + t, sizeof h); \
        memcpy(&l, low + t, sizeof l); \
        double##width wide = weight * __builtin_convertvector(part, double##width); \
        ADD_EXACTLY(h, l, wide); \
        memcpy(high + t, &h, sizeof h); \
        memcpy(low + t, &l, sizeof l); \
    } while (0)

INLINED void add_row(
    const float *restrict x, double weight, const size_t stride, double *restrict high, double *restrict low) {
    size_t t = 0;
    for (; t + 8 <= stride; t += 8) ADD_COLUMNS(8);
    for (; t < stride; t += 4) ADD_COLUMNS(4);
}

// A sum this much smaller than the margin is safe from its rounding.
static const float ROUNDING = 0x1p-22f;

INLINED void settle(
    const float *points, const uint32_t *chosen, size_t rows, const uint32_t *new_labels, const float *new_margins,
    const double *weights, const float *spent, uint32_t *labels, float *margins, const size_t stride,
    strata_kmeans_sums *sums) {
    size_t width = stride + 1;
    for (size_t row = 0; row < rows; row++) {
        uint32_t offset = chosen[row], before = labels[offset], after = new_labels[row];
        float margin = new_margins[row], cost = spent[after];
        margins[offset] = (margin + cost) - ROUNDING * (fabsf(margin) + cost);
        if (before == after) continue;
        labels[offset] = after;
        const float *x = points + row * stride;
        double weight = weights ? weights[offset] : 1;
        double *high = sums->high + after * width, *low = sums->low + after * width;
        add_row(x, weight, stride, high, low);
        if (weights) ADD_EXACTLY(high[stride], low[stride], weight);
        sums->rows[after] += weight > 0;
        if (before == STRATA_KMEANS_NONE) continue;
        high = sums->high + before * width, low = sums->low + before * width;
        add_row(x, -weight, stride, high, low);
        if (weights) ADD_EXACTLY(high[stride], low[stride], -weight);
        sums->rows[before] -= weight > 0;
    }
}

EACH_PROCESSOR
void strata_kmeans_settle(
    const float *points, const uint32_t *chosen, size_t rows, const uint32_t *new_labels, const float *new_margins,
    const double *weights, const float *spent, uint32_t *labels, float *margins, strata_kmeans_sums *sums) {
#define CASE(columns) \
    case columns: \
        settle(points, chosen, rows, new_labels, new_margins, weights, spent, labels, margins, columns, sums); \
        break
    switch (sums->stride) {
        CASE(4); CASE(8); CASE(16);
        default:
            settle(points, chosen, rows, new_labels, new_margins, weights, spent, labels, margins, sums->stride, sums);
    }
#undef CASE
}

EACH_PROCESSOR
void strata_kmeans_merge(strata_kmeans_sums *sums, const strata_kmeans_sums *changes) {
    size_t size = sums->count * (sums->stride + 1);
    for (size_t i = 0; i < size; i++) {
        ADD_EXACTLY(sums->high[i], sums->low[i], changes->high[i]);
        sums->low[i] += changes->low[i];
    }
    for (size_t j = 0; j < sums->count; j++) sums->rows[j] += changes->rows[j];
}
