import CKernels
import CustomerData

/// Baskets as the kernel takes them: their frequent items as ranks, 0 for the most frequent, by row and by item.
struct FrequentBaskets: Sendable {
    private(set) var rowStarts: [UInt64] = [0]
    private(set) var rowItems: [UInt32] = []
    private(set) var itemStarts: [UInt64] = [0]
    private(set) var itemRows: [UInt32] = []
    /// The item of each rank.
    private(set) var ranked: [UInt32] = []
    /// Baskets with all included items.
    var rowCount: Int { rowStarts.count - 1 }

    /// The items that are in at least so many baskets, of the baskets that hold all of `included`, which are taken out
    /// of them as those of `excluded` are.
    init(_ baskets: BasketTable, minimumCount: Int, included: [UInt32], excluded: [UInt32]) {
        var isTakenOut = [Bool](repeating: false, count: baskets.names.count)
        for item in included + excluded { isTakenOut[Int(item)] = true }
        let wanted = included.sorted()
        var counts = [UInt32](repeating: 0, count: baskets.names.count)
        var kept = [Bool](repeating: true, count: wanted.isEmpty ? 0 : baskets.count)
        for basket in 0..<baskets.count {
            let items = baskets.items[baskets.starts[basket]..<baskets.starts[basket + 1]]
            if !wanted.isEmpty {
                kept[basket] = FrequentBaskets.holds(items, wanted)
                if !kept[basket] { continue }
            }
            for item in items { counts[Int(item)] += 1 }
        }
        ranked = counts.indices.filter { counts[$0] >= minimumCount && !isTakenOut[$0] }.map { UInt32($0) }
            .sorted { (counts[Int($1)], $0) < (counts[Int($0)], $1) }
        var ranks = [UInt32](repeating: UInt32.max, count: counts.count)
        for (rank, item) in ranked.enumerated() {
            ranks[Int(item)] = UInt32(rank)
            itemStarts.append(itemStarts[rank] + UInt64(counts[Int(item)]))
        }
        let entryCount = Int(itemStarts[ranked.count])
        rowStarts.reserveCapacity(baskets.count + 1)
        rowItems.reserveCapacity(entryCount)
        for basket in 0..<baskets.count where wanted.isEmpty || kept[basket] {
            let begin = rowItems.count
            for position in baskets.starts[basket]..<baskets.starts[basket + 1] {
                let rank = ranks[Int(baskets.items[position])]
                if rank != UInt32.max { rowItems.append(rank) }
            }
            rowItems.withUnsafeMutableBufferPointer { FrequentBaskets.sort($0, from: begin) }
            rowStarts.append(UInt64(rowItems.count))
        }
        var places = itemStarts
        let (starts, entries) = (rowStarts, rowItems)
        itemRows = [UInt32](unsafeUninitializedCapacity: entryCount) { buffer, initialized in
            for row in 0..<starts.count - 1 {
                for position in Int(starts[row])..<Int(starts[row + 1]) {
                    let rank = Int(entries[position])
                    buffer[Int(places[rank])] = UInt32(row)
                    places[rank] += 1
                }
            }
            initialized = entryCount
        }
    }

    /// Bytes that are held.
    var byteCount: Int { (rowStarts.count + itemStarts.count) * 8 + (rowItems.count + itemRows.count) * 4 }

    /// Calls `body` with the baskets as the kernel reads them.
    func withKernel<Result>(_ body: (UnsafePointer<strata_baskets>) throws -> Result) rethrows -> Result {
        try rowStarts.withUnsafeBufferPointer { rowStarts in
            try rowItems.withUnsafeBufferPointer { rowItems in
                try itemStarts.withUnsafeBufferPointer { itemStarts in
                    try itemRows.withUnsafeBufferPointer { itemRows in
                        var view = strata_baskets(
                            row_starts: rowStarts.baseAddress, row_items: rowItems.baseAddress,
                            item_starts: itemStarts.baseAddress, item_rows: itemRows.baseAddress,
                            row_count: UInt32(rowCount), item_count: UInt32(ranked.count))
                        return try body(&view)
                    }
                }
            }
        }
    }

    /// Whether ascending items hold all of some ascending others.
    private static func holds(_ items: ArraySlice<UInt32>, _ wanted: [UInt32]) -> Bool {
        var found = 0
        for item in items where found < wanted.count && item == wanted[found] { found += 1 }
        return found == wanted.count
    }

    /// Sorts short runs by insertion.
    private static func sort(_ items: UnsafeMutableBufferPointer<UInt32>, from begin: Int) {
        guard items.count - begin <= 64 else {
            var long = UnsafeMutableBufferPointer(rebasing: items[begin...])
            return long.sort()
        }
        for position in stride(from: begin + 1, to: items.count, by: 1) {
            let moved = items[position]
            var place = position
            while place > begin, items[place - 1] > moved {
                items[place] = items[place - 1]
                place -= 1
            }
            items[place] = moved
        }
    }
}
