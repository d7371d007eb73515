import CustomerData
import Statistics

/// Cut points and segment map: everything that scores customers as the training data was scored.
public struct RFMModel: Hashable, Sendable {
    /// The cut points, the number of bins and the binning.
    public let cuts: RFMCuts
    /// Where scores lead to.
    public let map: SegmentMap
    /// How young a customer counts as new, in days.
    public let horizonDays: Int
    /// The date of the training data's recency.
    public let asOf: Day
    /// Decimals in which the training data states money.
    public let decimals: Int

    init(options: RFM.Options, asOf: Day, decimals: Int, cuts: RFMCuts) {
        self.cuts = cuts
        map = options.map
        horizonDays = options.horizonDays
        self.asOf = asOf
        self.decimals = decimals
    }

    /// Scores run from 1 to this.
    public var bins: Int { cuts.bins }
    /// How the scores relate.
    public var binning: RFM.Binning { cuts.binning }

    /// Scores and segments of every customer of a history as of a date; for the training data and its date, the
    /// training result.
    public func score(_ history: PurchaseHistory, asOf: Day, parallel: Parallel = Parallel()) -> RFMResult {
        score(RFMValues(of: history, asOf: asOf, parallel: parallel), parallel: parallel)
    }

    /// Scores and segments of every customer.
    ///
    /// - Complexity: O(customers · bins).
    public func score(_ values: RFMValues, parallel: Parallel = Parallel()) -> RFMResult {
        let count = values.count
        var scores = [UInt8](repeating: 0, count: count * 3)
        var segments = [UInt16](repeating: RFMResult.noSegment, count: count)
        let scorer = Scorer(self, asOf: values.asOf)
        scores.withUnsafeMutableBufferPointer { scores in
            segments.withUnsafeMutableBufferPointer { segments in
                let out = UncheckedSendable((scores, segments))
                parallel.forEachRange(count, size: RFMValues.blockSize) { customers, _, _ in
                    for customer in customers where values.frequency[customer] > 0 {
                        let (recency, frequency, monetary) = scorer.scores(values, customer)
                        out.value.0[customer] = UInt8(recency)
                        out.value.0[count + customer] = UInt8(frequency)
                        out.value.0[2 * count + customer] = UInt8(monetary)
                        out.value.1[customer] = scorer.segment(values, customer, recency, frequency, monetary)
                    }
                }
            }
        }
        return RFMResult(
            values: values, map: map, bins: bins, recencyScores: Array(scores[..<count]),
            frequencyScores: Array(scores[count..<2 * count]), monetaryScores: Array(scores[(2 * count)...]),
            segments: segments)
    }
}

extension RFMModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case cuts, map, horizonDays, asOf, decimals
    }

    /// Reads a model.
    ///
    /// - Throws: `DecodingError` when it is damaged, `Problem(.data)` when its map is.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        cuts = try container.decode(RFMCuts.self, forKey: .cuts)
        map = try container.decode(SegmentMap.self, forKey: .map)
        horizonDays = try container.decode(Int.self, forKey: .horizonDays)
        asOf = try container.decode(Day.self, forKey: .asOf)
        decimals = try container.decode(Int.self, forKey: .decimals)
        guard cuts.bins == map.bins, horizonDays >= 1, (0...4).contains(decimals) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath, debugDescription: "cuts, segment map and horizon don't go together")
            )
        }
    }
}

/// A model laid out for the loop over customers.
private struct Scorer {
    /// What a segment asks of its customers, and where the others go.
    private struct Rule {
        let orders: Int64
        let days: Int64
        let otherwise: UInt16
    }

    private let cuts: RFMCuts
    private let isNested: Bool
    private let asOf: Int64
    private let map: SegmentMap
    private let rules: [Rule]

    init(_ model: RFMModel, asOf: Day) {
        cuts = model.cuts
        isNested = model.binning == .nested
        self.asOf = Int64(asOf.number)
        map = model.map
        rules = model.map.segments.enumerated().map { index, segment in
            let other = model.map.segments.firstIndex { $0.id == segment.condition?.otherwise } ?? index
            return Rule(
                orders: Int64(segment.condition?.purchases ?? 0),
                days: segment.condition?.recent == true ? Int64(model.horizonDays) : .max, otherwise: UInt16(other))
        }
    }

    /// The three scores of a customer with a purchase.
    @inline(__always)
    func scores(_ values: RFMValues, _ customer: Int) -> (Int, Int, Int) {
        let days = asOf - Int64(values.lastPurchases[customer])
        var recency = 1
        for cut in cuts.recency where days < cut { recency += 1 }
        var group = isNested ? recency - 1 : 0
        let frequency = RFMCuts.score(values.frequency[customer], cuts.frequency[group])
        group = isNested ? group * cuts.bins + frequency - 1 : 0
        return (recency, frequency, RFMCuts.score(values.monetary[customer], cuts.monetary[group]))
    }

    /// The segment of a customer with those scores.
    @inline(__always)
    func segment(_ values: RFMValues, _ customer: Int, _ recency: Int, _ frequency: Int, _ monetary: Int) -> UInt16 {
        let segment = map.segment(ofCell: recency, frequency, monetary)
        let rule = rules[Int(segment)]
        let age = asOf - Int64(values.firstPurchases[customer])
        return values.frequency[customer] >= rule.orders && age <= rule.days ? segment : rule.otherwise
    }
}
