import CustomerData
import Statistics

/// Recency, frequency and monetary scores (Hughes, "Strategic Database Marketing", 1994) and the segment that they lead
/// to.
///
/// A score is 1 + the number of cuts below the value, and cut i of `bins` is the inverse of the empirical distribution
/// at i / bins (Hyndman & Fan 1996, type 1); recency counts negated, so that a recent customer scores high. So equal
/// values have equal scores whatever the order of the rows, and where many values are equal a score may stay empty.
/// Counts and money are compared as whole numbers: no rounding anywhere.
public struct RFM: Sendable {
    /// How scores of frequency and monetary relate to the scores before them.
    public enum Binning: String, CaseIterable, Codable, Sendable {
        /// Each score by itself, over all customers.
        case independent
        /// Frequency within customers of one recency score, monetary within those of one recency and one frequency
        /// score (SPSS's nested binning).
        case nested
    }

    /// Numbers of bins there may be.
    public static let allowedBins = 2...10

    /// What may be chosen.
    public struct Options: Hashable, Sendable {
        /// Scores run from 1 to this.
        public let bins: Int
        /// How the scores relate.
        public let binning: Binning
        /// The horizon, in days: how young a customer counts as new.
        public let horizonDays: Int
        /// Where scores lead to.
        public let map: SegmentMap

        /// Options that go together.
        ///
        /// - Parameters:
        ///   - bins: in `2...10`; by default the map's.
        ///   - horizonDays: at least 1.
        /// - Throws: `Problem(.usage)` when a value isn't allowed, or the map is for other bins.
        public init(
            bins: Int? = nil, binning: Binning = .independent, horizonDays: Int = 90, map: SegmentMap = .twoDigit
        ) throws {
            let bins = bins ?? map.bins
            guard RFM.allowedBins.contains(bins) else {
                throw Problem(.usage, "RFM.bins must be in 2...10; got \(bins)")
            }
            guard horizonDays >= 1 else {
                throw Problem(.usage, "RFM.horizonDays must be in 1...; got \(horizonDays)")
            }
            guard bins == map.bins else {
                throw Problem(
                    .usage,
                    "the segment map \(map.name) is for \(map.bins) bins; \(bins) bins need a map of their own (--map)")
            }
            self.bins = bins
            self.binning = binning
            self.horizonDays = horizonDays
            self.map = map
        }
    }

    /// The options.
    public let options: Options

    /// RFM with those options.
    public init(_ options: Options) { self.options = options }

    /// Cuts from the customers that have a purchase.
    ///
    /// - Throws: `Problem(.data)` when no customer has one.
    /// - Complexity: O(customers).
    public func fit(_ values: RFMValues, parallel: Parallel = Parallel()) throws -> RFMModel {
        guard let cuts = RFMCuts(of: values, bins: options.bins, binning: options.binning, parallel: parallel) else {
            throw Problem(.data, "no customer has a purchase as of \(values.asOf): there is nothing to score")
        }
        return RFMModel(options: options, asOf: values.asOf, decimals: values.decimals, cuts: cuts)
    }

    /// Cuts from the customers that have a purchase as of a date.
    ///
    /// - Throws: `Problem(.data)` when no customer has one.
    public func fit(_ history: PurchaseHistory, asOf: Day, parallel: Parallel = Parallel()) throws -> RFMModel {
        try fit(RFMValues(of: history, asOf: asOf, parallel: parallel), parallel: parallel)
    }

    /// Scores in one cell: `543`, joined with `-` when there are more than 9 bins.
    static func joined(_ scores: [Int], bins: Int) -> String {
        scores.map(String.init).joined(separator: bins > 9 ? "-" : "")
    }
}
