import CustomerData
import LinearAlgebra
import Statistics

extension ReturnRegression {
    /// The regression on blocks of rows, by `RidgeLogistic`. Nil when no row or every row returned: then there is
    /// nothing to tell apart.
    ///
    /// - Complexity: O(rows) a step; a few steps.
    init?(blocks: [[ReturnRow]], snapshots: [Day], parallel: Parallel) {
        let rowCount = blocks.reduce(0) { $0 + $1.count }
        let sum = parallel.map(blocks.count) { block in
            blocks[block].reduce(into: Lanes()) { $0 += Lanes($1) }
        }.reduce(Lanes(), +)
        guard sum[0] > 0, sum[0] < Double(rowCount) else { return nil }
        var mean = sum / Double(rowCount)
        mean[0] = 0
        let squares = parallel.map(blocks.count) { block in
            blocks[block].reduce(into: Lanes()) { $0 += (Lanes($1) - mean) * (Lanes($1) - mean) }
        }.reduce(Lanes(), +)
        var scale = (squares / Double(rowCount)).squareRoot()
        scale[0] = 1
        scale.replace(with: 1, where: scale .== 0)

        let rows = ReturnRows(blocks: blocks, rowCount: rowCount, mean: mean, scale: scale)
        let weights = RidgeLogistic(rows: rows, parallel: parallel).weights()
        func term(_ lane: Int) -> Term { Term(mean: mean[lane], scale: scale[lane], weight: weights[lane]) }
        self.init(
            intercept: weights[0], silence: term(1), repeats: term(2), tenure: term(3), rowCount: rowCount,
            returnedShare: sum[0] / Double(rowCount), snapshots: snapshots)
    }
}

/// Intercept and three weights, or the numbers that they multiply.
private typealias Lanes = SIMD4<Double>

/// Rows of training, a vector each: there are many.
private struct ReturnRows: LogisticRows {
    let blocks: [[ReturnRow]]
    let rowCount: Int
    let mean: Lanes
    let scale: Lanes

    var blockCount: Int { blocks.count }
    var weightCount: Int { 4 }

    func slope(block: Int, weights: [Double], stride: Int) -> LogisticSlope {
        let rows = blocks[block]
        let weights = Lanes(weights)
        let inverse = 1 / scale
        var loss = LogLoss()
        var gradient = Lanes()
        var curvature = (Lanes(), Lanes(), Lanes(), Lanes())
        var position = 0
        while position < rows.count {
            let row = Lanes(rows[position])
            position += stride
            let returned = row[0]
            var predictors = (row - mean) * inverse
            predictors[0] = 1
            let chance = loss.add(odds: (predictors * weights).sum(), came: returned)
            gradient += (chance - returned) * predictors
            let weighted = (chance * (1 - chance)) * predictors
            curvature.0 += weighted[0] * predictors
            curvature.1 += weighted[1] * predictors
            curvature.2 += weighted[2] * predictors
            curvature.3 += weighted[3] * predictors
        }
        var slope = LogisticSlope(weightCount: 4)
        slope.loss = loss.total
        for (column, values) in [curvature.0, curvature.1, curvature.2, curvature.3].enumerated() {
            slope.gradient[column] = gradient[column]
            for row in 0..<4 { slope.curvature[row, column] = values[row] }
        }
        return slope
    }
}
