#pragma once
#include <stddef.h>
#include <stdint.h>

// Silhouettes: the sums of Euclidean distances from some rows to the rows of each cluster, for several clusterings of
// the same rows at once, so that each distance is computed once.
//
// The law of this kernel: distances are computed in double, one dimension after the other, (x[0]-y[0])² + …, and
// added in the order of the other rows. So all widths and processors give equal bits.

enum {
    // Rows judged at a time.
    STRATA_SILHOUETTE_LANES = 16
};

// sums[slot · LANES + lane] += weight · distance of judged row `lane` to each of the other rows, for each of the slots
// of that row.
//
// `judged` has `dimension` × LANES values: dimension t of row `lane` at t · LANES + lane. `others` are row-major
// without padding, and have `levels` slots each: the cluster of the row in each of so many clusterings, numbered
// through. `weights` may be NULL: then every row weighs 1.
void strata_silhouette_sums(
    const double *judged, const double *others, const double *weights, size_t count, size_t dimension,
    const uint32_t *slots, size_t levels, double *sums);

// The same by plain loops, for the tests to compare with.
void strata_silhouette_sums_portable(
    const double *judged, const double *others, const double *weights, size_t count, size_t dimension,
    const uint32_t *slots, size_t levels, double *sums);
