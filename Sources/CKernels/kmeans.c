#include "kmeans.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EACH_PROCESSOR
#endif
#define INLINED static inline __attribute__((always_inline))

enum {
    LANES = STRATA_KMEANS_LANES,
    // Rows assigned before they are added up: they are still in the first cache then.
    CHUNK = 256
};

typedef float float4 __attribute__((vector_size(16)));
typedef float float8 __attribute__((vector_size(32)));
typedef float float16 __attribute__((vector_size(64)));
typedef int32_t int16 __attribute__((vector_size(64)));
typedef double double4 __attribute__((vector_size(32)));
typedef double double8 __attribute__((vector_size(64)));
typedef double double16 __attribute__((vector_size(128)));
typedef int64_t long16 __attribute__((vector_size(128)));
typedef uint32_t uint16 __attribute__((vector_size(64)));

// a where the mask is set, else b: compiled to a blend.
#define CHOOSE(mask, a, b) ((__typeof__(a))(((mask) & (__typeof__(mask))(a)) | (~(mask) & (__typeof__(mask))(b))))

// MARK: - Sixteen rows side by side

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

// MARK: - As the law says

EACH_PROCESSOR __attribute__((noinline))
void strata_kmeans_nearest(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, double *distances) {
    size_t dimension = centres->dimension, stride = centres->stride;
    double16 x[STRATA_KMEANS_MAX_DIMENSION];
    for (size_t row = 0; row < rows; row += LANES) {
        for (size_t t = 0; t < stride; t += 4) {
            float16 four[4];
            transpose(points + row * stride + t, stride, four);
            for (size_t u = 0; u < 4; u++) x[t + u] = __builtin_convertvector(four[u], double16);
        }
        double16 least = {0};
        long16 nearest = {0};
        for (size_t j = 0; j < centres->count; j++) {
            const double *c = centres->exact + j * stride;
            double16 sum = {0};
            for (size_t t = 0; t < dimension; t++) {
                double16 difference = x[t] - c[t];
                sum += difference * difference;
            }
            long16 nearer = j == 0 ? ~(long16){0} : sum < least;
            least = CHOOSE(nearer, sum, least);
            nearest = CHOOSE(nearer, (long16){0} + (int64_t)j, nearest);
        }
        size_t taken = rows - row < LANES ? rows - row : LANES;
        uint16 narrow = __builtin_convertvector(nearest, uint16);
        memcpy(labels + row, &narrow, taken * sizeof *labels);
        if (distances) memcpy(distances + row, &least, taken * sizeof *distances);
    }
}

static double squared_distance(const float *x, const double *c, size_t dimension) {
    double sum = 0;
    for (size_t t = 0; t < dimension; t++) {
        double difference = (double)x[t] - c[t];
        sum += difference * difference;
    }
    return sum;
}

EACH_PROCESSOR
void strata_kmeans_distances(
    const float *points, size_t rows, const strata_kmeans_centres *centres, const uint32_t *labels,
    double *distances) {
    for (size_t row = 0; row < rows; row++) {
        distances[row] = squared_distance(
            points + row * centres->stride, centres->exact + labels[row] * centres->stride, centres->dimension);
    }
}

// MARK: - Screening in float

// The two smallest scores of sixteen rows, and the centre of the smallest.
typedef struct {
    float16 best, second;
    int16 nearest;
} contest;

INLINED void enter(contest *all, const float16 *score, size_t j) {
    if (j == 0) {
        *all = (contest){*score, (float16){0} + INFINITY, {0}};
        return;
    }
    int16 better = *score < all->best;
    float16 loser = CHOOSE(better, all->best, *score);
    int16 closer = loser < all->second;
    all->nearest = CHOOSE(better, (int16){0} + (int32_t)j, all->nearest);
    all->second = CHOOSE(closer, loser, all->second);
    all->best = CHOOSE(better, *score, all->best);
}

INLINED float slack(const strata_kmeans_centres *centres, float radius) {
    return centres->slack_constant + radius * (centres->slack_linear + radius * centres->slack_square);
}

