// What the parts of the miner share: a worker's memory, and how sets are told.
#pragma once
#include "itemsets.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define INLINED static inline __attribute__((always_inline))

// A column of bits: the rows of the task that hold an item, those of the node alone.
typedef struct {
    uint64_t *bits;
    uint32_t count;
    uint32_t item;
} column;

// Memory that is given back in the order opposite to that in which it was taken.
typedef struct chunk {
    struct chunk *before;
    size_t capacity, used;
    _Alignas(64) uint8_t bytes[];
} chunk;

// Bytes of a chunk, at least.
enum { CHUNK = 1 << 18 };

struct strata_miner {
    const strata_baskets *db;
    strata_itemset_options options;
    strata_itemset_sink sink;
    void *context;
    int level;
    bool stopped, failed;

    uint32_t minimum;
    uint64_t set_count;
    bool overflow;

    // Top sets: how many were found by count, and how many of them in all.
    uint64_t *by_count;
    uint64_t wanted, kept;

    // The set that is searched: items of the path, then of perfect extensions.
    uint32_t *path, path_length;
    uint32_t *perfect, perfect_count;

    uint32_t *out;
    size_t out_count, out_capacity;

    // Of the task: counts beside its item and column of each item.
    uint32_t task_item, task_rows, width;
    uint32_t *counts, *locals, *second;
    // Items that are frequent beside the task's, ascending.
    uint32_t *near, near_count;
    // Whether items rarer than the task's are looked for in the rows, in place of columns of theirs.
    bool by_rows;
    // The task's columns by local number, 1 the first: what generators compare with.
    uint64_t *task_bits;

    chunk *top, *spare;
    size_t held, peak;
};

typedef struct {
    chunk *top;
    size_t used;
} mark;

void *strata_miner_take(strata_miner *m, size_t bytes);
void strata_miner_release(strata_miner *m, mark at);
INLINED mark here(const strata_miner *m) { return (mark){m->top, m->top ? m->top->used : 0}; }

// Whether an item rarer than the task's is in all of the marked rows; in so many of them that the set is frequent.
bool strata_miner_rarer_in_all(strata_miner *m, const uint64_t *rows, uint32_t count);
bool strata_miner_rarer_is_frequent(strata_miner *m, const uint64_t *rows);

// Tells the path with each subset of the perfect extensions (all sets), or with all of them (the others).
void strata_miner_tell_all(strata_miner *m, uint32_t count);
void strata_miner_tell_one(strata_miner *m, uint32_t count);
// Hands over the sets that wait.
void strata_miner_flush(strata_miner *m);
