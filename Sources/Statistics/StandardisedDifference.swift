/// How far the means of two samples lie apart, in pooled standard deviations: Hedges' g with a 95 % interval.
///
/// g = J · (m₁ − m₂) / s with s² = ((n₁ − 1)s₁² + (n₂ − 1)s₂²) / (n₁ + n₂ − 2) and J = 1 − 3 / (4(n₁ + n₂) − 9)
/// (Hedges 1981). Its variance is (n₁ + n₂) / (n₁ n₂) + g² / (2 (n₁ + n₂ − 3.94)) (Hartung, Knapp & Sinha 2008, as in
/// statsmodels' `effectsize_smd`), the interval g ± 1.96 standard errors.
///
/// By Cohen (1988) 0.2 is a small difference, 0.5 a medium one and 0.8 a large one.
public struct StandardisedDifference: Hashable, Sendable {
    /// Hedges' g: positive where the first sample has more.
    public let value: Double
    /// Standard error of `value`.
    public let standardError: Double

    /// The 97.5 % quantile of the normal distribution.
    private static let quantile = 1.959963984540054

    /// Lower end of the 95 % interval.
    public var low: Double { value - StandardisedDifference.quantile * standardError }
    /// Upper end of the 95 % interval.
    public var high: Double { value + StandardisedDifference.quantile * standardError }

    /// The difference of two samples; nil when either has no value, when there are fewer than four in all, or when
    /// neither varies.
    public init?(_ first: SampleMoments, against second: SampleMoments) {
        let count = Double(first.count + second.count)
        guard first.count > 0, second.count > 0, count >= 4 else { return nil }
        let pooled = ((first.squares + second.squares) / (count - 2)).squareRoot()
        let difference = first.mean - second.mean
        guard pooled > 0, pooled.isFinite, difference.isFinite else { return nil }
        let value = (1 - 3 / (4 * count - 9)) * difference / pooled
        let variance =
            count / (Double(first.count) * Double(second.count)) + value * value / (2 * (count - 3.94))
        guard value.isFinite, variance.isFinite else { return nil }
        self.value = value
        standardError = variance.squareRoot()
    }
}
