import LinearAlgebra
import Statistics

/// Rows drawn at random without replacement, in ascending order; all of them when there are no more than asked for.
enum RowSample {
    /// The drawn rows.
    ///
    /// - Complexity: O(rows).
    static func draw(_ count: Int, of rowCount: Int, using generator: inout SeededGenerator) -> [Int] {
        guard count < rowCount else { return Array(0..<rowCount) }
        // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
        var chosen: [Int] = []
        chosen.reserveCapacity(count)
        for row in 0..<rowCount where chosen.count < count {
            if generator.unit() * Double(rowCount - row) < Double(count - chosen.count) { chosen.append(row) }
        }
        return chosen
    }
}

extension Matrix {
    /// Some rows, as doubles.
    func doubles(_ rows: [Int]) -> Matrix<Double> {
        var elements: [Double] = []
        elements.reserveCapacity(rows.count * columnCount)
        if let same = self as? Matrix<Double> {
            for row in rows { elements += same.elements[row * columnCount..<(row + 1) * columnCount] }
        } else if let floats = self as? Matrix<Float> {
            for row in rows {
                for value in floats.elements[row * columnCount..<(row + 1) * columnCount] {
                    elements.append(Double(value))
                }
            }
        } else {
            for row in rows { for column in 0..<columnCount { elements.append(Double(self[row, column])) } }
        }
        return Matrix<Double>(rowCount: rows.count, columnCount: columnCount, elements: elements)
    }
}

extension DistinctRows {
    /// The number of distinct rows of positive weight that k-means sees, or `enough` when there are at least so many.
    ///
    /// - Throws: a data problem that names the row and the column of a value that is not finite.
    static func count<Element>(
        _ points: Matrix<Element>, weights: [Double]?, enough: Int, columnNames: [String], parallel: Parallel
    ) throws -> Int {
        let data = try CentredPoints(points, weights: weights, columnNames: columnNames, parallel: parallel)
        return count(data, weights: weights, enough: enough)
    }
}
