#pragma once
#include <stddef.h>
#include <stdint.h>

// Frequent itemsets of baskets, one task an item: the sets whose rarest item it is.
//
// A task delivers the baskets that hold its item into columns of bits, one for each item that is frequent beside it, and
// searches these depth first: the count of a set is the population count of an AND. Tasks are independent of each other.
//
// The law of this kernel: sets, their counts and their order depend on the baskets and the options alone, never on the
// processor.

enum strata_itemset_target {
    STRATA_ITEMSETS_ALL = 0,
    STRATA_ITEMSETS_CLOSED = 1,
    STRATA_ITEMSETS_MAXIMAL = 2,
    // Sets whose subsets that lack one item are all in more baskets, the task's item left aside: whether the set
    // without that is in more, too, is for the caller to see to.
    STRATA_ITEMSETS_GENERATORS = 3,
};

// Baskets by row and by item. Items are ranks, 0 for the most frequent; ascending within a row, each once.
typedef struct {
    const uint64_t *row_starts;
    const uint32_t *row_items;
    const uint64_t *item_starts;
    const uint32_t *item_rows;
    uint32_t row_count;
    uint32_t item_count;
} strata_baskets;

typedef struct {
    enum strata_itemset_target target;
    // In how many baskets a set must be, at least 1.
    uint32_t minimum_count;
    // Items of the sets that are told, those of `included` among them.
    uint32_t minimum_length;
    uint32_t maximum_length;
    // Items that every set has; numbers of the caller's, item_count and above.
    uint32_t included_count;
    // Bytes of columns that a worker may hold; beyond them a task gives up.
    size_t memory;
} strata_itemset_options;

// Takes sets: [length, count, items…] one behind the other in `words`. Gives 0 to end the task.
typedef int (*strata_itemset_sink)(void *context, const uint32_t *words, size_t word_count);

typedef struct strata_miner strata_miner;

// A worker's memory; NULL when there is none to be had. A NULL sink only counts.
strata_miner *strata_miner_new(const strata_baskets *baskets, const strata_itemset_options *options,
                               strata_itemset_sink sink, void *context);
void strata_miner_free(strata_miner *miner);

// Whom the next sets go to.
void strata_miner_set_context(strata_miner *miner, void *context);

// Has the miner keep only the most frequent sets: the minimum count rises until no higher one leaves `wanted` sets.
// 0 when there is no memory for it.
int strata_miner_keep_top(strata_miner *miner, uint64_t wanted);
uint32_t strata_miner_minimum_count(const strata_miner *miner);

// The sets whose rarest item is `item`. 0 when the sink ended it, memory ran out, or the budget was reached.
int strata_miner_task(strata_miner *miner, uint32_t item);

// Counts sets that the caller found.
void strata_miner_add(strata_miner *miner, uint64_t sets, uint32_t count);

// Whether a task failed, and whether because the sink did not want more; otherwise memory was lacking.
int strata_miner_failed(const strata_miner *miner);
int strata_miner_was_stopped(const strata_miner *miner);
// Sets found so far; UINT64_MAX where there are more than that.
uint64_t strata_miner_set_count(const strata_miner *miner);
// The most bytes that the miner has held.
size_t strata_miner_peak(const strata_miner *miner);

// The bytes of columns that a task can need at most: what a budget is judged by before the run.
size_t strata_miner_task_bound(strata_miner *miner, uint32_t item);

// The levels of processors that there are and that this one has, and one of them by number; for the tests.
int strata_itemset_level_count(void);
void strata_miner_set_level(strata_miner *miner, int level);
