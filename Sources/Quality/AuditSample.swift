import CustomerData
import Semantics

/// Draws cells for a person to look at: as many of every column, each filled cell of a column with the same chance.
///
/// A cell's place and the seed decide, so that the draw is the same for any number of threads.
public final class AuditSample {
    /// A drawn cell.
    public struct Cell: Sendable {
        fileprivate let key: UInt64
        /// Line in the file, from 1.
        public var line: Int
        /// The column, from 0.
        public let column: Int
        /// The cell's text.
        public let text: String
    }

    /// What a block contributes: candidates by column, and the filled cells of each.
    public struct Part: Sendable {
        fileprivate var cells: [[Cell]]
        fileprivate var filled: [Int]
    }

    private let perColumn: Int
    private let seed: UInt64
    private var kept: [[Cell]]
    /// Filled cells by column.
    public private(set) var filled: [Int]

    /// A draw of about `size` cells from so many columns: the same number of each.
    ///
    /// - Throws: `Problem(.usage)` when `size` is not in 1...100000.
    public init(size: Int, seed: UInt64, columnCount: Int) throws {
        guard (1...100_000).contains(size) else {
            throw Problem(.usage, "AuditSample.size must be in 1...100000; got \(size)")
        }
        perColumn = max(1, (size + columnCount - 1) / columnCount)
        self.seed = seed
        kept = Array(repeating: [], count: columnCount)
        filled = Array(repeating: 0, count: columnCount)
    }

    /// The candidates of a block; several threads may ask at the same time.
    public func draw(_ block: CellBlock) -> Part {
        var part = Part(
            cells: Array(repeating: [], count: block.columnCount), filled: Array(repeating: 0, count: block.columnCount)
        )
        for column in 0..<block.columnCount {
            var candidates: [(key: UInt64, row: Int)] = []
            for row in 0..<block.rowCount {
                let bytes = block.cell(row: row, column: column)
                guard !bytes.isEmpty, HiddenMissing(bytes) == nil else { continue }
                part.filled[column] += 1
                let key = BlockProfiler.mix(RowSample.key(block: block.number, row: row) ^ seed, UInt64(column) + 1)
                if candidates.count == perColumn, key >= candidates[perColumn - 1].key { continue }
                let place = candidates.firstIndex { $0.key > key } ?? candidates.count
                candidates.insert((key, row), at: place)
                if candidates.count > perColumn { candidates.removeLast() }
            }
            part.cells[column] = candidates.map { candidate in
                Cell(
                    key: candidate.key, line: block.line(ofRow: candidate.row), column: column,
                    text: String(decoding: block.cell(row: candidate.row, column: column), as: UTF8.self))
            }
        }
        return part
    }

    /// Adds what a block gave.
    ///
    /// - Parameter firstLine: the line in the file, from 1, on which the block begins.
    public func commit(_ part: Part, firstLine: Int) {
        for column in kept.indices {
            filled[column] += part.filled[column]
            let added = part.cells[column].map { cell in
                var cell = cell
                cell.line += firstLine
                return cell
            }
            kept[column] = Array((kept[column] + added).sorted { $0.key < $1.key }.prefix(perColumn))
        }
    }

    /// The drawn cells in the order of the file.
    public var cells: [Cell] { kept.flatMap(\.self).sorted { ($0.line, $0.column) < ($1.line, $1.column) } }
}
