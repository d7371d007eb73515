// Frequent itemsets: the delivery of baskets into columns, task by task. The search of the columns is written once
// (itemsets_body.h) and compiled for several levels of processors.

#include "itemsets.h"
#include "itemsets_miner.h"

#define CONCAT_(a, b) a##b
#define CONCAT(a, b) CONCAT_(a, b)
#define NAME(name) CONCAT(name, LEVEL)

#define PLAIN_LOOPS(LEVEL_, TARGET_) \
    INLINED TARGET_ uint32_t and##LEVEL_(uint64_t *to, const uint64_t *a, const uint64_t *b, uint32_t width) { \
        uint64_t sum = 0; \
        for (uint32_t w = 0; w < width; w++) { \
            uint64_t both = a[w] & b[w]; \
            to[w] = both; \
            sum += (uint64_t)__builtin_popcountll(both); \
        } \
        return (uint32_t)sum; \
    } \
    INLINED TARGET_ uint32_t both##LEVEL_(const uint64_t *a, const uint64_t *b, uint32_t width) { \
        uint64_t sum = 0; \
        for (uint32_t w = 0; w < width; w++) sum += (uint64_t)__builtin_popcountll(a[w] & b[w]); \
        return (uint32_t)sum; \
    } \
    INLINED TARGET_ bool within##LEVEL_(const uint64_t *a, const uint64_t *b, uint32_t width) { \
        for (uint32_t w = 0; w < width; w++) if (a[w] & ~b[w]) return false; \
        return true; \
    }

#define LEVEL _plain
#define TARGET
PLAIN_LOOPS(_plain, )
#include "itemsets_body.h"
#undef LEVEL
#undef TARGET

#if defined(__x86_64__)
#include <immintrin.h>

#define LEVEL _popcnt
#define TARGET __attribute__((target("popcnt,bmi")))
PLAIN_LOOPS(_popcnt, __attribute__((target("popcnt,bmi"))))
#include "itemsets_body.h"
#undef LEVEL
#undef TARGET

#define LEVEL _wide
#define TARGET __attribute__((target("popcnt,bmi,bmi2,avx512f,avx512vl,avx512bw,avx512vpopcntdq")))
INLINED TARGET uint32_t and_wide(uint64_t *to, const uint64_t *a, const uint64_t *b, uint32_t width) {
    if (width == 1) {
        *to = *a & *b;
        return (uint32_t)__builtin_popcountll(*to);
    }
    __m512i sum = _mm512_setzero_si512();
    uint32_t w = 0;
    for (; w + 8 <= width; w += 8) {
        __m512i both = _mm512_and_si512(_mm512_loadu_si512(a + w), _mm512_loadu_si512(b + w));
        _mm512_storeu_si512(to + w, both);
        sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(both));
    }
    if (w < width) {
        __mmask8 left = (__mmask8)((1u << (width - w)) - 1);
        __m512i both = _mm512_and_si512(_mm512_maskz_loadu_epi64(left, a + w), _mm512_maskz_loadu_epi64(left, b + w));
        _mm512_mask_storeu_epi64(to + w, left, both);
        sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(both));
    }
    return (uint32_t)_mm512_reduce_add_epi64(sum);
}
INLINED TARGET uint32_t both_wide(const uint64_t *a, const uint64_t *b, uint32_t width) {
    if (width == 1) return (uint32_t)__builtin_popcountll(*a & *b);
    __m512i sum = _mm512_setzero_si512();
    uint32_t w = 0;
    for (; w + 8 <= width; w += 8)
        sum = _mm512_add_epi64(
            sum, _mm512_popcnt_epi64(_mm512_and_si512(_mm512_loadu_si512(a + w), _mm512_loadu_si512(b + w))));
    if (w < width) {
        __mmask8 left = (__mmask8)((1u << (width - w)) - 1);
        sum = _mm512_add_epi64(
            sum, _mm512_popcnt_epi64(
                     _mm512_and_si512(_mm512_maskz_loadu_epi64(left, a + w), _mm512_maskz_loadu_epi64(left, b + w))));
    }
    return (uint32_t)_mm512_reduce_add_epi64(sum);
}
INLINED TARGET bool within_wide(const uint64_t *a, const uint64_t *b, uint32_t width) {
    for (uint32_t w = 0; w < width; w++) if (a[w] & ~b[w]) return false;
    return true;
}
#include "itemsets_body.h"
#undef LEVEL
#undef TARGET
#endif

