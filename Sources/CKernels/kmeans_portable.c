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

void strata_kmeans_step_portable(
    const float *points, const double *weights, size_t rows, const strata_kmeans_centres *centres, double *scratch,
    double *sums, double *masses) {
    size_t stride = centres->stride, width = stride + 1;
    size_t sets = strata_kmeans_scratch_count(centres) / (centres->count * width);
    for (size_t i = 0; i < sets * centres->count * width; i++) scratch[i] = 0;
    for (size_t row = 0; row < rows; row++) {
        uint32_t label;
        double distance, weight = weights ? weights[row] : 1;
        strata_kmeans_nearest_portable(points + row * stride, 1, centres, &label, &distance);
        double *set = scratch + (row % sets * centres->count + label) * width;
        for (size_t t = 0; t < stride; t++) set[t] += weight * (double)points[row * stride + t];
        set[stride] += weight;
    }
    for (size_t j = 0; j < centres->count; j++) {
        for (size_t t = 0; t < width; t++) {
            const double *part = scratch + j * width + t;
            size_t next = centres->count * width;
            double sum = sets == 1 ? part[0] : (part[0] + part[next]) + (part[2 * next] + part[3 * next]);
            if (t < stride) sums[j * stride + t] = sum;
            else masses[j] = sum;
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
        potentials[c] = 0;
        for (size_t lane = 0; lane < STRATA_KMEANS_LANES; lane++) potentials[c] += lanes[lane];
    }
}
