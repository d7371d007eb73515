#include "kmeans.h"

#pragma STDC FP_CONTRACT OFF

// The law of kmeans.h in its plainest form: what the wide kernels must equal, bit for bit.

static double squared_distance(const float *x, const double *c, size_t dimension) {
    double sum = 0;
    for (size_t t = 0; t < dimension; t++) {
        double difference = (double)x[t] - c[t];
        sum += difference * difference;
    }
    return sum;
}

void strata_kmeans_nearest_portable(
    const float *points, size_t rows, const strata_kmeans_centres *centres, uint32_t *labels, double *distances) {
    for (size_t row = 0; row < rows; row++) {
        const float *x = points + row * centres->stride;
        for (size_t j = 0; j < centres->count; j++) {
            double distance = squared_distance(x, centres->exact + j * centres->stride, centres->dimension);
            if (j == 0 || distance < distances[row]) {
                labels[row] = (uint32_t)j;
                distances[row] = distance;
            }
        }
    }
}

void strata_kmeans_potentials_portable(
    const float *points, const double *weights, size_t rows, size_t stride, const double *candidates, size_t count,
    const double *closest, double *potentials) {
    for (size_t c = 0; c < count; c++) {
        double lanes[STRATA_KMEANS_LANES] = {0};
        for (size_t row = 0; row < rows; row++) {
            double distance = squared_distance(points + row * stride, candidates + c * stride, stride);
            double least = distance < closest[row] ? distance : closest[row];
            lanes[row % STRATA_KMEANS_LANES] += weights ? weights[row] * least : least;
        }
        double sum = 0;
        for (size_t lane = 0; lane < STRATA_KMEANS_LANES; lane++) sum += lanes[lane];
        potentials[c] += sum;
    }
}
