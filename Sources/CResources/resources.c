#include "resources.h"

static const uint8_t rfm_11_map[] = {
#embed "../../models/rfm-11.json"
};

static const uint8_t rfm_two_digit_map[] = {
#embed "../../models/rfm-two-digit.json"
};

const uint8_t *strata_rfm_11_map(size_t *count) {
    *count = sizeof rfm_11_map;
    return rfm_11_map;
}

const uint8_t *strata_rfm_two_digit_map(size_t *count) {
    *count = sizeof rfm_two_digit_map;
    return rfm_two_digit_map;
}