int strata_itemset_level_count(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("popcnt") || !__builtin_cpu_supports("bmi")) return 1;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
                   && __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("bmi2")
               ? 3
               : 2;
#else
    return 1;
#endif
}

void strata_miner_set_level(strata_miner *m, int level) { m->level = level; }

// Tasks.

typedef struct {
    const uint32_t *begin, *end;
} span;

static inline span row_of(const strata_baskets *db, uint32_t row) {
    return (span){db->row_items + db->row_starts[row], db->row_items + db->row_starts[row + 1]};
}

// The items of a row behind the task's, which are rarer.
static inline span rarer_of(const strata_miner *m, uint32_t local_row) {
    const strata_baskets *db = m->db;
    span row = row_of(db, db->item_rows[db->item_starts[m->task_item] + local_row]);
    const uint32_t *begin = row.end;
    while (begin[-1] > m->task_item) begin--;
    return (span){begin, row.end};
}

#define EACH_ROW(rows, width, row, ...) \
    for (uint32_t word_ = 0; word_ < (width); word_++) \
        for (uint64_t left_ = (rows)[word_]; left_; left_ &= left_ - 1) { \
            uint32_t row = word_ * 64 + (uint32_t)__builtin_ctzll(left_); \
            __VA_ARGS__ \
        }

bool strata_miner_rarer_in_all(strata_miner *m, const uint64_t *rows, uint32_t count) {
    uint32_t *found = m->second;
    uint32_t left = 0;
    bool begun = false;
    EACH_ROW(rows, m->width, row, {
        span rarer = rarer_of(m, row);
        if (!begun) {
            begun = true;
            for (const uint32_t *item = rarer.begin; item < rarer.end; item++)
                if (m->counts[*item] >= count) found[left++] = *item;
        } else {
            uint32_t kept = 0, at = 0;
            for (const uint32_t *item = rarer.begin; item < rarer.end && at < left; item++) {
                while (at < left && found[at] < *item) at++;
                if (at < left && found[at] == *item) found[kept++] = found[at++];
            }
            left = kept;
        }
        if (left == 0) return false;
    })
    return true;
}

bool strata_miner_rarer_is_frequent(strata_miner *m, const uint64_t *rows) {
    memset(m->second + m->task_item, 0, (m->db->item_count - m->task_item) * sizeof(uint32_t));
    EACH_ROW(rows, m->width, row, {
        span rarer = rarer_of(m, row);
        for (const uint32_t *item = rarer.begin; item < rarer.end; item++)
            if (++m->second[*item] >= m->minimum) return true;
    })
    return false;
}

