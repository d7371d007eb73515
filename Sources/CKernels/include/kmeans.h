#pragma once
#include <stddef.h>
#include <stdint.h>

// k-means over rows of floats: who is nearest, and the sums that make the next centres.
//
// The law of these kernels: a row belongs to the centre with the smallest squared distance as computed in double,
// one dimension after the other, (x[0]-c[0])² + (x[1]-c[1])² + …; of equal ones to the first. Every path must give
// the labels of that law, whatever the processor: the fast ones screen in float, with a bound on their rounding
// error, and groups of rows in which the bound does not decide are computed as the law says. Sums are in double, in
// an order that depends on the row numbers alone. So all paths, widths and processors give equal bits.
//
// Points are row-major, `stride` floats a row (a multiple of 4; the padding is zero), and can be read up to the next
// multiple of 16 rows.

enum {
    // Rows taken at a time; `radii` has one value for so many rows.
    STRATA_KMEANS_LANES = 16,
    // The highest dimension that `strata_kmeans_step` and `strata_kmeans_nearest` take.
    STRATA_KMEANS_MAX_DIMENSION = 64
};

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
    // Two scores ½|c|² - x·c in float, of rows no longer than R, that differ by more than
    // slack_constant + R · (slack_linear + R · slack_square) are in the order of the distances.
    float slack_constant, slack_linear, slack_square;
} strata_kmeans_centres;

// Doubles of scratch memory that the sums over a block need.
size_t strata_kmeans_scratch_count(const strata_kmeans_centres *centres);

// Assigns each row and adds it up: sums (count × stride) and masses (count) are those of these rows alone.
// `radii[i]` is at least the length of rows 16i ..< 16i+16. `weights` may be NULL: then every row weighs 1.
void strata_kmeans_step(
    const float *points, const float *radii, const double *weights, size_t rows, const strata_kmeans_centres *centres,
    double *scratch, double *sums, double *masses);

// Sums and masses of rows whose labels are known; any dimension.
void strata_kmeans_accumulate(
    const float *points, const double *weights, size_t rows, const strata_kmeans_centres *centres,
    const uint32_t *labels, double *scratch, double *sums, double *masses);

// Label and squared distance of each row.
void strata_kmeans_nearest(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, double *distances);

// Labels from the products of rounded centres and points: products[j · product_stride + row], row below `rows`
// rounded up to a multiple of 16; any dimension. `labels` has room for that many as well.
void strata_kmeans_choose(
    const float *products, size_t product_stride, const float *points, const float *radii, size_t rows,
    const strata_kmeans_centres *centres, uint32_t *labels);

// Squared distance of each row to the centre of its label; any dimension.
void strata_kmeans_distances(
    const float *points, size_t rows, const strata_kmeans_centres *centres, const uint32_t *labels, double *distances);

// For each candidate (count × stride) the sum over the rows of weight × min(closest, squared distance to it); any
// dimension. `closest` has room for `rows` rounded up to a multiple of 16, and is 0 beyond `rows`.
void strata_kmeans_potentials(
    const float *points, const double *weights, size_t rows, size_t stride, const double *candidates, size_t count,
    const double *closest, double *potentials);

// closest ← min(closest, squared distance to the candidate); any dimension.
void strata_kmeans_approach(
    const float *points, size_t rows, size_t stride, const double *candidate, double *closest);

// The same by plain loops, for the tests to compare with.
void strata_kmeans_step_portable(
    const float *points, const double *weights, size_t rows, const strata_kmeans_centres *centres, double *scratch,
    double *sums, double *masses);
void strata_kmeans_nearest_portable(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, double *distances);
void strata_kmeans_potentials_portable(
    const float *points, const double *weights, size_t rows, size_t stride, const double *candidates, size_t count,
    const double *closest, double *potentials);
