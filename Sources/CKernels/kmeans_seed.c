#include "kmeans_lanes.h"

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
        double sum = 0;
        for (size_t lane = 0; lane < LANES; lane++) sum += lanes[lane];
        potentials[c] += sum;
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
