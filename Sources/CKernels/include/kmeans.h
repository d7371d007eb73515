#pragma once
#include <stddef.h>
#include <stdint.h>

// k-means over rows of floats: who is nearest, by how much, and the sums that make the next centres.
//
// The law of these kernels: a row belongs to the centre with the smallest squared distance as computed in double,
// one dimension after the other, (x[0]-c[0])² + (x[1]-c[1])² + …; of equal ones to the first. Every path must give
// the labels of that law, whatever the processor: the fast ones screen in float, with a bound on their rounding
// error, and rows in which the bound does not decide are computed as the law says. So all paths, widths and
// processors give equal labels.
//
// Rows are worked on in chunks that stay in cache. A chunk is staged: taken from the input, less an origin, as floats,
// row-major, `stride` floats a row (a multiple of 4), padded with zeros to a multiple of 16 rows. "Rows" below are
// staged rows, and outputs a row have room for that multiple as well, unless they say otherwise.

enum {
    // Rows taken at a time.
    STRATA_KMEANS_LANES = 16,
    // The highest dimension that `strata_kmeans_label` and `strata_kmeans_nearest` take.
    STRATA_KMEANS_MAX_DIMENSION = 256
};

// MARK: - Staging (kmeans_stage.c)

// Stages `rows` rows of `dimension` floats or doubles: those of the offsets `chosen`, or the first ones when it is NULL.
void strata_kmeans_stage_floats(
    const float *points, const uint32_t *chosen, size_t rows, size_t dimension, const double *origin, size_t stride,
    float *staged);
void strata_kmeans_stage_doubles(
    const double *points, const uint32_t *chosen, size_t rows, size_t dimension, const double *origin, size_t stride,
    float *staged);

// For each column of `rows` rows of the input, less `shift`: the weighted sum, the weighted sum of squares, and the
// largest absolute value; `dimension` values each. `weights` may be NULL: then every row weighs 1. A value that is not
// finite leaves a sum that is not.
void strata_kmeans_moments_floats(
    const float *points, const double *weights, size_t rows, size_t dimension, const double *shift, double *sums,
    double *squares, double *extents);
void strata_kmeans_moments_doubles(
    const double *points, const double *weights, size_t rows, size_t dimension, const double *shift, double *sums,
    double *squares, double *extents);

// MARK: - Nearest centres (kmeans.c)

// The centres, and what screening in float needs to know of them.
typedef struct {
    size_t count;
    size_t dimension;
    size_t stride;
    // count × stride.
    const double *exact;
    // The same, rounded to float.
    const float *rounded;
    // Half the squared length of each centre.
    const float *half_norms;
    // Two scores ½|c|² - x·c in float, of a row no longer than R, that differ by more than
    // slack_constant + R · (slack_linear + R · slack_square) are in the order of the distances.
    float slack_constant, slack_linear, slack_square;
} strata_kmeans_centres;

// Label of each row, and its margin: the row is nearer to its centre than to any other by more than that, in distance.
// The margin is rounded down, and negative or NaN where screening did not decide.
void strata_kmeans_label(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, float *margins);

// The same from the products of rounded centres and points: products[j · product_stride + row]; any dimension.
void strata_kmeans_choose(
    const float *products, size_t product_stride, const float *points, size_t rows,
    const strata_kmeans_centres *centres, uint32_t *labels, float *margins);

// Label and squared distance of each row, straight by the law; `distances` may be NULL.
void strata_kmeans_nearest(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, double *distances);

// Squared distance of each row to the centre of its label; any dimension; without padding.
void strata_kmeans_distances(
    const float *points, size_t rows, const strata_kmeans_centres *centres, const uint32_t *labels, double *distances);

// Counts the rows of each label into `sizes`, and gives the weighted sum of the squares. Writes their roots to `distances`
// unless it is NULL. Without padding; `weights` may be NULL.
double strata_kmeans_summarise(
    const double *squares, const double *weights, const uint32_t *labels, size_t rows, double *distances,
    int64_t *sizes);

// MARK: - From one iteration to the next (kmeans_settle.c)

// No cluster yet.
#define STRATA_KMEANS_NONE UINT32_MAX

// Offsets of the rows whose margin the centres may have used up: not margins[i] > spent[labels[i]], where `spent` is
// how much of the margins of each cluster's rows the centres' moves have cost since the beginning. Gives their number.
size_t strata_kmeans_due(
    const float *margins, const uint32_t *labels, size_t rows, const float *spent, size_t clusters, uint32_t *due);

// What moves change in the sums: for each cluster the sum of its rows and, as column `stride` and where rows have
// weights, these, as pairs
// of doubles high + low (Knuth's two-sum), so that what leaves takes away what it brought, to the last digit that
// matters; and the number of its rows of positive weight.
typedef struct {
    size_t count;
    size_t stride;
    // count × (stride + 1).
    double *high, *low;
    // count.
    int64_t *rows;
} strata_kmeans_sums;

// Takes new labels and margins of the staged rows with the offsets `chosen` into `labels` and `margins`, which are by
// offset, and what moved from one cluster to another into the sums. `weights` are by offset, or NULL.
void strata_kmeans_settle(
    const float *points, const uint32_t *chosen, size_t rows, const uint32_t *new_labels, const float *new_margins,
    const double *weights, const float *spent, uint32_t *labels, float *margins, strata_kmeans_sums *sums);

// Adds the changes of a block.
void strata_kmeans_merge(strata_kmeans_sums *sums, const strata_kmeans_sums *changes);

// MARK: - Seeding (kmeans_seed.c)

// Adds to `potentials`, for each candidate (count × stride), the sum over the rows of weight × min(closest, squared
// distance to it); any dimension. `closest` is 0 in the padding. `weights` has a value a row, without padding, or is
// NULL.
void strata_kmeans_potentials(
    const float *points, const double *weights, size_t rows, size_t stride, const double *candidates, size_t count,
    const double *closest, double *potentials);

// closest ← min(closest, squared distance to the candidate); any dimension.
void strata_kmeans_approach(
    const float *points, size_t rows, size_t stride, const double *candidate, double *closest);

// MARK: - The same by plain loops, for the tests to compare with (kmeans_portable.c)

void strata_kmeans_nearest_portable(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, double *distances);
void strata_kmeans_potentials_portable(
    const float *points, const double *weights, size_t rows, size_t stride, const double *candidates, size_t count,
    const double *closest, double *potentials);
