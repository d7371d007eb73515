#include "squares.h"
#include "wide.h"

enum { LANES = STRATA_SQUARES_LANES };

INLINED void squares_of_row(
    const float *point, size_t dimension, const double *centres, size_t width, double *distances) {
    for (size_t first = 0; first < width; first += LANES) {
        double8 sum = {0};
        for (size_t t = 0; t < dimension; t++) {
            double8 centre;
            memcpy(&centre, centres + t * width + first, sizeof centre);
            double8 difference = (double)point[t] - centre;
            sum += difference * difference;
        }
        memcpy(distances + first, &sum, sizeof sum);
    }
}

EACH_PROCESSOR
void strata_squares(
    const float *points, size_t rows, size_t stride, size_t dimension, const double *centres, size_t width,
    double *distances) {
    for (size_t row = 0; row < rows; row++)
        squares_of_row(points + row * stride, dimension, centres, width, distances + row * width);
}

EACH_PROCESSOR
void strata_sums_by_label(
    const float *points, const double *weights, size_t rows, size_t stride, const uint32_t *labels, double *sums,
    double *masses) {
    for (size_t row = 0; row < rows; row++) {
        double weight = weights ? weights[row] : 1;
        const float *point = points + row * stride;
        double *sum = sums + labels[row] * stride;
        for (size_t t = 0; t < stride; t++) sum[t] += weight * point[t];
        masses[labels[row]] += weight;
    }
}
