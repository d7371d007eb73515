import CustomerData
import Semantics

/// Compares a table with another that is known to be right, record by record.
///
/// Records are one when their ids are equal; cells are right when they have the same text, and are compared where both
/// tables say something. Of several reference records with one id the first counts. Memory: 8 bytes a reference cell.
public final class ReferenceComparison {
    /// What a comparison found.
    public struct Result: Codable, Sendable {
        /// A column's cells.
        public struct Column: Codable, Sendable {
            /// The header.
            public let name: String
            /// Cells filled in both tables.
            public let compared: Int
            /// Those that are equal.
            public let equal: Int
        }

        /// The column of ids.
        public let id: String
        /// Records that the reference has.
        public let matched: Int
        /// The columns that both tables have, the ids aside.
        public let columns: [Column]
    }

    private let id: String
    private let names: [String]
    private let columns: [(mine: Int, theirs: Int)]
    private let ids: (mine: Int, theirs: Int)
    private var positions: [UInt64: Int] = [:]
    private var cells: [UInt64] = []

    /// A comparison by a column of ids.
    ///
    /// - Throws: `Problem(.usage)` when a table has no such column, or they have no other in common.
    public init(id: String, headers: [String], reference: [String]) throws {
        func find(_ headers: [String], _ which: String) throws -> Int {
            guard let column = headers.firstIndex(of: id) else {
                throw Problem(
                    .usage,
                    "--id \(id): the \(which) has no such column; its columns are \(headers.joined(separator: ", "))")
            }
            return column
        }
        self.id = id
        ids = (try find(headers, "table"), try find(reference, "reference"))
        columns = headers.enumerated().compactMap { mine, name in
            name == id ? nil : reference.firstIndex(of: name).map { (mine, $0) }
        }
        names = columns.map { headers[$0.mine] }
        guard !columns.isEmpty else {
            throw Problem(.usage, "--reference: beside \(id), the table and the reference have no column in common")
        }
    }

    private static func hash(_ block: CellBlock, _ row: Int, _ column: Int) -> UInt64 {
        let bytes = block.cell(row: row, column: column)
        guard !bytes.isEmpty, HiddenMissing(bytes) == nil else { return 0 }
        return BlockValues.hash(block.text, block.column(column)[row]) | 1
    }

    /// Hashes of a block's cells: the id first, then the compared columns, row by row; 0 where nothing stands.
    public func hashes(of block: CellBlock, isReference: Bool) -> [UInt64] {
        let wanted = [isReference ? ids.theirs : ids.mine] + columns.map { isReference ? $0.theirs : $0.mine }
        return (0..<block.rowCount).flatMap { row in wanted.map { ReferenceComparison.hash(block, row, $0) } }
    }

    /// Enters hashes of the reference, in the order of its rows.
    public func enter(_ hashes: [UInt64]) {
        let width = columns.count + 1
        for begin in stride(from: 0, to: hashes.count, by: width) where hashes[begin] != 0 {
            guard positions[hashes[begin]] == nil else { continue }
            positions[hashes[begin]] = cells.count
            cells.append(contentsOf: hashes[(begin + 1)..<(begin + width)])
        }
    }

    /// Counts of the table's rows.
    public struct Counts: Sendable {
        fileprivate var matched = 0
        fileprivate var compared: [Int]
        fileprivate var equal: [Int]

        /// Adds other counts.
        public mutating func merge(_ other: Counts) {
            matched += other.matched
            for column in compared.indices {
                compared[column] += other.compared[column]
                equal[column] += other.equal[column]
            }
        }
    }

    /// No rows.
    public var noCounts: Counts {
        Counts(compared: columns.map { _ in 0 }, equal: columns.map { _ in 0 })
    }

    /// Compares a block of the table, once the reference is entered.
    public func compare(_ block: CellBlock) -> Counts {
        var counts = noCounts
        let hashes = hashes(of: block, isReference: false)
        let width = columns.count + 1
        for begin in stride(from: 0, to: hashes.count, by: width) where hashes[begin] != 0 {
            guard let known = positions[hashes[begin]] else { continue }
            counts.matched += 1
            for column in columns.indices {
                let (mine, theirs) = (hashes[begin + 1 + column], cells[known + column])
                guard mine != 0, theirs != 0 else { continue }
                counts.compared[column] += 1
                if mine == theirs { counts.equal[column] += 1 }
            }
        }
        return counts
    }

    /// The result of all counts.
    public func result(_ counts: Counts) -> Result {
        Result(
            id: id, matched: counts.matched,
            columns: names.indices.map {
                .init(name: names[$0], compared: counts.compared[$0], equal: counts.equal[$0])
            })
    }
}
