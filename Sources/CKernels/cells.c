// What cells look like, 16 bytes at a time.

#include "cells.h"

#include "wide.h"

typedef uint8_t byte16 __attribute__((vector_size(16)));
typedef uint64_t word2 __attribute__((vector_size(16)));

INLINED uint64_t fold(uint64_t left, uint64_t right) {
    unsigned __int128 product = (unsigned __int128)left * right;
    return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

void strata_cell_classes(const uint8_t *text, const uint32_t *spans, size_t count, uint64_t *classes) {
    // Ones for as many bytes as are left, from the 16 − left on.
    static const uint8_t kept[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    for (size_t cell = 0; cell < count; cell++) {
        uint32_t length = spans[2 * cell + 1];
        classes[cell] = 0;
        if (length == 0 || length > 64) continue;
        const uint8_t *bytes = text + spans[2 * cell];
        uint64_t state = 0x9E3779B97F4A7C15ull ^ length;
        byte16 all = {0};
        for (uint32_t offset = 0; offset < length; offset += 16) {
            uint32_t left = length - offset;
            byte16 chunk, mask;
            memcpy(&chunk, bytes + offset, 16);
            memcpy(&mask, kept + (left < 16 ? 16 - left : 0), 16);
            chunk &= mask;
            all |= chunk;
            byte16 digit = (byte16)((chunk - '0') < 10);
            byte16 capital = (byte16)((chunk - 'A') < 26);
            byte16 small = (byte16)((chunk - 'a') < 26);
            byte16 plain = (chunk & ~(digit | capital | small)) | (digit & '9') | (capital & 'A') | (small & 'a');
            word2 words = (word2)plain;
            state = fold(state ^ words[0], 0xA0761D6478BD642Full);
            if (left > 8) state = fold(state ^ words[1], 0xE7037ED1A0B428DBull);
        }
        word2 high = (word2)all;
        if ((high[0] | high[1]) & 0x8080808080808080ull) continue;
        state ^= state >> 32;
        classes[cell] = state ? state : 1;
    }
}