static int ascending(const void *left, const void *right) {
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

// Asks for the row of an item some rows on: rows of an item lie far apart.
static inline void prefetch(const strata_baskets *db, uint64_t at, uint64_t end) {
    if (at + 24 < end) __builtin_prefetch(db->row_starts + db->item_rows[at + 24]);
    if (at + 12 < end) {
        const uint32_t *row = db->row_items + db->row_starts[db->item_rows[at + 12]];
        __builtin_prefetch(row);
    }
}

// Counts the items beside the task's, those more frequent, and the rarer ones where `both`; lists those that are frequent
// beside it.
static void deliver_counts(strata_miner *m, uint32_t item, bool both) {
    const strata_baskets *db = m->db;
    const uint32_t minimum = m->minimum;
    uint32_t *counts = m->counts, *near = m->near, found = 0;
    memset(counts, 0, (both ? db->item_count : item) * sizeof(uint32_t));
    const uint64_t end = db->item_starts[item + 1];
    for (uint64_t at = db->item_starts[item]; at < end; at++) {
        prefetch(db, at, end);
        span row = row_of(db, db->item_rows[at]);
        if (both) {
            for (const uint32_t *other = row.begin; other < row.end; other++)
                if (++counts[*other] == minimum) near[found++] = *other;
        } else {
            for (const uint32_t *other = row.begin; *other < item; other++)
                if (++counts[*other] == minimum) near[found++] = *other;
        }
    }
    qsort(near, found, sizeof *near, ascending);
    m->near_count = found;
}

static void search(strata_miner *m, const column *columns, uint32_t count, uint64_t *const *excluded,
                   uint32_t excluded_count, const uint64_t *rows, uint32_t row_count) {
    uint32_t width = m->width;
#define SEARCH(LEVEL_) \
    switch (m->options.target) { \
        case STRATA_ITEMSETS_ALL: all##LEVEL_(m, columns, count, width); break; \
        case STRATA_ITEMSETS_GENERATORS: generators##LEVEL_(m, columns, count, width, NULL, 0, rows, row_count); break; \
        default: closed##LEVEL_(m, columns, count, width, excluded, excluded_count); \
    }
#if defined(__x86_64__)
    if (m->level == 2) { SEARCH(_wide) return; }
    if (m->level == 1) { SEARCH(_popcnt) return; }
#endif
    SEARCH(_plain)
#undef SEARCH
}

static int by_count(const void *left, const void *right) {
    const column *a = left, *b = right;
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    // At equal counts the rarer item first.
    return a->item > b->item ? -1 : a->item < b->item;
}

static void task(strata_miner *m, uint32_t item) {
    const strata_baskets *db = m->db;
    const enum strata_itemset_target target = m->options.target;
    const bool closes = target == STRATA_ITEMSETS_CLOSED || target == STRATA_ITEMSETS_MAXIMAL;
    const uint32_t rows = (uint32_t)(db->item_starts[item + 1] - db->item_starts[item]);
    if (rows < m->minimum || m->path_length >= m->options.maximum_length) return;
    m->task_item = item;
    m->task_rows = rows;
    deliver_counts(m, item, closes);

    uint32_t candidates = 0, rarer = 0;
    bool ends = m->path_length + 1 >= m->options.maximum_length;
    uint64_t rarer_entries = 0;
    for (uint32_t n = 0; n < m->near_count; n++) {
        const uint32_t other = m->near[n];
        if (other == item) continue;
        if (other > item) {
            if (m->counts[other] == rows) {
                m->perfect_count = 0;
                return;
            }
            rarer++;
            rarer_entries += m->counts[other];
        } else if (m->counts[other] < rows) {
            candidates++;
        } else if (target != STRATA_ITEMSETS_GENERATORS) {
            m->perfect[m->perfect_count++] = other;
        }
    }
    const bool extended = rarer > 0;
    m->path[m->path_length++] = item;
    if (target == STRATA_ITEMSETS_ALL) {
        strata_miner_tell_all(m, rows);
    } else if (target == STRATA_ITEMSETS_MAXIMAL ? candidates == 0 && !extended
               : target == STRATA_ITEMSETS_CLOSED || rows < db->row_count) {
        strata_miner_tell_one(m, rows);
    }
    if (candidates > 0 && !ends && !m->failed) {
        // Columns of rarer items pay where these are in most of the rows; elsewhere few rows tell that none is in all.
        m->by_rows = closes && rarer > 0 && rarer_entries * 4 < (uint64_t)rarer * rows;
        if (m->by_rows) rarer = 0;
        const uint32_t width = m->width = (rows + 63) / 64;
        const uint32_t count = candidates + rarer;
        column *columns = strata_miner_take(m, (size_t)count * sizeof(column));
        uint64_t **excluded = strata_miner_take(m, (size_t)rarer * sizeof(uint64_t *));
        // The column before the first takes the bits of items that have none; the last is of all rows.
        uint64_t *bits = strata_miner_take(m, (size_t)(count + 2) * width * 8);
        if (!bits) return;
        memset(bits, 0, (size_t)(count + 2) * width * 8);
        uint32_t number = 0;
        for (uint32_t n = 0; n < m->near_count; n++) {
            const uint32_t other = m->near[n];
            if (other == item || m->counts[other] == rows || (other > item && rarer == 0)) continue;
            m->locals[other] = ++number;
            if (other < item) {
                columns[number - 1] = (column){bits + (size_t)number * width, m->counts[other], other};
            } else {
                excluded[number - 1 - candidates] = bits + (size_t)number * width;
            }
        }
        m->task_bits = bits;
        uint32_t filled = 0;
        for (uint64_t at = db->item_starts[item]; at < db->item_starts[item + 1]; at++) {
            prefetch(db, at, db->item_starts[item + 1]);
            span row = row_of(db, db->item_rows[at]);
            const uint64_t bit = 1ull << (filled & 63);
            uint64_t *word = bits + (filled >> 6);
            if (target == STRATA_ITEMSETS_ALL) {
                // A row with one candidate says no more than the counts do.
                uint32_t hits = 0, latest = 0;
                for (const uint32_t *other = row.begin; *other < item; other++) {
                    uint32_t local = m->locals[*other];
                    word[(size_t)local * width] |= bit;
                    hits += local != 0;
                    latest = local > latest ? local : latest;
                }
                if (hits < 2) {
                    word[(size_t)latest * width] &= ~bit;
                    continue;
                }
            } else {
                const uint32_t *end = rarer > 0 ? row.end : NULL;
                for (const uint32_t *other = row.begin; other != end && (end || *other < item); other++)
                    word[(size_t)m->locals[*other] * width] |= bit;
            }
            filled++;
        }
        qsort(columns, candidates, sizeof(column), by_count);
        uint64_t *whole = bits + (size_t)(count + 1) * width;
        for (uint32_t row = 0; row < filled; row++) whole[row >> 6] |= 1ull << (row & 63);
        search(m, columns, candidates, excluded, rarer, whole, rows);
        for (uint32_t n = 0; n < m->near_count; n++) m->locals[m->near[n]] = 0;
    }
}

int strata_miner_task(strata_miner *m, uint32_t item) {
    const mark before = here(m);
    const uint32_t path_before = m->path_length;
    task(m, item);
    strata_miner_release(m, before);
    m->path_length = path_before;
    m->perfect_count = 0;
    strata_miner_flush(m);
    return !m->failed;
}

size_t strata_miner_task_bound(strata_miner *m, uint32_t item) {
    const strata_baskets *db = m->db;
    const bool closes = m->options.target == STRATA_ITEMSETS_CLOSED || m->options.target == STRATA_ITEMSETS_MAXIMAL;
    const uint64_t rows = db->item_starts[item + 1] - db->item_starts[item];
    if (rows < m->minimum) return 0;
    deliver_counts(m, item, closes);
    size_t candidates = 0, rarer = 0, longest = 0;
    for (uint32_t n = 0; n < m->near_count; n++) {
        candidates += m->near[n] < item;
        rarer += m->near[n] > item;
    }
    for (uint64_t at = db->item_starts[item]; at < db->item_starts[item + 1]; at++) {
        span row = row_of(db, db->item_rows[at]);
        size_t length = 0;
        for (const uint32_t *other = row.begin; *other < item; other++) length += m->counts[*other] >= m->minimum;
        if (length > longest) longest = length;
    }
    if (longest > m->options.maximum_length) longest = m->options.maximum_length;
    const size_t width = (rows + 63) / 64 * 8;
    size_t bytes = (candidates + rarer + 3) * (width + sizeof(column) + 64);
    for (size_t depth = 0; depth < longest; depth++) {
        size_t left = candidates - depth;
        bytes += (left + 1) * (width + sizeof(column)) + (candidates + rarer + 1) * sizeof(uint64_t *) + 256;
        if (m->options.target == STRATA_ITEMSETS_GENERATORS) bytes += (depth + 1) * width;
    }
    // Chunks are filled to a half at least.
    return bytes * 2 + CHUNK;
}
