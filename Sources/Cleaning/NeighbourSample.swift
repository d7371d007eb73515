import CustomerData
import Semantics

/// Rows that are kept to find those most similar to a row with an empty cell: an accumulator.
///
/// Of all rows those with the smallest digests are kept, so that the sample is the same however the rows were parted.
final class NeighbourSample {
    struct Row {
        let digest: UInt64
        let cells: [String]
    }

    /// Rows kept.
    static let size = 4000
    private let columns: [Int]
    private let columnCount: Int
    private var kept: [Row] = []

    init(_ options: CleaningOptions) {
        let kinds = options.columns.kinds
        // What tells persons apart says nothing about others.
        columns = kinds.indices.filter { kinds[$0].mayBeFilled || kinds[$0] == .birthDate }
        columnCount = kinds.count
    }

    func add(_ cells: CleanedCells, _ row: Int) {
        var digest: UInt64 = 0
        for column in 0..<columnCount {
            let cell = cells.cell(row, column)
            if let start = cell.baseAddress { digest = (digest &* 31) ^ ByteHash.hash(start, cell.count) }
        }
        if kept.count >= NeighbourSample.size * 2 { shrink() }
        if let last = kept.last, kept.count >= NeighbourSample.size, isSorted, digest > last.digest { return }
        kept.append(Row(digest: digest, cells: (0..<columnCount).map { cells.text(row, $0) }))
        isSorted = false
    }

    private var isSorted = false

    private func shrink() {
        kept.sort { $0.digest != $1.digest ? $0.digest < $1.digest : $0.cells.lexicographicallyPrecedes($1.cells) }
        if kept.count > NeighbourSample.size { kept.removeSubrange(NeighbourSample.size...) }
        isSorted = true
    }

    func merge(_ other: NeighbourSample) {
        kept += other.kept
        shrink()
    }

    /// The rows, the same ones in the same order for the same table.
    func rows() -> [Row] {
        shrink()
        return kept
    }

    /// Columns by which rows are compared.
    var compared: [Int] { columns }
}
