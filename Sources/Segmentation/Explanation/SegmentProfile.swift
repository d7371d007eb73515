import CustomerData
import Statistics

/// What the customers of a segment are like in one feature: mean, quantiles that one of them can be set beside, and how
/// far they stand apart from all others.
public struct SegmentProfile: Hashable, Sendable {
    /// The segment; empty for the customers without one.
    public let segment: String
    /// The feature.
    public let feature: String
    /// Unit of the feature.
    public let unit: String
    /// Customers of the segment that have a value.
    public let customerCount: Int
    /// Mean of their values; nil when none has one.
    public let mean: Double?
    /// The segment's part of the sum over the customers of all segments; nil where a value is negative or the sum is 0,
    /// and for the customers without a segment.
    public let sumShare: Double?
    /// How far the segment's mean lies from that of the customers of all other segments, on the scale that features are
    /// compared on; nil where that is not defined, and for the customers without a segment.
    public let difference: StandardisedDifference?
    /// Rank of the feature among the segment's by |difference|, from 1; of equal ones the feature further left comes
    /// first. Nil without a difference.
    public internal(set) var rank: Int?
    /// The quantiles at `probabilities`: the smallest value that at least that share of them does not exceed (Hyndman &
    /// Fan 1996, type 1); the first is the least value. Empty when no customer has a value.
    public let quantiles: [Double]

    /// Twentieths from 0 to 1.
    public static let probabilities = (0...20).map { Double($0) / 20 }

    /// A profile of those quantiles, as many as there are probabilities or none.
    public init(
        segment: String, feature: String, unit: String, customerCount: Int, mean: Double? = nil,
        sumShare: Double? = nil, difference: StandardisedDifference? = nil, quantiles: [Double]
    ) {
        precondition(quantiles.isEmpty || quantiles.count == SegmentProfile.probabilities.count)
        self.segment = segment
        self.feature = feature
        self.unit = unit
        self.customerCount = customerCount
        self.mean = mean
        self.sumShare = sumShare
        self.difference = difference
        self.quantiles = quantiles
    }

    /// The median; nil when no customer has a value.
    public var median: Double? { quantiles.isEmpty ? nil : quantiles[10] }

    /// Between which shares the share of the segment's customers with a smaller value lies: exactly 0 when nobody has
    /// one, at least the first and less than the second otherwise. Nil when no customer has a value.
    public func shareBelow(_ value: Double) -> (least: Double, most: Double)? {
        guard !quantiles.isEmpty, !value.isNaN else { return nil }
        // A quantile below the value stands for at least its share; one that is not, for more than is below.
        let smaller = quantiles.count { $0 < value }
        guard smaller > 0 else { return (0, 0) }
        guard smaller < quantiles.count else { return (1, 1) }
        return (SegmentProfile.probabilities[smaller - 1], SegmentProfile.probabilities[smaller])
    }
}
