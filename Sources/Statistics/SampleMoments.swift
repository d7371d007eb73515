/// Count, mean and sum of squared deviations of a sample; two of them merge.
public struct SampleMoments: Hashable, Sendable {
    /// Values.
    public private(set) var count: Int
    /// Their mean; 0 when there is none.
    public private(set) var mean: Double
    /// Sum of the squared deviations from the mean.
    public private(set) var squares: Double

    /// The moments of nothing.
    public init() { (count, mean, squares) = (0, 0, 0) }

    /// Moments that were computed before.
    public init(count: Int, mean: Double, squares: Double) {
        self.count = count
        self.mean = mean
        self.squares = squares
    }

    /// The sample variance, with n − 1; nil of fewer than two values.
    public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

    /// Adds another sample (Chan, Golub & LeVeque 1979, the pairwise update).
    public mutating func merge(_ other: SampleMoments) {
        guard other.count > 0 else { return }
        guard count > 0 else {
            self = other
            return
        }
        let (own, added) = (Double(count), Double(other.count))
        let step = other.mean - mean
        mean += step * added / (own + added)
        squares += other.squares + step * step * own * added / (own + added)
        count += other.count
    }
}