// Whether the scores decide in every lane; a NaN decides nothing.
INLINED int decided(const contest *all, float slack) {
    return __builtin_reduce_and((all->second - all->best) > slack) != 0;
}

// Labels of `rows` rows, rounded up to sixteens. Fused multiply-adds are welcome here, since the slack covers both.
INLINED void assign(
    const float *restrict points, const float *restrict radii, size_t rows, const strata_kmeans_centres *centres,
    const size_t dimension, const size_t stride, uint32_t *restrict labels) {
#pragma clang fp contract(fast)
    const float *half_norms = centres->half_norms;
    const size_t count = centres->count;
    for (size_t row = 0; row < rows; row += LANES) {
        float16 x[STRATA_KMEANS_MAX_DIMENSION];
        for (size_t t = 0; t < stride; t += 4) transpose(points + row * stride + t, stride, x + t);
        contest all;
        for (size_t j = 0; j < count; j++) {
            const float *c = centres->rounded + j * stride;
            float16 score = half_norms[j] - x[0] * c[0];
            for (size_t t = 1; t < dimension; t++) score -= x[t] * c[t];
            enter(&all, &score, j);
        }
        memcpy(labels + row, &all.nearest, sizeof all.nearest);
        if (__builtin_expect(!decided(&all, slack(centres, radii[row / LANES])), 0))
            strata_kmeans_nearest(points + row * stride, LANES, centres, labels + row, NULL);
    }
}

// Dimension and stride as constants, so that the loops over them unroll and the rows stay in registers.
INLINED void assign_dispatching(
    const float *points, const float *radii, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels) {
#define CASE(d) \
    case d: assign(points, radii, rows, centres, d, (d + 3) / 4 * 4, labels); break
    switch (centres->dimension) {
        CASE(1); CASE(2); CASE(3); CASE(4); CASE(5); CASE(6); CASE(7); CASE(8);
        CASE(9); CASE(10); CASE(11); CASE(12); CASE(13); CASE(14); CASE(15); CASE(16);
        default: assign(points, radii, rows, centres, centres->dimension, centres->stride, labels);
    }
#undef CASE
}

EACH_PROCESSOR
void strata_kmeans_label(
    const float *points, const float *radii, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels) {
    assign_dispatching(points, radii, rows, centres, labels);
}

EACH_PROCESSOR
void strata_kmeans_choose(
    const float *products, size_t product_stride, const float *points, const float *radii, size_t rows,
    const strata_kmeans_centres *centres, uint32_t *labels) {
    for (size_t row = 0; row < rows; row += LANES) {
        contest all;
        for (size_t j = 0; j < centres->count; j++) {
            float16 product;
            memcpy(&product, products + j * product_stride + row, sizeof product);
            float16 score = centres->half_norms[j] - product;
            enter(&all, &score, j);
        }
        memcpy(labels + row, &all.nearest, sizeof all.nearest);
        float margin = slack(centres, radii[row / LANES]);
        if (__builtin_expect(decided(&all, margin), 1)) continue;
        for (size_t lane = 0; lane < LANES; lane++) {
            float best = all.best[lane];
            double least = INFINITY;
            for (size_t j = 0; j < centres->count; j++) {
                float score = centres->half_norms[j] - products[j * product_stride + row + lane];
                // Only a clear loser is passed over: NaN is none.
                if (score - best > margin) continue;
                double distance = squared_distance(
                    points + (row + lane) * centres->stride, centres->exact + j * centres->stride, centres->dimension);
                if (distance < least) {
                    least = distance;
                    labels[row + lane] = (uint32_t)j;
                }
            }
        }
    }
}

// MARK: - Sums

// Row r is added to accumulator r mod `sets` of its centre: an addition need not wait for that of the row before.
// With many centres that would cost more cache than it saves time.
INLINED size_t set_count(const strata_kmeans_centres *centres) {
    return centres->count * centres->stride <= 1024 ? 4 : 1;
}

size_t strata_kmeans_scratch_count(const strata_kmeans_centres *centres) {
    return set_count(centres) * centres->count * (centres->stride + 1);
}

