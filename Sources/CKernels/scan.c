// Finding delimiters and newlines outside quotes, 64 bytes at a time.
//
// The walk over the masks is written once (scan_body.h) and compiled for three levels of the processor, each with its
// own way to compare 64 bytes with one. The level is chosen at run time.

#define _GNU_SOURCE
#include "scan.h"

#include <string.h>

strata_scan strata_scan_records_portable(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                         uint8_t quote, uint32_t *marks, uint32_t *record_ends) {
    strata_scan result = {0, 0, 0, 0, 0};
    int quoted = 0, field_start = 1;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = text[i];
        if (byte == newline) result.line_count++;
        if (quoted) {
            if (byte == quote) {
                if (i + 1 < length && text[i + 1] == quote) i++;
                else quoted = 0;
            }
            continue;
        }
        if (byte == quote && field_start) {
            quoted = 1;
            result.quote_offset = i;
            field_start = 0;
            continue;
        }
        field_start = byte == delimiter || byte == newline;
        if (!field_start) continue;
        if (byte == newline) record_ends[result.record_count++] = (uint32_t)result.mark_count;
        marks[result.mark_count++] = (uint32_t)i;
    }
    result.ends_quoted = quoted;
    return result;
}

size_t strata_last_record_end_portable(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                       uint8_t quote, size_t *quote_offset) {
    size_t end = 0;
    int quoted = 0, field_start = 1;
    *quote_offset = SIZE_MAX;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = text[i];
        if (quoted) {
            if (byte == quote) {
                if (i + 1 < length && text[i + 1] == quote) i++;
                else quoted = 0, *quote_offset = SIZE_MAX;
            }
            continue;
        }
        if (byte == quote && field_start) {
            quoted = 1;
            *quote_offset = i;
            field_start = 0;
            continue;
        }
        field_start = byte == delimiter || byte == newline;
        if (byte == newline) end = i + 1;
    }
    return end;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define CONCAT_(a, b) a##b
#define CONCAT(a, b) CONCAT_(a, b)
#define NAME(name) CONCAT(name, LEVEL)

#define LEVEL _sse2
#define TARGET
static inline __attribute__((always_inline)) uint64_t equal_sse2(const uint8_t *text, uint8_t byte) {
    __m128i wanted = _mm_set1_epi8((char)byte);
    uint64_t mask = 0;
    for (int part = 0; part < 4; part++) {
        __m128i chunk = _mm_loadu_si128((const __m128i *)(text + 16 * part));
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(chunk, wanted)) << (16 * part);
    }
    return mask;
}
#include "scan_body.h"
#undef LEVEL
#undef TARGET

#define LEVEL _avx2
#define TARGET __attribute__((target("avx2,bmi,popcnt,lzcnt")))
static inline __attribute__((always_inline, target("avx2,bmi,popcnt,lzcnt"))) uint64_t equal_avx2(const uint8_t *text,
                                                                                               uint8_t byte) {
    __m256i wanted = _mm256_set1_epi8((char)byte);
    __m256i low = _mm256_loadu_si256((const __m256i *)text);
    __m256i high = _mm256_loadu_si256((const __m256i *)(text + 32));
    uint32_t low_mask = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
    uint32_t high_mask = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
    return low_mask | (uint64_t)high_mask << 32;
}
#include "scan_body.h"
#undef LEVEL
#undef TARGET

#define LEVEL _avx512
#define TARGET __attribute__((target("avx512f,avx512bw,bmi,popcnt,lzcnt")))
static inline __attribute__((always_inline, target("avx512f,avx512bw,bmi,popcnt,lzcnt"))) uint64_t
equal_avx512(const uint8_t *text, uint8_t byte) {
    return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512((const void *)text), _mm512_set1_epi8((char)byte));
}
#include "scan_body.h"
#undef LEVEL
#undef TARGET

int strata_scan_level(void) {
    // The levels of the System V ABI, which name all that TARGET does.
    if (__builtin_cpu_supports("x86-64-v4")) return 3;
    return __builtin_cpu_supports("x86-64-v3") ? 2 : 1;
}

strata_scan strata_scan_records_at(int level, const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                   uint8_t quote, uint32_t *marks, uint32_t *record_ends) {
    if (level == 3) return scan_records_avx512(text, length, delimiter, newline, quote, marks, record_ends);
    if (level == 2) return scan_records_avx2(text, length, delimiter, newline, quote, marks, record_ends);
    if (level == 1) return scan_records_sse2(text, length, delimiter, newline, quote, marks, record_ends);
    return strata_scan_records_portable(text, length, delimiter, newline, quote, marks, record_ends);
}

size_t strata_last_record_end_at(int level, const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                 uint8_t quote, size_t *quote_offset) {
    if (level == 3) return last_record_end_avx512(text, length, delimiter, newline, quote, quote_offset);
    if (level == 2) return last_record_end_avx2(text, length, delimiter, newline, quote, quote_offset);
    if (level == 1) return last_record_end_sse2(text, length, delimiter, newline, quote, quote_offset);
    return strata_last_record_end_portable(text, length, delimiter, newline, quote, quote_offset);
}

#else

int strata_scan_level(void) { return 0; }

strata_scan strata_scan_records_at(int level, const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                   uint8_t quote, uint32_t *marks, uint32_t *record_ends) {
    (void)level;
    return strata_scan_records_portable(text, length, delimiter, newline, quote, marks, record_ends);
}

size_t strata_last_record_end_at(int level, const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                 uint8_t quote, size_t *quote_offset) {
    (void)level;
    return strata_last_record_end_portable(text, length, delimiter, newline, quote, quote_offset);
}

#endif

strata_scan strata_scan_records(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline, uint8_t quote,
                                uint32_t *marks, uint32_t *record_ends) {
    return strata_scan_records_at(
        strata_scan_level(), text, length, delimiter, newline, quote, marks, record_ends);
}

size_t strata_last_record_end(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline, uint8_t quote,
                              size_t *quote_offset) {
    return strata_last_record_end_at(strata_scan_level(), text, length, delimiter, newline, quote, quote_offset);
}
