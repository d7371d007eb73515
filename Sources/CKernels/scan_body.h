// The walk over the masks of one processor level; included by scan.c with LEVEL, TARGET and equal_LEVEL defined.
// `inside` marks the bytes of 64 that belong to a quoted field, its closing quote not among them.

typedef struct {
    int quoted;         // the byte before this chunk lies in a quoted field
    int skip;           // this chunk begins with the second of a doubled quote
    int field_start;    // a field begins with this chunk
    size_t quote_offset;
} NAME(quote_state);

// Follows the quotes of a chunk in order. Cheap where there are none, one step a quote where there are.
static inline __attribute__((always_inline)) TARGET uint64_t NAME(inside)(
    NAME(quote_state) *state, uint64_t quotes, uint64_t separators, const uint8_t *text, size_t base, size_t length,
    uint8_t quote) {
    uint64_t starts = (separators << 1) | (uint64_t)state->field_start;
    if (quotes == 0 && !state->skip) {
        uint64_t mask = state->quoted ? ~0ull : 0;
        state->field_start = state->quoted ? 0 : (int)(separators >> 63);
        return mask;
    }
    uint64_t mask = 0, left = quotes;
    if (state->skip) {
        left &= ~1ull;
        state->skip = 0;
    }
    int begin = 0;   // where the open field's bytes begin in this chunk
    while (left) {
        int at = __builtin_ctzll(left);
        left &= left - 1;
        if (!state->quoted) {
            // A separator that lies in a quoted field starts no field; `mask` knows those.
            if (!((starts >> at) & 1) || (at > 0 && ((mask >> (at - 1)) & 1))) continue;
            state->quoted = 1;
            state->quote_offset = base + (size_t)at;
            begin = at;
            continue;
        }
        if (base + (size_t)at + 1 < length && text[at + 1] == quote) {
            if (at == 63) state->skip = 1;
            else left &= ~(1ull << (at + 1));
            continue;
        }
        state->quoted = 0;
        mask |= (~0ull << begin) & ((at == 63 ? ~0ull : (1ull << (at + 1)) - 1));
    }
    if (state->quoted) mask |= ~0ull << begin;
    state->field_start = state->quoted ? 0 : (int)((separators & ~mask) >> 63);
    return mask;
}

static TARGET strata_scan NAME(scan_records)(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                             uint8_t quote, uint32_t *marks, uint32_t *record_ends) {
    strata_scan result = {0, 0, 0, 0, 0};
    NAME(quote_state) state = {0, 0, 1, 0};
    uint32_t *mark = marks, *record = record_ends;
    for (size_t base = 0; base < length; base += 64) {
        uint64_t valid = length - base >= 64 ? ~0ull : (1ull << (length - base)) - 1;
        uint64_t newlines = NAME(equal)(text + base, newline) & valid;
        uint64_t separators = (NAME(equal)(text + base, delimiter) & valid) | newlines;
        uint64_t quotes = NAME(equal)(text + base, quote) & valid;
        result.line_count += (size_t)__builtin_popcountll(newlines);
        uint64_t outside = ~NAME(inside)(&state, quotes, separators, text + base, base, length, quote);
        separators &= outside;
        newlines &= outside;
        uint32_t before = (uint32_t)(mark - marks);
        for (uint64_t left = newlines; left; left &= left - 1) {
            uint64_t below = separators & ((left & -left) - 1);
            *record++ = before + (uint32_t)__builtin_popcountll(below);
        }
        // Eight at a time whether there are as many or not: what is written too much is overwritten next.
        uint32_t count = (uint32_t)__builtin_popcountll(separators);
        uint32_t offset = (uint32_t)base;
        if (base + 64 <= length) {
            for (uint32_t done = 0; done < count; done += 8) {
                for (int step = 0; step < 8; step++) {
                    mark[done + (uint32_t)step] = offset + (uint32_t)__builtin_ctzll(separators | (1ull << 63));
                    separators &= separators - 1;
                }
            }
        } else {
            for (uint32_t done = 0; done < count; done++) {
                mark[done] = offset + (uint32_t)__builtin_ctzll(separators);
                separators &= separators - 1;
            }
        }
        mark += count;
    }
    result.mark_count = (size_t)(mark - marks);
    result.record_count = (size_t)(record - record_ends);
    result.ends_quoted = state.quoted;
    result.quote_offset = state.quote_offset;
    return result;
}

static TARGET size_t NAME(last_record_end)(const uint8_t *text, size_t length, uint8_t delimiter, uint8_t newline,
                                           uint8_t quote, size_t *quote_offset) {
    *quote_offset = SIZE_MAX;
    if (!memchr(text, quote, length)) {
        const uint8_t *last = memrchr(text, newline, length);
        return last ? (size_t)(last - text) + 1 : 0;
    }
    NAME(quote_state) state = {0, 0, 1, 0};
    size_t end = 0;
    for (size_t base = 0; base < length; base += 64) {
        uint64_t valid = length - base >= 64 ? ~0ull : (1ull << (length - base)) - 1;
        uint64_t newlines = NAME(equal)(text + base, newline) & valid;
        uint64_t separators = (NAME(equal)(text + base, delimiter) & valid) | newlines;
        uint64_t quotes = NAME(equal)(text + base, quote) & valid;
        newlines &= ~NAME(inside)(&state, quotes, separators, text + base, base, length, quote);
        if (newlines) end = base + 64 - (size_t)__builtin_clzll(newlines);
    }
    if (state.quoted) *quote_offset = state.quote_offset;
    return end;
}
