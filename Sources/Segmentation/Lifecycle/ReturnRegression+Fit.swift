import CustomerData
import Glibc
import LinearAlgebra
import Statistics

extension ReturnRegression {
    /// The regression on blocks of rows, by Newton's method with halved steps where one would overshoot; the sums run
    /// over the blocks in order. Nil when no row or every row returned: then there is nothing to tell apart.
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

        let problem = LogisticProblem(blocks: blocks, mean: mean, scale: scale, parallel: parallel)
        let weights = problem.solution(from: problem.roughSolution(rowCount: rowCount))
        func term(_ lane: Int) -> Term { Term(mean: mean[lane], scale: scale[lane], weight: weights[lane]) }
        self.init(
            intercept: weights[0], silence: term(1), repeats: term(2), tenure: term(3), rowCount: rowCount,
            returnedShare: sum[0] / Double(rowCount), snapshots: snapshots)
    }
}

/// Intercept and three weights, or the numbers that they multiply.
private typealias Lanes = SIMD4<Double>

/// The loss of rows of training as a function of the weights.
private struct LogisticProblem {
    let blocks: [[ReturnRow]]
    let mean: Lanes
    let scale: Lanes
    let parallel: Parallel

    /// Rows between two that the rough solution looks at.
    static let roughStride = 16
    /// Rows below which a rough solution first does not pay.
    static let fewRows = 20_000
    /// Newton's steps at most; from zero it takes about six.
    static let largestStepCount = 100
    /// The error after a step of Newton's method is about the square of the step: the last step is one below this.
    static let lastStep = 1e-6
    /// 1/C.
    static let ridge = Lanes(0, 1, 1, 1)

    /// Loss with derivatives at the weights, on every `stride`-th row of each block and as much of the ridge.
    func slope(at weights: Lanes, stride: Int) -> LogisticSlope {
        var slope = LogisticSlope()
        for part in parallel.map(
            blocks.count,
            { LogisticSlope(blocks[$0], mean: mean, scale: scale, weights: weights, stride: stride) })
        {
            slope.merge(part)
        }
        let ridge = Self.ridge / Double(stride)
        slope.loss += 0.5 * (ridge * weights * weights).sum()
        slope.gradient += ridge * weights
        slope.curvature.0 += Lanes(ridge[0], 0, 0, 0)
        slope.curvature.1 += Lanes(0, ridge[1], 0, 0)
        slope.curvature.2 += Lanes(0, 0, ridge[2], 0)
        slope.curvature.3 += Lanes(0, 0, 0, ridge[3])
        return slope
    }

    /// Weights to start from: the solution on a part of the rows where there are many, and zero otherwise.
    func roughSolution(rowCount: Int) -> Lanes {
        guard rowCount >= Self.fewRows else { return Lanes() }
        let rough = solution(from: Lanes(), stride: Self.roughStride)
        // A part can mislead, when all or none in it returned.
        return rough.largestMagnitude < 20 ? rough : Lanes()
    }

    func solution(from start: Lanes, stride: Int = 1) -> Lanes {
        var weights = start
        var current = slope(at: weights, stride: stride)
        for _ in 0..<Self.largestStepCount {
            guard var step = current.newtonStep else { break }
            if step.largestMagnitude <= Self.lastStep { return weights - step }
            var next = slope(at: weights - step, stride: stride)
            while next.loss > current.loss, step.largestMagnitude > Self.lastStep {
                step *= 0.5
                next = slope(at: weights - step, stride: stride)
            }
            weights -= step
            current = next
        }
        return weights
    }
}

extension Lanes {
    fileprivate var largestMagnitude: Double { Swift.max(Swift.max(abs(x), abs(y)), Swift.max(abs(z), abs(w))) }
}

/// Log loss of rows with its first and second derivatives by the weights; adds up over blocks.
private struct LogisticSlope {
    var loss = 0.0
    var gradient = Lanes()
    /// Columns of the second derivative.
    var curvature = (Lanes(), Lanes(), Lanes(), Lanes())

    init() {}

    init(_ rows: [ReturnRow], mean: Lanes, scale: Lanes, weights: Lanes, stride: Int) {
        let inverse = 1 / scale
        // Π(1 + e^−|z|) stands for Σ ln(1 + e^−|z|): a factor is at most 2, so that 512 of them stay in range.
        var product = 1.0
        var factors = 0
        var position = 0
        while position < rows.count {
            let row = Lanes(rows[position])
            position += stride
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

    /// What Newton's method takes off the weights; nil where the curvature is flat.
    var newtonStep: Lanes? {
        var matrix = Matrix<Double>(rowCount: 4, columnCount: 4)
        for (column, values) in [curvature.0, curvature.1, curvature.2, curvature.3].enumerated() {
            for row in 0..<4 { matrix[row, column] = values[row] }
        }
        return solvePositiveDefinite(matrix, (0..<4).map { gradient[$0] }).map { Lanes($0) }
    }
}
