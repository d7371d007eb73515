/// The score interval of a share (Wilson, "Probable inference, the law of succession, and statistical inference", JASA
/// 22, 1927), without correction for continuity, at 95 %.
///
/// It holds for few customers and for shares near 0 and 1, where share ± 1.96 standard errors does not.
public struct WilsonInterval: Hashable, Sendable {
    /// The lower end, in `0...1`.
    public let low: Double
    /// The upper end, in `0...1`.
    public let high: Double

    /// The 97.5 % quantile of the standard normal distribution.
    public static let quantile = 1.959963984540054

    /// The interval of `count` of `total`; nil when the total is 0.
    ///
    /// - Parameters:
    ///   - count: in `0...total`.
    ///   - total: not negative.
    public init?(_ count: Int, of total: Int) {
        precondition(count >= 0 && count <= total)
        guard total > 0 else { return nil }
        self.init(share: Double(count) / Double(total), size: Double(total))
    }

    /// The interval of a share seen in a sample of `size`, which need not be whole: an effective sample size of a
    /// weighted sample (Kish 1965).
    ///
    /// - Parameters:
    ///   - share: in `0...1`.
    ///   - size: above 0.
    public init(share: Double, size n: Double) {
        precondition(share >= 0 && share <= 1 && n > 0)
        let square = WilsonInterval.quantile * WilsonInterval.quantile
        let centre = (share + square / (2 * n)) / (1 + square / n)
        let half =
            WilsonInterval.quantile * (share * (1 - share) / n + square / (4 * n * n)).squareRoot() / (1 + square / n)
        // At 0 and at all the ends are exact; rounding could leave a trace beyond them.
        low = share == 0 ? 0 : max(0, centre - half)
        high = share == 1 ? 1 : min(1, centre + half)
    }
}
