import LinearAlgebra
import Statistics

/// Rows that a logistic regression is learnt from, in blocks: whether it came, and numbers of mean 0 and standard
/// deviation 1 behind a 1 for the intercept.
protocol LogisticRows {
    /// Blocks; sums run over them in order.
    var blockCount: Int { get }
    /// Rows of all blocks.
    var rowCount: Int { get }
    /// Weights: the intercept, and one a number.
    var weightCount: Int { get }
    /// Loss with derivatives at the weights, on every `stride`-th row of a block.
    func slope(block: Int, weights: [Double], stride: Int) -> LogisticSlope
}

/// Ridge logistic regression with C = 1 as in scikit-learn's `LogisticRegression`: the sum of the log losses plus half
/// the squared weights is least; the intercept is free. By Newton's method with halved steps where one would overshoot.
struct RidgeLogistic<Rows: LogisticRows> {
    let rows: Rows
    let parallel: Parallel

    /// Rows between two that the rough solution looks at.
    private static var roughStride: Int { 16 }
    /// Rows below which a rough solution first does not pay.
    private static var fewRows: Int { 20_000 }
    /// Newton's steps at most; from zero it takes about six.
    private static var largestStepCount: Int { 100 }
    /// The error after a step of Newton's method is about the square of the step: the last step is one below this.
    private static var lastStep: Double { 1e-6 }
    /// 1/C.
    private static var ridge: Double { 1 }

    /// The weights, the intercept first.
    ///
    /// - Complexity: O(rows · weights²) a step; a few steps.
    func weights() -> [Double] {
        let zero = [Double](repeating: 0, count: rows.weightCount)
        guard rows.rowCount >= Self.fewRows else { return solution(from: zero, stride: 1) }
        let rough = solution(from: zero, stride: Self.roughStride)
        // A part can mislead, when all or none in it came.
        return solution(from: rough.largestMagnitude < 20 ? rough : zero, stride: 1)
    }

    /// Loss with derivatives at the weights, on every `stride`-th row of each block and as much of the ridge.
    private func slope(at weights: [Double], stride: Int) -> LogisticSlope {
        var slope = LogisticSlope(weightCount: weights.count)
        for part in parallel.map(rows.blockCount, { rows.slope(block: $0, weights: weights, stride: stride) }) {
            slope.merge(part)
        }
        let ridge = Self.ridge / Double(stride)
        for weight in weights.indices.dropFirst() {
            slope.loss += 0.5 * (ridge * weights[weight] * weights[weight])
            slope.gradient[weight] += ridge * weights[weight]
            slope.curvature[weight, weight] += ridge
        }
        return slope
    }

    private func solution(from start: [Double], stride: Int) -> [Double] {
        var weights = start
        var current = slope(at: weights, stride: stride)
        for _ in 0..<Self.largestStepCount {
            guard var step = solvePositiveDefinite(current.curvature, current.gradient) else { break }
            if step.largestMagnitude <= Self.lastStep { return weights.less(step) }
            var next = slope(at: weights.less(step), stride: stride)
            while next.loss > current.loss, step.largestMagnitude > Self.lastStep {
                for position in step.indices { step[position] *= 0.5 }
                next = slope(at: weights.less(step), stride: stride)
            }
            weights = weights.less(step)
            current = next
        }
        return weights
    }
}

extension [Double] {
    fileprivate var largestMagnitude: Double { reduce(0) { Swift.max($0, abs($1)) } }

    fileprivate func less(_ other: [Double]) -> [Double] { zip(self, other).map { $0 - $1 } }
}

/// Log loss of rows with its first and second derivatives by the weights; adds up over blocks.
struct LogisticSlope {
    var loss = 0.0
    var gradient: [Double]
    /// Second derivatives; the upper triangle.
    var curvature: Matrix<Double>

    init(weightCount: Int) {
        gradient = [Double](repeating: 0, count: weightCount)
        curvature = Matrix(rowCount: weightCount, columnCount: weightCount)
    }

    mutating func merge(_ other: LogisticSlope) {
        loss += other.loss
        for position in gradient.indices { gradient[position] += other.gradient[position] }
        for position in curvature.elements.indices {
            curvature.elements[position] += other.curvature.elements[position]
        }
    }
}
