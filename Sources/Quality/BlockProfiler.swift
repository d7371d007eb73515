import CustomerData
import Semantics
import Statistics

/// What a block contributes in the order of the file.
struct BlockFindings: Sendable {
    var values: [FrequentTexts.Summary] = []
    var patterns: [FrequentTexts.Summary] = []
    /// Sums of the numbers and of their squares, column by column.
    var sums: [(sum: Double, squares: Double)] = []
    var sample: [RowSample.Row] = []
}

/// Looks at blocks, one after the other, on one worker.
final class BlockProfiler {
    private let plans: [ColumnPlan]
    private let columns: [ColumnReader]
    private var rows = DigestSample()
    private var nearRows = DigestSample()
    private let values = BlockValues()
    private let scratch = CellScratch()
    private var rowHashes: [UInt64] = []
    private var nearHashes: [UInt64] = []
    private var rowKeys: [UInt64] = []

    init(_ plans: [ColumnPlan]) {
        self.plans = plans
        columns = plans.map { ColumnReader($0) }
    }

    /// What was counted, column by column.
    var tallies: [ColumnTally] { columns.map(\.tally) }

    /// Hands over the digests of the rows.
    func takeRows() -> DigestSample {
        defer { rows = DigestSample() }
        return rows
    }

    /// Hands over the digests of the rows in folded form, without their ids.
    func takeNearRows() -> DigestSample {
        defer { nearRows = DigestSample() }
        return nearRows
    }

    /// Looks at a block.
    ///
    /// - Parameter level: the level of the row sample by now.
    func read(_ block: CellBlock, level: Int) -> BlockFindings {
        var findings = BlockFindings()
        scratch.reserve(block.rowCount)
        let rowCount = block.rowCount
        rowHashes = [UInt64](repeating: 0, count: rowCount)
        nearHashes = [UInt64](repeating: 0, count: rowCount)
        rowKeys = (0..<rowCount).map { RowSample.key(block: block.number, row: $0) }
        let mask: UInt64 = 1 << UInt64(level) - 1
        let chosen = (0..<rowCount).filter { rowKeys[$0] & mask == 0 }
        var cells = chosen.map { _ in [UInt64](repeating: 0, count: block.columnCount) }
        for column in 0..<block.columnCount {
            values.fill(block, column: column)
            columns[column].read(block, column: column, values, scratch, into: &findings)
            joinRows(column: column)
            for (position, row) in chosen.enumerated() {
                let value = Int(values.positions[row])
                cells[position][column] = scratch.isMissing[value] ? 0 : values.hashes[value] | 1
            }
        }
        findings.sample = zip(chosen, cells).map { .init(key: rowKeys[$0], number: $0, cells: $1) }
        for row in 0..<rowCount {
            rowHashes[row] = BlockProfiler.mix(rowHashes[row])
            nearHashes[row] = BlockProfiler.mix(nearHashes[row])
        }
        rows.add(rowHashes)
        nearRows.add(nearHashes)
        return findings
    }

    /// Adds a column's values to the digests of their rows and of the column: sums of hashes times odd numbers, which
    /// the column or the row chooses.
    private func joinRows(column: Int) {
        let isIdentity = plans[column].isIdentity
        var digest: UInt64 = 0
        let odd = BlockProfiler.mix(UInt64(column) &+ 0x9E37_79B9_7F4A_7C15) | 1
        let (positions, hashes, folded) = (values.positions, values.hashes, scratch.folded)
        rowHashes.withUnsafeMutableBufferPointer { rowHashes in
            nearHashes.withUnsafeMutableBufferPointer { nearHashes in
                rowKeys.withUnsafeBufferPointer { keys in
                    for row in rowHashes.indices {
                        let position = Int(positions[row])
                        let hash = hashes[position]
                        rowHashes[row] &+= hash &* odd
                        if !isIdentity { nearHashes[row] &+= folded[position] &* odd }
                        digest &+= hash &* (keys[row] | 1)
                    }
                }
            }
        }
        columns[column].tally.digest &+= digest
    }

    @inline(__always)
    static func mix(_ state: UInt64, _ value: UInt64 = 0x9E37_79B9_7F4A_7C15) -> UInt64 {
        let product = (state ^ value).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low &+ 0x9E37_79B9_7F4A_7C15
    }
}
