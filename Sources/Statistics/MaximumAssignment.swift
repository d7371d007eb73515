/// The assignment of greatest weight between two sets.
public enum MaximumAssignment {
    /// The column of each row, such that no column is taken twice and the weights of the pairs add up to the most; nil
    /// for a row without a column, and for one whose pair would have weight 0.
    ///
    /// The Hungarian method (Kuhn 1955) by shortest augmenting paths with potentials (Jonker & Volgenant 1987).
    ///
    /// - Parameter weights: rows × columns, none negative, all rows of one length.
    /// - Complexity: O(s² l) for s the smaller and l the larger of the numbers of rows and columns.
    public static func columns(of weights: [[Int]]) -> [Int?] {
        let rowCount = weights.count
        let columnCount = weights.first?.count ?? 0
        precondition(weights.allSatisfy { $0.count == columnCount }, "rows of one length")
        guard rowCount > 0, columnCount > 0 else { return Array(repeating: nil, count: rowCount) }
        if rowCount > columnCount {
            let turned = (0..<columnCount).map { column in weights.map { $0[column] } }
            var columns = [Int?](repeating: nil, count: rowCount)
            for (column, row) in MaximumAssignment.columns(of: turned).enumerated() {
                if let row { columns[row] = column }
            }
            return columns
        }
        let rows = rowsOfColumns(weights, rowCount, columnCount)
        var columns = [Int?](repeating: nil, count: rowCount)
        for (column, row) in rows.enumerated() where row >= 0 && weights[row][column] > 0 { columns[row] = column }
        return columns
    }

    /// The row of each column, -1 for none; there are at least as many columns as rows.
    private static func rowsOfColumns(_ weights: [[Int]], _ rowCount: Int, _ columnCount: Int) -> [Int] {
        // Column `columnCount` stands for the row that looks for a column. Costs are negative weights.
        var owner = [Int](repeating: -1, count: columnCount + 1)
        var rowPotential = [Int](repeating: 0, count: rowCount)
        var columnPotential = [Int](repeating: 0, count: columnCount + 1)
        for row in 0..<rowCount {
            owner[columnCount] = row
            var column = columnCount
            var shortest = [Int](repeating: .max, count: columnCount)
            var before = [Int](repeating: columnCount, count: columnCount)
            var isReached = [Bool](repeating: false, count: columnCount + 1)
            while owner[column] >= 0 {
                isReached[column] = true
                let current = owner[column]
                var (step, next) = (Int.max, columnCount)
                for other in 0..<columnCount where !isReached[other] {
                    let length = -weights[current][other] - rowPotential[current] - columnPotential[other]
                    if length < shortest[other] {
                        shortest[other] = length
                        before[other] = column
                    }
                    if shortest[other] < step { (step, next) = (shortest[other], other) }
                }
                for other in 0...columnCount {
                    if isReached[other] {
                        rowPotential[owner[other]] += step
                        columnPotential[other] -= step
                    } else if other < columnCount {
                        shortest[other] -= step
                    }
                }
                column = next
            }
            while column != columnCount {
                owner[column] = owner[before[column]]
                column = before[column]
            }
            owner[columnCount] = -1
        }
        owner.removeLast()
        return owner
    }
}