INLINED void add(
    const float *restrict points, const double *weights, size_t rows, const uint32_t *restrict labels,
    const size_t stride, const size_t sets, double *restrict sums, double *restrict masses) {
    for (size_t row = 0; row < rows; row += sets) {
        for (size_t set = 0; set < sets && row + set < rows; set++) {
            size_t place = labels[row + set] * sets + set;
            const float *x = points + (row + set) * stride;
            double *sum = sums + place * stride;
            double weight = weights ? weights[row + set] : 1;
            masses[place] += weight;
            size_t t = 0;
            for (; t + 8 <= stride; t += 8) {
                float8 part;
                double8 total;
                memcpy(&part, x + t, sizeof part);
                memcpy(&total, sum + t, sizeof total);
                double8 wide = __builtin_convertvector(part, double8);
                total += weights ? weight * wide : wide;
                memcpy(sum + t, &total, sizeof total);
            }
            for (; t < stride; t += 4) {
                float4 part;
                double4 total;
                memcpy(&part, x + t, sizeof part);
                memcpy(&total, sum + t, sizeof total);
                double4 wide = __builtin_convertvector(part, double4);
                total += weights ? weight * wide : wide;
                memcpy(sum + t, &total, sizeof total);
            }
        }
    }
}

INLINED void add_dispatching(
    const float *points, const double *weights, size_t rows, const uint32_t *labels,
    const strata_kmeans_centres *centres, double *sums, double *masses) {
    size_t stride = centres->stride;
    if (set_count(centres) == 1) {
        add(points, weights, rows, labels, stride, 1, sums, masses);
    } else if (!weights && stride == 4) {
        add(points, NULL, rows, labels, 4, 4, sums, masses);
    } else if (!weights && stride == 8) {
        add(points, NULL, rows, labels, 8, 4, sums, masses);
    } else if (!weights && stride == 12) {
        add(points, NULL, rows, labels, 12, 4, sums, masses);
    } else if (!weights && stride == 16) {
        add(points, NULL, rows, labels, 16, 4, sums, masses);
    } else {
        add(points, weights, rows, labels, stride, 4, sums, masses);
    }
}

// Adds the sets of each centre together: sums and masses of the block.
INLINED void fold(
    const strata_kmeans_centres *centres, const double *partial_sums, const double *partial_masses, double *sums,
    double *masses) {
    size_t stride = centres->stride;
    if (set_count(centres) == 1) {
        memcpy(sums, partial_sums, centres->count * stride * sizeof *sums);
        memcpy(masses, partial_masses, centres->count * sizeof *masses);
        return;
    }
    for (size_t j = 0; j < centres->count; j++) {
        const double *part = partial_sums + j * 4 * stride, *mass = partial_masses + j * 4;
        for (size_t t = 0; t < stride; t++)
            sums[j * stride + t] = (part[t] + part[stride + t]) + (part[2 * stride + t] + part[3 * stride + t]);
        masses[j] = (mass[0] + mass[1]) + (mass[2] + mass[3]);
    }
}

EACH_PROCESSOR
void strata_kmeans_accumulate(
    const float *points, const double *weights, size_t rows, const strata_kmeans_centres *centres,
    const uint32_t *labels, double *scratch, double *sums, double *masses) {
    double *partial_masses = scratch + set_count(centres) * centres->count * centres->stride;
    memset(scratch, 0, strata_kmeans_scratch_count(centres) * sizeof *scratch);
    add_dispatching(points, weights, rows, labels, centres, scratch, partial_masses);
    fold(centres, scratch, partial_masses, sums, masses);
}

EACH_PROCESSOR
void strata_kmeans_step(
    const float *points, const float *radii, const double *weights, size_t rows, const strata_kmeans_centres *centres,
    double *scratch, double *sums, double *masses) {
    double *partial_masses = scratch + set_count(centres) * centres->count * centres->stride;
    memset(scratch, 0, strata_kmeans_scratch_count(centres) * sizeof *scratch);
    uint32_t labels[CHUNK];
    for (size_t row = 0; row < rows; row += CHUNK) {
        size_t taken = rows - row < CHUNK ? rows - row : CHUNK;
        const float *chunk = points + row * centres->stride;
        assign_dispatching(chunk, radii + row / LANES, taken, centres, labels);
        add_dispatching(chunk, weights ? weights + row : NULL, taken, labels, centres, scratch, partial_masses);
    }
    fold(centres, scratch, partial_masses, sums, masses);
}

