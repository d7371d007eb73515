import CustomerData
import Glibc
import LinearAlgebra
import Statistics

extension ReturnRegression {
    /// Steps of Newton's method at most; from zero it takes about seven.
    private static let largestStepCount = 100
    /// Newton's method ends when no weight moves by more than this.
    private static let tolerance = 1e-10
    /// 1/C.
    private static let ridge = ReturnRow(0, 1, 1, 1)

    /// The regression on blocks of rows, by Newton's method with halved steps where one would overshoot; the sums run
    /// over the blocks in order. Nil when no row or every row returned: then there is nothing to tell apart.
    ///
    /// - Complexity: O(rows) a step.
    init?(blocks: [[ReturnRow]], snapshots: [Day], parallel: Parallel) {
        let rowCount = blocks.reduce(0) { $0 + $1.count }
        let sum = parallel.map(blocks.count) { block in blocks[block].reduce(into: ReturnRow()) { $0 += $1 } }
            .reduce(ReturnRow(), +)
        guard sum[0] > 0, sum[0] < Double(rowCount) else { return nil }
        var mean = sum / Double(rowCount)
        mean[0] = 0
        let squares = parallel.map(blocks.count) { block in
            blocks[block].reduce(into: ReturnRow()) { $0 += ($1 - mean) * ($1 - mean) }
        }.reduce(ReturnRow(), +)
        var scale = (squares / Double(rowCount)).squareRoot()
        scale[0] = 1
        scale.replace(with: 1, where: scale .== 0)

        func slope(at weights: ReturnRow) -> LogisticSlope {
            var slope = LogisticSlope()
            for part in parallel.map(
                blocks.count, { LogisticSlope(blocks[$0], mean: mean, scale: scale, weights: weights) })
            {
                slope.merge(part)
            }
            slope.loss += 0.5 * (Self.ridge * weights * weights).sum()
            slope.gradient += Self.ridge * weights
            return slope
        }
        var weights = ReturnRow()
        var current = slope(at: weights)
        for _ in 0..<Self.largestStepCount {
            guard var step = current.newtonStep(ridge: Self.ridge) else { break }
            var next = slope(at: weights - step)
            while next.loss > current.loss, step.largestMagnitude > Self.tolerance {
                step *= 0.5
                next = slope(at: weights - step)
            }
            weights -= step
            current = next
            if step.largestMagnitude <= Self.tolerance { break }
        }
        func term(_ lane: Int) -> Term { Term(mean: mean[lane], scale: scale[lane], weight: weights[lane]) }
        self.init(
            intercept: weights[0], silence: term(1), repeats: term(2), tenure: term(3), rowCount: rowCount,
            returnedShare: sum[0] / Double(rowCount), snapshots: snapshots)
    }
}

extension ReturnRow {
    fileprivate var largestMagnitude: Double { Swift.max(Swift.max(abs(x), abs(y)), Swift.max(abs(z), abs(w))) }
}

/// Log loss of rows with its first and second derivatives by the weights; adds up over blocks.
private struct LogisticSlope {
    var loss = 0.0
    var gradient = ReturnRow()
    /// Columns of the second derivative, without the ridge.
    var curvature = (ReturnRow(), ReturnRow(), ReturnRow(), ReturnRow())

    init() {}

    init(_ rows: [ReturnRow], mean: ReturnRow, scale: ReturnRow, weights: ReturnRow) {
        let inverse = 1 / scale
        // Π(1 + e^−|z|) stands for Σ ln(1 + e^−|z|): a factor is at most 2, so that 512 of them stay in range.
        var product = 1.0
        var factors = 0
        for row in rows {
            let returned = row[0]
            var predictors = (row - mean) * inverse
            predictors[0] = 1
            let odds = (predictors * weights).sum()
            let small = exp(-abs(odds))
            let chance = (odds >= 0 ? 1 : small) / (1 + small)
            loss += max(odds, 0) - returned * odds
            product *= 1 + small
            factors += 1
            if factors == 512 {
                loss += log(product)
                product = 1
                factors = 0
            }
            gradient += (chance - returned) * predictors
            let weighted = (chance * (1 - chance)) * predictors
            curvature.0 += weighted[0] * predictors
            curvature.1 += weighted[1] * predictors
            curvature.2 += weighted[2] * predictors
            curvature.3 += weighted[3] * predictors
        }
        loss += log(product)
    }

    mutating func merge(_ other: LogisticSlope) {
        loss += other.loss
        gradient += other.gradient
        curvature.0 += other.curvature.0
        curvature.1 += other.curvature.1
        curvature.2 += other.curvature.2
        curvature.3 += other.curvature.3
    }

    func newtonStep(ridge: ReturnRow) -> ReturnRow? {
        var matrix = Matrix<Double>(rowCount: 4, columnCount: 4)
        for (column, values) in [curvature.0, curvature.1, curvature.2, curvature.3].enumerated() {
            for row in 0..<4 { matrix[row, column] = values[row] }
            matrix[column, column] += ridge[column]
        }
        let gradient = (0..<4).map { self.gradient[$0] }
        return solvePositiveDefinite(matrix, gradient).map { ReturnRow($0) }
    }
}
