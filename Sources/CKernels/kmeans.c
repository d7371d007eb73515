#include "kmeans_lanes.h"

#include <float.h>
#include <math.h>

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
        uint16 narrow = __builtin_convertvector(nearest, uint16);
        memcpy(labels + row, &narrow, sizeof narrow);
        if (distances) memcpy(distances + row, &least, sizeof least);
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

// Four squared differences of the rows r and r + 4, which are four dimensions of two rows.
INLINED void two_differences(
    const float *points, const double *const *c, size_t stride, size_t r, size_t t, double8 *squares) {
    float4 near, far;
    double4 near_centre, far_centre;
    memcpy(&near, points + r * stride + t, sizeof near);
    memcpy(&far, points + (r + 4) * stride + t, sizeof far);
    memcpy(&near_centre, c[r] + t, sizeof near_centre);
    memcpy(&far_centre, c[r + 4] + t, sizeof far_centre);
    double8 x = __builtin_convertvector(__builtin_shufflevector(near, far, 0, 1, 2, 3, 4, 5, 6, 7), double8);
    double8 difference = x - __builtin_shufflevector(near_centre, far_centre, 0, 1, 2, 3, 4, 5, 6, 7);
    *squares = difference * difference;
}

#define EVEN_LANES(a, b) __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define ODD_LANES(a, b) __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)

EACH_PROCESSOR
void strata_kmeans_distances(
    const float *points, size_t rows, const strata_kmeans_centres *centres, const uint32_t *labels,
    double *distances) {
    size_t stride = centres->stride, row = 0;
    for (; row + 8 <= rows; row += 8) {
        const double *c[8];
        for (size_t lane = 0; lane < 8; lane++) c[lane] = centres->exact + labels[row + lane] * stride;
        double8 sum = {0};
        // The padding adds zeros.
        for (size_t t = 0; t < stride; t += 4) {
            double8 a, b, d, e;
            two_differences(points + row * stride, c, stride, 0, t, &a);
            two_differences(points + row * stride, c, stride, 1, t, &b);
            two_differences(points + row * stride, c, stride, 2, t, &d);
            two_differences(points + row * stride, c, stride, 3, t, &e);
            double8 ab_even = EVEN_LANES(a, b), ab_odd = ODD_LANES(a, b);
            double8 de_even = EVEN_LANES(d, e), de_odd = ODD_LANES(d, e);
            sum += LOW_PAIRS(ab_even, de_even);
            sum += LOW_PAIRS(ab_odd, de_odd);
            sum += HIGH_PAIRS(ab_even, de_even);
            sum += HIGH_PAIRS(ab_odd, de_odd);
        }
        memcpy(distances + row, &sum, sizeof sum);
    }
    for (; row < rows; row++) {
        distances[row] = squared_distance(
            points + row * stride, centres->exact + labels[row] * stride, centres->dimension);
    }
}

