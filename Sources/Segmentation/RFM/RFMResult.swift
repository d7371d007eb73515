import CustomerData
import Statistics

/// What RFM says of every customer of a history, in its order.
public struct RFMResult: Sendable {
    /// Recency, frequency and monetary themselves.
    public let values: RFMValues
    /// Where scores lead to.
    public let map: SegmentMap
    /// Scores run from 1 to this.
    public let bins: Int
    /// Recency scores, `bins` for the most recent; 0 for a customer without a purchase.
    public let recencyScores: [UInt8]
    /// Frequency scores; 0 for a customer without a purchase.
    public let frequencyScores: [UInt8]
    /// Monetary scores; 0 for a customer without a purchase.
    public let monetaryScores: [UInt8]
    /// Indexes in `map.segments`; `RFMResult.noSegment` for a customer without a purchase.
    public let segments: [UInt16]

    /// Stands for "no segment".
    public static let noSegment = UInt16.max

    /// How many customers have each score.
    public struct ScoreSizes: Hashable, Codable, Sendable {
        /// Customers by recency score, from 1.
        public let recency: [Int]
        /// Customers by frequency score, from 1.
        public let frequency: [Int]
        /// Customers by monetary score, from 1.
        public let monetary: [Int]

        /// The scores that no customer has, as in `frequency 2`.
        public var empty: [String] {
            [("recency", recency), ("frequency", frequency), ("monetary", monetary)].flatMap { name, sizes in
                sizes.indices.filter { sizes[$0] == 0 }.map { "\(name) \($0 + 1)" }
            }
        }
    }

    /// How many customers have each score.
    ///
    /// - Complexity: O(customers).
    public var scoreSizes: ScoreSizes {
        func sizes(_ scores: [UInt8]) -> [Int] {
            var sizes = [Int](repeating: 0, count: bins + 1)
            for score in scores { sizes[Int(score)] += 1 }
            return Array(sizes.dropFirst())
        }
        return ScoreSizes(
            recency: sizes(recencyScores), frequency: sizes(frequencyScores), monetary: sizes(monetaryScores))
    }

    /// Customers that have a purchase, and so scores.
    ///
    /// - Complexity: O(customers).
    public var customerCount: Int { segments.count { $0 != RFMResult.noSegment } }
}
