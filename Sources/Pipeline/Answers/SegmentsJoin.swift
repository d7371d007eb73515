import CustomerData
import Export

/// The customers of two runs side by side: `segments.csv` of both, read along in the order of the ids.
struct SegmentsJoin {
    /// The columns that customers are sorted by.
    static let columns = ["stage", "state", "segment", "cluster"]

    private let first: SortedTable
    private let second: SortedTable
    private let firstColumns: Columns
    private let secondColumns: Columns

    /// Where a table has what is compared.
    struct Columns {
        let labels: [Int]
        let name: Int
        let monetary: Int

        init(_ table: SortedTable) throws {
            labels = try SegmentsJoin.columns.map { try table.column($0) }
            name = try table.column("cluster_name")
            monetary = try table.column("monetary")
        }
    }

    /// A customer's row in one of the runs.
    struct Row {
        let cursor: TableCursor
        let columns: Columns

        /// The label in one of `SegmentsJoin.columns`.
        func label(_ position: Int) -> UnsafeBufferPointer<UInt8> { cursor.bytes(columns.labels[position]) }

        var monetary: Int128 { Money(cursor.text(columns.monetary))?.tenThousandths ?? 0 }
    }

    init(_ first: RunFolder, _ second: RunFolder) throws {
        self.first = try first.table("segments.csv")
        self.second = try second.table("segments.csv")
        firstColumns = try Columns(self.first)
        secondColumns = try Columns(self.second)
    }

    /// Whether both have the same columns.
    var hasSameColumns: Bool { first.headers == second.headers }

    /// Calls `body` with every customer of either run, in the order of the ids.
    ///
    /// - Throws: `Problem(.data)` when a table is not in that order, or not whole.
    func forEach(_ body: (_ before: Row?, _ after: Row?) throws -> Void) throws {
        let before = Reader(first, firstColumns)
        let after = Reader(second, secondColumns)
        try before.advance()
        try after.advance()
        while before.isThere || after.isThere {
            let order = before.compared(to: after)
            try body(order <= 0 ? before.row : nil, order >= 0 ? after.row : nil)
            if order <= 0 { try before.advance() }
            if order >= 0 { try after.advance() }
        }
    }

    /// A cursor that knows whether it is at a row, and that its keys ascend.
    private final class Reader {
        let row: Row
        private let table: SortedTable
        private(set) var isThere = true
        private var key: [UInt8] = []
        private var isFirst = true

        init(_ table: SortedTable, _ columns: Columns) {
            self.table = table
            row = Row(cursor: table.rows(), columns: columns)
        }

        func advance() throws {
            isThere = try row.cursor.advance()
            guard isThere else { return }
            let next = row.cursor.bytes(0)
            guard isFirst || key.lexicographicallyPrecedes(next) else { throw table.notAscending }
            isFirst = false
            key.removeAll(keepingCapacity: true)
            key.append(contentsOf: next)
        }

        /// Below 0 when this key comes first, above 0 when the other does.
        func compared(to other: Reader) -> Int {
            guard isThere else { return 1 }
            guard other.isThere else { return -1 }
            if key.lexicographicallyPrecedes(other.key) { return -1 }
            return key.elementsEqual(other.key) ? 0 : 1
        }
    }
}
