import CustomerData

/// Rows chosen by a hash of their place, with the hashes of all their cells: what relations between columns are looked
/// for in. A row's chance is the same everywhere in the file, and the choice does not depend on threads.
struct RowSample: Sendable {
    /// Rows at most.
    let limit: Int
    /// Cells a row.
    let columnCount: Int
    /// Low bits that are zero in the key of every row that is kept.
    private(set) var level = 0
    private(set) var rows: [Row] = []

    struct Row: Sendable {
        let key: UInt64
        /// The row in the file, from 0.
        var number: Int
        /// A hash a cell; 0 where nothing stands.
        let cells: [UInt64]
    }

    /// A sample for a table of so many columns: at most 20,000 rows and four million pairs of row and column, squared
    /// columns kept in mind.
    init(columnCount: Int) {
        self.columnCount = columnCount
        limit = min(20_000, max(500, 40_000_000 / max(1, columnCount * columnCount)))
    }

    /// The key of a row.
    @inline(__always)
    static func key(block: Int, row: Int) -> UInt64 {
        var z = UInt64(block) << 32 | UInt64(row)
        z = (z &+ 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Adds the rows of the next block.
    mutating func add(_ added: [Row], rowsBefore: Int) {
        for row in added where row.key & mask == 0 {
            var row = row
            row.number += rowsBefore
            rows.append(row)
        }
        while rows.count > limit {
            level += 1
            let mask = mask
            rows.removeAll { $0.key & mask != 0 }
        }
    }

    private var mask: UInt64 { 1 << UInt64(level) - 1 }
}
