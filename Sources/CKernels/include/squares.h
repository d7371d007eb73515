#pragma once
#include <stddef.h>
#include <stdint.h>

// Whole tables of squared distances, for the kinds of clustering that need a row's distance to every centre, and sums
// of rows by label. In double, one dimension after the other, so that every processor gives equal bits.

enum {
    // Centres taken side by side: the tables' rows are padded to a multiple of so many.
    STRATA_SQUARES_LANES = 8
};

// distances[row · width + j] = Σ over t of (points[row · stride + t] − centres[t · width + j])². `centres` is dimension
// × width, centres side by side; `width` is a multiple of 8.
void strata_squares(
    const float *points, size_t rows, size_t stride, size_t dimension, const double *centres, size_t width,
    double *distances);

// Adds rows to the sums (stride values a label) and masses of their labels, one row after the other. `weights` may be
// NULL: then every row weighs 1.
void strata_sums_by_label(
    const float *points, const double *weights, size_t rows, size_t stride, const uint32_t *labels, double *sums,
    double *masses);