EACH_PROCESSOR
double strata_kmeans_summarise(
    const double *restrict squares, const double *restrict weights, const uint32_t *restrict labels, size_t rows,
    double *restrict distances, int64_t *restrict sizes) {
    double8 sums = {0};
    for (size_t row = 0; row < rows; row += 8) {
        size_t taken = rows - row < 8 ? rows - row : 8;
        double8 square = {0}, weight = {0};
        memcpy(&square, squares + row, taken * sizeof *squares);
        if (distances) {
            double8 root = __builtin_elementwise_sqrt(square);
            memcpy(distances + row, &root, taken * sizeof *distances);
        }
        if (weights) {
            memcpy(&weight, weights + row, taken * sizeof *weights);
            square *= weight;
        }
        sums += square;
    }
    for (size_t row = 0; row < rows; row++) sizes[labels[row]]++;
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

// MARK: - Screening in float

// The two smallest scores of sixteen rows, and the centre of the smallest.
typedef struct {
    float16 best, second;
    int16 nearest;
} contest;

static const contest OPEN = {(float16){0} + INFINITY, (float16){0} + INFINITY, {0}};

INLINED void enter(contest *all, const float16 *score, size_t j) {
    int16 better = *score < all->best;
    float16 loser = CHOOSE(better, all->best, *score);
    int16 closer = loser < all->second;
    all->nearest = CHOOSE(better, (int16){0} + (int32_t)j, all->nearest);
    all->second = CHOOSE(closer, loser, all->second);
    all->best = CHOOSE(better, *score, all->best);
}

// At least how far the two smallest scores must lie apart, by rows of these squared lengths; infinite or NaN, and then
// never reached, when those overflow. Gives upper bounds of the squared lengths, too.
INLINED void slack_of(const strata_kmeans_centres *centres, float16 *squares, float16 *slack) {
    // The computed squares are off by less than (dimension + 2) units in the last place and the smallest normal number
    // a term.
    float terms = (float)(centres->dimension + 8);
    *squares = (*squares + terms * FLT_MIN) * (1 + terms * FLT_EPSILON);
    float16 radius = __builtin_elementwise_sqrt(*squares) * (1 + 2 * FLT_EPSILON);
    *slack = centres->slack_constant + radius * (centres->slack_linear + radius * centres->slack_square);
}

// How much nearer the best centre is than the second, in distance, rounded down.
//
// With the squared length |x|² a squared distance is |x|² + 2 · score. A score errs by at most half the slack; twice
// that is allowed for, and for |x|² and the sum what `slack_of` says, so that a margin above 0 is far more than the
// rounding of the distances in double.
INLINED void margin_of(
    const strata_kmeans_centres *centres, const contest *all, const float16 *squares, const float16 *slack,
    float16 *margin) {
    float terms = (float)(centres->dimension + 8);
    float16 error = 2 * *slack + *squares * (2 * terms * FLT_EPSILON);
    float16 near = *squares + 2 * all->best + error, far = *squares + 2 * all->second - error;
    near = CHOOSE(near > 0, near, (float16){0});
    far = CHOOSE(far > 0, far, (float16){0});
    float16 difference = __builtin_elementwise_sqrt(far) * (1 - 4 * FLT_EPSILON)
        - __builtin_elementwise_sqrt(near) * (1 + 4 * FLT_EPSILON);
    // Without a second centre it has no end; it must be possible to add to it.
    const float16 most = (float16){0} + 1e37f;
    *margin = CHOOSE(difference > most, most, difference);
}

// Whether the scores decide in every lane; a NaN decides nothing.
INLINED int decided(const contest *all, const float16 *slack) {
    return __builtin_reduce_and((all->second - all->best) > *slack) != 0;
}

// Labels of `rows` rows. Fused multiply-adds are welcome here, since the slack covers both.
INLINED void assign(
    const float *restrict points, size_t rows, const strata_kmeans_centres *centres, const size_t dimension,
    const size_t stride, uint32_t *restrict labels, float *restrict margins) {
#pragma clang fp contract(fast)
    const float *half_norms = centres->half_norms;
    const size_t count = centres->count;
    for (size_t row = 0; row < rows; row += LANES) {
        float16 x[STRATA_KMEANS_MAX_DIMENSION];
        for (size_t t = 0; t < stride; t += 4) transpose(points + row * stride + t, stride, x + t);
        float16 squares = x[0] * x[0];
        for (size_t t = 1; t < dimension; t++) squares += x[t] * x[t];
        contest all = OPEN;
        size_t j = 0;
        // Four centres at a time: their sums need not wait for each other.
        for (; j + 4 <= count; j += 4) {
            const float *c = centres->rounded + j * stride;
            float16 a = half_norms[j] - x[0] * c[0], b = half_norms[j + 1] - x[0] * c[stride];
            float16 d = half_norms[j + 2] - x[0] * c[2 * stride], e = half_norms[j + 3] - x[0] * c[3 * stride];
            for (size_t t = 1; t < dimension; t++) {
                a -= x[t] * c[t];
                b -= x[t] * c[stride + t];
                d -= x[t] * c[2 * stride + t];
                e -= x[t] * c[3 * stride + t];
            }
            enter(&all, &a, j);
            enter(&all, &b, j + 1);
            enter(&all, &d, j + 2);
            enter(&all, &e, j + 3);
        }
        for (; j < count; j++) {
            const float *c = centres->rounded + j * stride;
            float16 score = half_norms[j] - x[0] * c[0];
            for (size_t t = 1; t < dimension; t++) score -= x[t] * c[t];
            enter(&all, &score, j);
        }
        float16 slack, margin;
        slack_of(centres, &squares, &slack);
        margin_of(centres, &all, &squares, &slack, &margin);
        memcpy(labels + row, &all.nearest, sizeof all.nearest);
        memcpy(margins + row, &margin, sizeof margin);
        if (__builtin_expect(!decided(&all, &slack), 0))
            strata_kmeans_nearest(points + row * stride, LANES, centres, labels + row, NULL);
    }
}

// Dimension and stride as constants, so that the loops over them unroll and the rows stay in registers.
EACH_PROCESSOR
void strata_kmeans_label(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, float *margins) {
#define CASE(d) \
    case d: assign(points, rows, centres, d, (d + 3) / 4 * 4, labels, margins); break
    switch (centres->dimension) {
        CASE(1); CASE(2); CASE(3); CASE(4); CASE(5); CASE(6); CASE(7); CASE(8);
        CASE(9); CASE(10); CASE(11); CASE(12); CASE(13); CASE(14); CASE(15); CASE(16);
        default: assign(points, rows, centres, centres->dimension, centres->stride, labels, margins);
    }
#undef CASE
}

// Squared lengths of sixteen rows of any dimension.
INLINED void squared_lengths(const float *points, size_t stride, float16 *squares) {
#pragma clang fp contract(fast)
    for (size_t lane = 0; lane < LANES; lane++) {
        const float *x = points + lane * stride;
        float16 sums = {0};
        float4 rest = {0};
        size_t t = 0;
        for (; t + 16 <= stride; t += 16) {
            float16 part;
            memcpy(&part, x + t, sizeof part);
            sums += part * part;
        }
        for (; t < stride; t += 4) {
            float4 part;
            memcpy(&part, x + t, sizeof part);
            rest += part * part;
        }
        rest += (__builtin_shufflevector(sums, sums, 0, 1, 2, 3) + __builtin_shufflevector(sums, sums, 4, 5, 6, 7))
            + (__builtin_shufflevector(sums, sums, 8, 9, 10, 11) + __builtin_shufflevector(sums, sums, 12, 13, 14, 15));
        (*squares)[lane] = (rest[0] + rest[1]) + (rest[2] + rest[3]);
    }
}

EACH_PROCESSOR
void strata_kmeans_choose(
    const float *products, size_t product_stride, const float *points, size_t rows,
    const strata_kmeans_centres *centres, uint32_t *labels, float *margins) {
    for (size_t row = 0; row < rows; row += LANES) {
        contest all = OPEN;
        for (size_t j = 0; j < centres->count; j++) {
            float16 product;
            memcpy(&product, products + j * product_stride + row, sizeof product);
            float16 score = centres->half_norms[j] - product;
            enter(&all, &score, j);
        }
        float16 squares, slack, margin;
        squared_lengths(points + row * centres->stride, centres->stride, &squares);
        slack_of(centres, &squares, &slack);
        margin_of(centres, &all, &squares, &slack, &margin);
        memcpy(labels + row, &all.nearest, sizeof all.nearest);
        memcpy(margins + row, &margin, sizeof margin);
        if (__builtin_expect(decided(&all, &slack), 1)) continue;
        for (size_t lane = 0; lane < LANES; lane++) {
            float best = all.best[lane];
            double least = INFINITY;
            for (size_t j = 0; j < centres->count; j++) {
                float score = centres->half_norms[j] - products[j * product_stride + row + lane];
                // Only a clear loser is passed over: NaN is none.
                if (score - best > slack[lane]) continue;
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
