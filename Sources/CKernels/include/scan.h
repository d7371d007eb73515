#pragma once
#include <stddef.h>
#include <stdint.h>

/// What a scan of one block of delimited text found.
typedef struct {
    /// Unquoted delimiters and newlines.
    size_t mark_count;
    /// Unquoted newlines, each of which ends a record.
    size_t record_count;
    /// All newlines, quoted ones among them.
    size_t line_count;
    /// Whether the block ends inside a quoted field.
    int ends_quoted;
    /// Where that field opened.
    size_t quote_offset;
} strata_scan;

/// Writes the offsets of unquoted delimiters and newlines of `text[0..<length]` to `marks`, and for each newline among
/// them its index in `marks` to `record_ends`. `text` begins at the beginning of a record. A quote opens a field only
/// as the field's first byte (RFC 4180); elsewhere it stands for itself; a doubled quote in a quoted field is one quote.
/// Both outputs have room for `length` entries. `text` is readable for 64 bytes behind its end.
strata_scan strata_scan_records(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline, uint8_t quote,
                                uint32_t *marks, uint32_t *record_ends);

/// The offset behind the last unquoted newline of `text[0..<length]`, or 0 when there is none. When the text ends
/// inside a quoted field, `*quote_offset` is where that opened, else SIZE_MAX.
size_t strata_last_record_end(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline, uint8_t quote,
                              size_t *quote_offset);

/// The best of the levels that this processor has: 0 plain loops, 1 SSE2, 2 AVX2, 3 AVX-512.
int strata_scan_level(void);

/// The same at a level, for the tests to compare; the processor must have it.
strata_scan strata_scan_records_at(int level, const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                   uint8_t quote, uint32_t *marks, uint32_t *record_ends);

/// The same at a level.
size_t strata_last_record_end_at(int level, const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                 uint8_t quote, size_t *quote_offset);

/// The same by plain loops: what the kernels are tested against, and what other processors run.
strata_scan strata_scan_records_portable(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                         uint8_t quote, uint32_t *marks, uint32_t *record_ends);

/// The same by plain loops.
size_t strata_last_record_end_portable(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                       uint8_t quote, size_t *quote_offset);
