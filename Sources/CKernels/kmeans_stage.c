#include "kmeans_lanes.h"

// Rows that are fetched while others are staged.
enum { AHEAD = 48 };

// Eight values less eight of the origin, in double.
#define LESS_ORIGIN(values, first) \
    double8 start; \
    memcpy(&start, origin + (first), sizeof start); \
    float8 less = __builtin_convertvector(__builtin_convertvector(values, double8) - start, float8); \
    memcpy(target + (first), &less, sizeof less)

// For float and double points alike. `dimension` is a constant for the most usual ones, so that the loops unroll.
#define STAGING(Element, suffix) \
    typedef Element vector8_##suffix __attribute__((vector_size(8 * sizeof(Element)))); \
    INLINED void stage_row_##suffix( \
        const Element *restrict row, const size_t dimension, const double *restrict origin, const size_t stride, \
        float *restrict target) { \
        size_t t = 0; \
        for (; t + 8 <= dimension; t += 8) { \
            vector8_##suffix values; \
            memcpy(&values, row + t, sizeof values); \
            LESS_ORIGIN(values, t); \
        } \
        for (; t < dimension; t++) target[t] = (float)((double)row[t] - origin[t]); \
        for (; t < stride; t++) target[t] = 0; \
    } \
    INLINED void stage_##suffix( \
        const Element *restrict points, const uint32_t *restrict chosen, size_t rows, const size_t dimension, \
        const double *restrict origin, const size_t stride, float *restrict staged) { \
        if (chosen) { \
            for (size_t row = 0; row < rows; row++) { \
                if (row + AHEAD < rows) __builtin_prefetch(points + chosen[row + AHEAD] * dimension); \
                stage_row_##suffix(points + chosen[row] * dimension, dimension, origin, stride, staged + row * stride); \
            } \
        } else { \
            for (size_t row = 0; row < rows; row++) \
                stage_row_##suffix(points + row * dimension, dimension, origin, stride, staged + row * stride); \
        } \
        size_t padding = (LANES - rows % LANES) % LANES; \
        memset(staged + rows * stride, 0, padding * stride * sizeof *staged); \
    } \
    EACH_PROCESSOR \
    void strata_kmeans_stage_##suffix( \
        const Element *points, const uint32_t *chosen, size_t rows, size_t dimension, const double *origin, \
        size_t stride, float *staged) { \
        switch (dimension) { \
            case 3: stage_##suffix(points, chosen, rows, 3, origin, 4, staged); break; \
            case 4: stage_##suffix(points, chosen, rows, 4, origin, 4, staged); break; \
            case 8: stage_##suffix(points, chosen, rows, 8, origin, 8, staged); break; \
            case 16: stage_##suffix(points, chosen, rows, 16, origin, 16, staged); break; \
            default: stage_##suffix(points, chosen, rows, dimension, origin, stride, staged); \
        } \
    }

STAGING(float, floats)
STAGING(double, doubles)

// MARK: - Moments

// Columns that are taken side by side.
enum { WIDTH = 8 };

typedef struct {
    double8 sum, square, extent;
} moments8;

// Moments of eight columns over all rows, in four sets that take turns, so that an addition need not wait.
#define MOMENTS(Element, suffix) \
    INLINED void moments_of_##suffix( \
        const Element *restrict points, const double *restrict weights, size_t rows, const size_t dimension, \
        const double8 *shift, const size_t taken, moments8 *total) { \
        moments8 sets[4]; \
        memset(sets, 0, sizeof sets); \
        for (size_t row = 0; row < rows; row++) { \
            vector8_##suffix values = {0}; \
            memcpy(&values, points + row * dimension, taken * sizeof(Element)); \
            double8 less = __builtin_convertvector(values, double8) - *shift; \
            long8 positive = less > 0; \
            double8 size = CHOOSE(positive, less, -less); \
            moments8 *set = sets + row % 4; \
            long8 larger = size > set->extent; \
            set->extent = CHOOSE(larger, size, set->extent); \
            double weight = weights ? weights[row] : 1; \
            double8 weighted = weights ? weight * less : less; \
            set->sum += weighted; \
            set->square += weighted * less; \
        } \
        *total = sets[0]; \
        for (size_t i = 1; i < 4; i++) { \
            total->sum += sets[i].sum; \
            total->square += sets[i].square; \
            long8 larger = sets[i].extent > total->extent; \
            total->extent = CHOOSE(larger, sets[i].extent, total->extent); \
        } \
    } \
    EACH_PROCESSOR \
    void strata_kmeans_moments_##suffix( \
        const Element *points, const double *weights, size_t rows, size_t dimension, const double *shift, \
        double *sums, double *squares, double *extents) { \
        for (size_t t = 0; t < dimension; t += WIDTH) { \
            size_t taken = dimension - t < WIDTH ? dimension - t : WIDTH; \
            double8 start = {0}; \
            memcpy(&start, shift + t, taken * sizeof *shift); \
            moments8 total; \
            if (dimension == WIDTH) moments_of_##suffix(points, weights, rows, WIDTH, &start, WIDTH, &total); \
            else if (taken == WIDTH) moments_of_##suffix(points + t, weights, rows, dimension, &start, WIDTH, &total); \
            else moments_of_##suffix(points + t, weights, rows, dimension, &start, taken, &total); \
            memcpy(sums + t, &total.sum, taken * sizeof *sums); \
            memcpy(squares + t, &total.square, taken * sizeof *squares); \
            memcpy(extents + t, &total.extent, taken * sizeof *extents); \
        } \
    }

MOMENTS(float, floats)
MOMENTS(double, doubles)
