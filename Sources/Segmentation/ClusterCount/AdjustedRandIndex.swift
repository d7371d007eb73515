/// How far two groupings of the same rows agree beyond chance (Hubert & Arabie 1985): 1 when they are the same up to the
/// names, about 0 for groupings that have nothing to do with each other. It is scikit-learn's `adjusted_rand_score`.
public enum AdjustedRandIndex {
    /// The index of two labellings of one length.
    ///
    /// - Complexity: O(rows + labels of one × labels of the other).
    public static func between(_ one: [UInt32], _ other: [UInt32]) -> Double {
        precondition(one.count == other.count)
        var table = ContingencyTable(
            rowCount: one.reduce(0) { max($0, Int($1) + 1) }, columnCount: other.reduce(0) { max($0, Int($1) + 1) })
        for (left, right) in zip(one, other) { table.add(Int(left), Int(right)) }
        return table.adjustedRandIndex
    }
}

/// How many rows have each pair of labels in two groupings.
struct ContingencyTable {
    let rowCount: Int
    let columnCount: Int
    private(set) var counts: [Int]

    init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        counts = [Int](repeating: 0, count: rowCount * columnCount)
    }

    mutating func add(_ row: Int, _ column: Int) { counts[row * columnCount + column] += 1 }

    private var rowSums: [Int] {
        (0..<rowCount).map { row in counts[row * columnCount..<(row + 1) * columnCount].reduce(0, +) }
    }

    private var columnSums: [Int] {
        (0..<columnCount).map { column in (0..<rowCount).reduce(0) { $0 + counts[$1 * columnCount + column] } }
    }

    /// From the numbers of pairs of rows, as scikit-learn's `pair_confusion_matrix`.
    var adjustedRandIndex: Double {
        func pairs(_ counts: [Int]) -> Double { counts.reduce(0.0) { $0 + Double($1) * Double($1) } }
        let total = Double(counts.reduce(0, +))
        let (both, left, right) = (pairs(counts), pairs(rowSums), pairs(columnSums))
        let together = both - total
        let (onlyRight, onlyLeft) = (right - both, left - both)
        let apart = total * total - onlyRight - onlyLeft - both
        guard onlyLeft != 0 || onlyRight != 0 else { return 1 }
        return 2 * (together * apart - onlyLeft * onlyRight)
            / ((together + onlyLeft) * (onlyLeft + apart) + (together + onlyRight) * (onlyRight + apart))
    }

    /// For each row of the table the greatest Jaccard similarity |A ∩ B| / |A ∪ B| with a column; nil for an empty row.
    var bestJaccards: [Double?] {
        let (rows, columns) = (rowSums, columnSums)
        return (0..<rowCount).map { row in
            guard rows[row] > 0 else { return nil }
            return (0..<columnCount).reduce(0.0) { best, column in
                let common = counts[row * columnCount + column]
                return max(best, Double(common) / Double(rows[row] + columns[column] - common))
            }
        }
    }
}