// MARK: - Seeding

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

EACH_PROCESSOR
void strata_kmeans_potentials(
    const float *points, const double *weights, size_t rows, size_t stride, const double *candidates, size_t count,
    const double *closest, double *potentials) {
    for (size_t c = 0; c < count; c++) {
        double16 lanes = {0};
        for (size_t row = 0; row < rows; row += LANES) {
            double16 distance, least;
            distances_to(points + row * stride, stride, candidates + c * stride, &distance);
            memcpy(&least, closest + row, sizeof least);
            long16 closer = distance < least;
            least = CHOOSE(closer, distance, least);
            if (weights) {
                double16 weight = {0};
                memcpy(&weight, weights + row, (rows - row < LANES ? rows - row : LANES) * sizeof *weights);
                least *= weight;
            }
            lanes += least;
        }
        potentials[c] = 0;
        for (size_t lane = 0; lane < LANES; lane++) potentials[c] += lanes[lane];
    }
}

EACH_PROCESSOR
void strata_kmeans_approach(
    const float *points, size_t rows, size_t stride, const double *candidate, double *closest) {
    for (size_t row = 0; row < rows; row += LANES) {
        double16 distance, least;
        distances_to(points + row * stride, stride, candidate, &distance);
        memcpy(&least, closest + row, sizeof least);
        long16 closer = distance < least;
        least = CHOOSE(closer, distance, least);
        memcpy(closest + row, &least, sizeof least);
    }
}

// MARK: - Centring

// For float and double points alike.
#define CENTRING(Element, suffix) \
    EACH_PROCESSOR \
    void strata_kmeans_column_sums_##suffix( \
        const Element *restrict points, const double *restrict weights, size_t rows, size_t dimension, \
        double *restrict sums) { \
        for (size_t t = 0; t < dimension; t++) sums[t] = 0; \
        for (size_t row = 0; row < rows; row++) { \
            double weight = weights ? weights[row] : 1; \
            for (size_t t = 0; t < dimension; t++) sums[t] += weight * (double)points[row * dimension + t]; \
        } \
    } \
    EACH_PROCESSOR \
    void strata_kmeans_centre_##suffix( \
        const Element *restrict points, size_t rows, size_t dimension, const double *restrict origin, size_t stride, \
        float *restrict centred) { \
        for (size_t row = 0; row < rows; row++) { \
            float *target = centred + row * stride; \
            for (size_t t = 0; t < dimension; t++) \
                target[t] = (float)((double)points[row * dimension + t] - origin[t]); \
            for (size_t t = dimension; t < stride; t++) target[t] = 0; \
        } \
    }

CENTRING(float, floats)
CENTRING(double, doubles)

EACH_PROCESSOR
double strata_kmeans_lengths(
    const float *points, const double *weights, size_t rows, size_t stride, const double *zeros, float *radii) {
    double16 lanes = {0};
    for (size_t row = 0; row < rows; row += LANES) {
        double16 squares;
        distances_to(points + row * stride, stride, zeros, &squares);
        double longest = 0;
        for (size_t lane = 0; lane < LANES; lane++) longest = squares[lane] > longest ? squares[lane] : longest;
        // A little longer than it is, so that rounding never makes it shorter.
        radii[row / LANES] = longest < 1e36 ? (float)sqrt(longest) * 1.000001f : INFINITY;
        if (weights) {
            double16 weight = {0};
            memcpy(&weight, weights + row, (rows - row < LANES ? rows - row : LANES) * sizeof *weights);
            squares *= weight;
        }
        lanes += squares;
    }
    double sum = 0;
    for (size_t lane = 0; lane < LANES; lane++) sum += lanes[lane];
    return sum;
}
