#include "silhouette.h"
#include "wide.h"

#include <math.h>

enum { LANES = STRATA_SILHOUETTE_LANES };

INLINED void add(
    const double *restrict judged, const double *restrict others, const double *restrict weights, size_t count,
    const size_t dimension, const uint32_t *restrict slots, size_t levels, double *restrict sums) {
    for (size_t row = 0; row < count; row++) {
        const double *y = others + row * dimension;
        double16 square = {0};
        for (size_t t = 0; t < dimension; t++) {
            double16 x;
            memcpy(&x, judged + t * LANES, sizeof x);
            double16 difference = x - y[t];
            square += difference * difference;
        }
        double16 distance = __builtin_elementwise_sqrt(square);
        if (weights) distance *= weights[row];
        for (size_t level = 0; level < levels; level++) {
            double *target = sums + (size_t)slots[row * levels + level] * LANES;
            double16 sum;
            memcpy(&sum, target, sizeof sum);
            sum += distance;
            memcpy(target, &sum, sizeof sum);
        }
    }
}

// Dimension as a constant, so that the loop over it unrolls and the judged rows stay in registers.
EACH_PROCESSOR
void strata_silhouette_sums(
    const double *judged, const double *others, const double *weights, size_t count, size_t dimension,
    const uint32_t *slots, size_t levels, double *sums) {
#define CASE(d) \
    case d: add(judged, others, weights, count, d, slots, levels, sums); break
    switch (dimension) {
        CASE(1); CASE(2); CASE(3); CASE(4); CASE(5); CASE(6); CASE(7); CASE(8);
        default: add(judged, others, weights, count, dimension, slots, levels, sums);
    }
#undef CASE
}

void strata_silhouette_sums_portable(
    const double *judged, const double *others, const double *weights, size_t count, size_t dimension,
    const uint32_t *slots, size_t levels, double *sums) {
    for (size_t row = 0; row < count; row++) {
        for (size_t lane = 0; lane < LANES; lane++) {
            double square = 0;
            for (size_t t = 0; t < dimension; t++) {
                double difference = judged[t * LANES + lane] - others[row * dimension + t];
                square += difference * difference;
            }
            double distance = sqrt(square);
            if (weights) distance *= weights[row];
            for (size_t level = 0; level < levels; level++)
                sums[(size_t)slots[row * levels + level] * LANES + lane] += distance;
        }
    }
}
