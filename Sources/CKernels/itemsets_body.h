// The search of one processor level; included by itemsets.c with LEVEL, TARGET, and_LEVEL, both_LEVEL and within_LEVEL
// defined.

// Ascending by count: the rarest extension first has the fewest to be extended by. Insertion: lists are short, and
// nearly in order.
static TARGET void NAME(arrange)(column *columns, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        column moved = columns[i];
        uint32_t j = i;
        for (; j > 0 && columns[j - 1].count > moved.count; j--) columns[j] = columns[j - 1];
        columns[j] = moved;
    }
}

// All sets below a node: extensions `columns`, ascending by count.
static TARGET void NAME(all)(strata_miner *m, const column *columns, uint32_t count, uint32_t width) {
    mark before = here(m);
    bool ends = m->path_length + 1 >= m->options.maximum_length;
    uint32_t perfect_before = m->perfect_count;
    for (uint32_t a = 0; a < count && !m->failed; a++) {
        const column first = columns[a];
        if (first.count < m->minimum) continue;
        m->path[m->path_length++] = first.item;
        uint32_t rest = count - a - 1, kept = 0;
        column *next = NULL;
        if (rest > 0 && !ends) {
            next = strata_miner_take(m, rest * sizeof(column));
            uint64_t *bits = strata_miner_take(m, (size_t)rest * width * 8);
            if (!bits) return;
            for (uint32_t b = a + 1; b < count; b++) {
                uint32_t both = NAME(and)(bits, first.bits, columns[b].bits, width);
                if (both < m->minimum) continue;
                if (both == first.count) {
                    m->perfect[m->perfect_count++] = columns[b].item;
                    continue;
                }
                next[kept++] = (column){bits, both, columns[b].item};
                bits += width;
            }
        }
        strata_miner_tell_all(m, first.count);
        if (kept > 0) {
            NAME(arrange)(next, kept);
            NAME(all)(m, next, kept, width);
        }
        strata_miner_release(m, before);
        m->perfect_count = perfect_before;
        m->path_length--;
    }
}

// Whether a set that is rows `first` together with any of the excluded columns is frequent.
static TARGET bool NAME(extends)(
    const strata_miner *m, const uint64_t *first, uint64_t *const *excluded, uint32_t count, uint32_t width) {
    for (uint32_t e = 0; e < count; e++)
        if (NAME(both)(first, excluded[e], width) >= m->minimum) return true;
    return false;
}

