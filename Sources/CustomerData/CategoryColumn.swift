/// A column of words: each row's category by its number.
public struct CategoryColumn: Sendable {
    /// Name, as its header has it.
    public let name: String
    /// The categories, ascending by their bytes, no two the same; an empty one stands for missing values.
    public let labels: [String]
    /// The number of each row's category.
    public let codes: [UInt32]

    /// A column of those codes, each in `0..<labels.count`.
    public init(name: String, labels: [String], codes: [UInt32]) {
        precondition(codes.allSatisfy { $0 < labels.count })
        self.name = name
        self.labels = labels
        self.codes = codes
    }
}

/// Gathers a column of words, block by block.
public final class CategoryColumnBuilder {
    private var table = ByteTable()
    private var codes: [UInt32] = []

    /// A column without rows.
    public init() {}

    /// Adds a row's bytes; eight bytes behind them are readable.
    public func append(_ bytes: UnsafePointer<UInt8>, count: Int) { codes.append(UInt32(table.number(bytes, count))) }

    /// Adds a row without a value.
    public func appendMissing() {
        let padding = [UInt8](repeating: 0, count: 8)
        append(padding, count: 0)
    }

    /// Adds the rows of another part of the column.
    public func append(contentsOf other: CategoryColumnBuilder) {
        let renumbered = (0..<other.table.count).map { number in
            let bytes = Array(other.table[number]) + [UInt8](repeating: 0, count: 8)
            return UInt32(table.number(bytes, bytes.count - 8))
        }
        codes.append(contentsOf: other.codes.lazy.map { renumbered[Int($0)] })
    }

    /// The column; categories are numbered by the order of their bytes, however they came.
    public func column(named name: String) -> CategoryColumn {
        let order = (0..<table.count).sorted { table.precedes($0, $1) }
        var ranks = [UInt32](repeating: 0, count: order.count)
        for (rank, number) in order.enumerated() { ranks[number] = UInt32(rank) }
        return CategoryColumn(
            name: name, labels: order.map { String(decoding: table[$0], as: UTF8.self) },
            codes: codes.map { ranks[Int($0)] })
    }
}
