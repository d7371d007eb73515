// Frequent itemsets: a worker's memory, and how sets are told.

#include "itemsets.h"
#include "itemsets_miner.h"

// Memory.


void *strata_miner_take(strata_miner *m, size_t bytes) {
    if (m->failed) return NULL;
    bytes = (bytes + 63) & ~(size_t)63;
    if (!m->top || m->top->capacity - m->top->used < bytes) {
        chunk *found = NULL;
        if (m->spare && m->spare->capacity >= bytes) {
            found = m->spare;
            m->spare = NULL;
        } else {
            size_t capacity = bytes > CHUNK ? bytes : CHUNK;
            if (m->held + capacity > m->options.memory
                || !(found = aligned_alloc(64, (sizeof(chunk) + capacity + 63) & ~(size_t)63))) {
                m->failed = true;
                return NULL;
            }
            found->capacity = capacity;
            m->held += capacity;
            if (m->held > m->peak) m->peak = m->held;
        }
        found->used = 0;
        found->before = m->top;
        m->top = found;
    }
    void *taken = m->top->bytes + m->top->used;
    m->top->used += bytes;
    return taken;
}

static void drop(strata_miner *m, chunk *old) {
    m->held -= old->capacity;
    free(old);
}

void strata_miner_release(strata_miner *m, mark at) {
    while (m->top != at.top) {
        chunk *old = m->top;
        m->top = old->before;
        if (m->spare && m->spare->capacity >= old->capacity) {
            drop(m, old);
        } else {
            if (m->spare) drop(m, m->spare);
            m->spare = old;
        }
    }
    if (m->top) m->top->used = at.used;
}

strata_miner *strata_miner_new(const strata_baskets *baskets, const strata_itemset_options *options,
                               strata_itemset_sink sink, void *context) {
    strata_miner *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    m->db = baskets;
    m->options = *options;
    m->sink = sink;
    m->context = context;
    m->level = strata_itemset_level_count() - 1;
    m->minimum = options->minimum_count;
    size_t items = (size_t)baskets->item_count + 1, length = items + options->included_count;
    m->path = malloc(length * sizeof(uint32_t));
    m->perfect = malloc(length * sizeof(uint32_t));
    m->counts = calloc(items, sizeof(uint32_t));
    m->locals = calloc(items, sizeof(uint32_t));
    m->second = calloc(items, sizeof(uint32_t));
    m->near = malloc(items * sizeof(uint32_t));
    m->out_capacity = length + 2 > (1 << 16) ? length + 2 : 1 << 16;
    m->out = malloc(m->out_capacity * sizeof(uint32_t));
    if (!m->path || !m->perfect || !m->counts || !m->locals || !m->second || !m->near || !m->out) {
        strata_miner_free(m);
        return NULL;
    }
    for (uint32_t i = 0; i < options->included_count; i++) m->path[m->path_length++] = baskets->item_count + i;
    return m;
}

void strata_miner_free(strata_miner *m) {
    if (!m) return;
    while (m->top) {
        chunk *old = m->top;
        m->top = old->before;
        free(old);
    }
    free(m->spare);
    free(m->path);
    free(m->perfect);
    free(m->counts);
    free(m->locals);
    free(m->second);
    free(m->near);
    free(m->out);
    free(m->by_count);
    free(m);
}

void strata_miner_set_context(strata_miner *m, void *context) { m->context = context; }
int strata_miner_failed(const strata_miner *m) { return m->failed; }
int strata_miner_was_stopped(const strata_miner *m) { return m->stopped; }
uint64_t strata_miner_set_count(const strata_miner *m) { return m->overflow ? UINT64_MAX : m->set_count; }
size_t strata_miner_peak(const strata_miner *m) { return m->peak; }
uint32_t strata_miner_minimum_count(const strata_miner *m) { return m->minimum; }

// Telling.

int strata_miner_keep_top(strata_miner *m, uint64_t wanted) {
    m->wanted = wanted;
    m->by_count = calloc((size_t)m->db->row_count + 1, sizeof(uint64_t));
    return m->by_count != NULL;
}

void strata_miner_flush(strata_miner *m) {
    if (m->out_count > 0 && m->sink && !m->failed && !m->sink(m->context, m->out, m->out_count))
        m->failed = m->stopped = true;
    m->out_count = 0;
}

static void add(strata_miner *m, uint64_t sets, bool more, uint32_t count) {
    m->overflow |= more || __builtin_add_overflow(m->set_count, sets, &m->set_count);
    if (!m->by_count) return;
    if (more || __builtin_add_overflow(m->by_count[count], sets, &m->by_count[count])) m->by_count[count] = UINT64_MAX;
    if (__builtin_add_overflow(m->kept, more ? UINT64_MAX : sets, &m->kept)) m->kept = UINT64_MAX;
    while (m->kept - m->by_count[m->minimum] >= m->wanted) m->kept -= m->by_count[m->minimum++];
}

void strata_miner_add(strata_miner *m, uint64_t sets, uint32_t count) { add(m, sets, false, count); }

static void write_set(strata_miner *m, uint32_t length, uint32_t count) {
    if (m->out_capacity - m->out_count < (size_t)length + 2) strata_miner_flush(m);
    uint32_t *to = m->out + m->out_count;
    to[0] = length;
    to[1] = count;
    memcpy(to + 2, m->path, length * sizeof(uint32_t));
    m->out_count += length + 2;
}

void strata_miner_tell_one(strata_miner *m, uint32_t count) {
    uint32_t length = m->path_length + m->perfect_count;
    if (length < m->options.minimum_length || length > m->options.maximum_length) return;
    add(m, 1, false, count);
    if (!m->sink) return;
    memcpy(m->path + m->path_length, m->perfect, m->perfect_count * sizeof(uint32_t));
    write_set(m, length, count);
}

static void write_subsets(strata_miner *m, uint32_t from, uint32_t length, uint32_t count) {
    if (length >= m->options.minimum_length) write_set(m, length, count);
    if (length >= m->options.maximum_length) return;
    for (uint32_t next = from; next < m->perfect_count && !m->failed; next++) {
        m->path[length] = m->perfect[next];
        write_subsets(m, next + 1, length + 1, count);
    }
}

void strata_miner_tell_all(strata_miner *m, uint32_t count) {
    uint32_t length = m->path_length, free_items = m->perfect_count;
    uint32_t least = m->options.minimum_length, most = m->options.maximum_length;
    if (length > most || length + free_items < least) return;
    if (least <= length && most >= length + free_items) {
        add(m, free_items < 64 ? 1ull << free_items : 0, free_items >= 64, count);
    } else {
        // Subsets of so many of the free items, by Pascal's rule from one number to the next.
        unsigned __int128 ways = 1, sum = 0;
        bool more = false;
        for (uint32_t chosen = 0; chosen <= free_items && length + chosen <= most; chosen++) {
            if (chosen > 0) ways = ways * (free_items - chosen + 1) / chosen;
            more |= ways >> 90 != 0;
            if (more) break;
            if (length + chosen >= least) sum += ways;
        }
        add(m, (uint64_t)sum, more || sum >> 64 != 0, count);
    }
    if (m->sink) write_subsets(m, 0, length, count);
}