// Closed sets below a node, or maximal ones. A branch in all of whose rows an excluded item is, one that was searched
// before, holds no closed set.
static TARGET void NAME(closed)(
    strata_miner *m, const column *columns, uint32_t count, uint32_t width, uint64_t *const *excluded,
    uint32_t excluded_count) {
    bool maximal = m->options.target == STRATA_ITEMSETS_MAXIMAL;
    mark before = here(m);
    uint32_t perfect_before = m->perfect_count;
    for (uint32_t a = 0; a < count && !m->failed; a++) {
        const column first = columns[a];
        if (first.count < m->minimum) continue;
        bool known = false;
        for (uint32_t b = a; b-- > 0 && columns[b].count == first.count && !known;)
            known = NAME(within)(first.bits, columns[b].bits, width);
        for (uint32_t e = 0; e < excluded_count && !known; e++) known = NAME(within)(first.bits, excluded[e], width);
        if (known || (m->by_rows && strata_miner_rarer_in_all(m, first.bits, first.count))) continue;
        m->path[m->path_length++] = first.item;
        uint32_t rest = count - a - 1, kept = 0;
        column *next = strata_miner_take(m, (rest + 1) * sizeof(column));
        uint64_t *bits = strata_miner_take(m, (size_t)(rest + 1) * width * 8);
        // The rows that hold every extension.
        uint64_t **apart = strata_miner_take(m, (excluded_count + a + 1) * sizeof(uint64_t *));
        if (!apart) return;
        for (uint32_t b = a + 1; b < count; b++) {
            uint32_t both = NAME(and)(bits, first.bits, columns[b].bits, width);
            if (both < m->minimum) continue;
            if (both == first.count) {
                m->perfect[m->perfect_count++] = columns[b].item;
                continue;
            }
            next[kept++] = (column){bits, both, columns[b].item};
            bits += width;
        }
        uint32_t apart_count = 0;
        if (maximal || kept > 0) {
            // A set with an item that is not frequent beside these rows is none, nor is it with more.
            for (uint32_t e = 0; e < excluded_count; e++)
                if (NAME(both)(first.bits, excluded[e], width) >= m->minimum) apart[apart_count++] = excluded[e];
            for (uint32_t b = 0; b < a; b++)
                if (NAME(both)(first.bits, columns[b].bits, width) >= m->minimum) apart[apart_count++] = columns[b].bits;
        }
        bool longest = m->path_length + m->perfect_count >= m->options.maximum_length;
        if (!maximal) {
            strata_miner_tell_one(m, first.count);
        } else if (kept == 0) {
            if (apart_count == 0 && !(m->by_rows && strata_miner_rarer_is_frequent(m, first.bits)))
                strata_miner_tell_one(m, first.count);
        } else if (kept > 1 && !longest) {
            // Where all extensions together are frequent, theirs is the branch's one maximal set.
            uint64_t *all = bits;
            memcpy(all, next[0].bits, (size_t)width * 8);
            uint32_t together = next[0].count;
            for (uint32_t b = 1; b < kept && together >= m->minimum; b++)
                together = NAME(and)(all, all, next[b].bits, width);
            if (together >= m->minimum) {
                if (!NAME(extends)(m, all, apart, apart_count, width)
                    && !(m->by_rows && strata_miner_rarer_is_frequent(m, all))) {
                    for (uint32_t b = 0; b < kept; b++) m->perfect[m->perfect_count++] = next[b].item;
                    strata_miner_tell_one(m, together);
                }
                kept = 0;
            }
        }
        if (kept > 0 && !longest) {
            NAME(arrange)(next, kept);
            NAME(closed)(m, next, kept, width, apart, apart_count);
        }
        strata_miner_release(m, before);
        m->perfect_count = perfect_before;
        m->path_length--;
    }
}

// Generators below a node, the task's item left aside: `critical` are, for every other item of the path, the rows that
// hold all of the path but that item, a run of `width` words each; none of them may be empty.
static TARGET void NAME(generators)(
    strata_miner *m, const column *columns, uint32_t count, uint32_t width, const uint64_t *critical,
    uint32_t critical_count, const uint64_t *rows, uint32_t row_count) {
    mark before = here(m);
    bool ends = m->path_length + 1 >= m->options.maximum_length;
    for (uint32_t a = 0; a < count && !m->failed; a++) {
        const column first = columns[a];
        if (first.count < m->minimum || first.count == row_count) continue;
        uint32_t rest = count - a - 1, kept = 0;
        uint64_t *lacking = strata_miner_take(m, (size_t)(critical_count + 1) * width * 8);
        column *next = strata_miner_take(m, (rest + 1) * sizeof(column));
        uint64_t *bits = strata_miner_take(m, (size_t)(rest + 1) * width * 8);
        if (!bits) return;
        const uint64_t *whole = m->task_bits + (size_t)m->locals[first.item] * width;
        bool generates = true;
        for (uint32_t c = 0; c < critical_count && generates; c++)
            generates = NAME(and)(lacking + (size_t)c * width, critical + (size_t)c * width, whole, width) > 0;
        if (generates) {
            uint64_t *own = lacking + (size_t)critical_count * width;
            for (uint32_t w = 0; w < width; w++) own[w] = rows[w] & ~whole[w];
            m->path[m->path_length++] = first.item;
            for (uint32_t b = a + 1; b < count && !ends; b++) {
                uint32_t both = NAME(and)(bits, first.bits, columns[b].bits, width);
                if (both < m->minimum || both == first.count) continue;
                next[kept++] = (column){bits, both, columns[b].item};
                bits += width;
            }
            strata_miner_tell_one(m, first.count);
            if (kept > 0) {
                NAME(arrange)(next, kept);
                NAME(generators)(m, next, kept, width, lacking, critical_count + 1, first.bits, first.count);
            }
            m->path_length--;
        }
        strata_miner_release(m, before);
    }
}
