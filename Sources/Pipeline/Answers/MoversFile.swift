import CustomerData
import Export
import Statistics

/// The table of `strata diff --csv`: everyone who moved, came or left, with where from and where to.
struct MoversFile {
    let join: SegmentsJoin
    let comparison: CustomerComparison
    /// The key by which ids become pseudonyms; nil for ids as they are.
    let key: PseudonymKey?

    /// Rows that are written together.
    private static let batchSize = 1 << 15

    /// The columns after the id, each of the first and then of the second run; empty where a customer is not there.
    private static let columns = SegmentsJoin.columns + ["monetary"]

    /// Writes the table, ascending by id or by pseudonym.
    ///
    /// - Returns: how many rows it has.
    /// - Throws: `Problem`.
    func write(to path: String, parallel: Parallel) throws -> Int {
        let file = try OutputFile(path: path, personal: true)
        let writer = CSVWriter(parallel: parallel)
        var comparison = comparison
        var lists = empty
        var isFirst = true
        var count = 0
        func flush() throws {
            try writer.write(table(lists, parallel), header: isFirst, to: file)
            lists = empty
            isFirst = false
        }
        try join.forEach { old, new in
            guard comparison.isMoved(old, new), let known = old ?? new else { return }
            count += 1
            lists[0].append(known.cursor.bytes(0))
            for (position, row) in [old, new].enumerated() {
                for column in MoversFile.columns.indices {
                    let place = 1 + 2 * column + position
                    guard let row else {
                        lists[place].append(EmptyCollection())
                        continue
                    }
                    let source = column < row.columns.labels.count ? row.columns.labels[column] : row.columns.monetary
                    lists[place].append(row.cursor.bytes(source))
                }
            }
            // Pseudonyms have an order of their own, which is known when all are there.
            if key == nil, lists[0].count == MoversFile.batchSize { try flush() }
        }
        if isFirst || lists[0].count > 0 { try flush() }
        try file.commit()
        return count
    }

    private var empty: [IdentifierList] {
        Array(repeating: IdentifierList(), count: 1 + 2 * MoversFile.columns.count)
    }

    private func table(_ lists: [IdentifierList], _ parallel: Parallel) -> ResultTable {
        var lists = lists
        if let key {
            lists[0] = key.pseudonyms(of: lists[0], parallel: parallel)
            let order = lists[0].ascendingOrder()
            lists = lists.map { $0.selecting(order) }
        }
        let names = ["customer_id"] + MoversFile.columns.flatMap { ["from_\($0)", "to_\($0)"] }
        return ResultTable(name: "movers", columns: zip(names, lists).map { .init($0, .identifiers($1)) })
    }
}
