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
                    scorer.score(customers, of: values, into: out.value.0, out.value.1)
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

    private let bins: Int
    private let isNested: Bool
    private let asOf: Int64
    private let recencyCuts: [Int64]
    /// Groups one after the other, `bins` − 1 cuts each.
    private let frequencyCuts: [Int64]
    private let monetaryCuts: [Int128]
    private let map: SegmentMap
    private let rules: [Rule]

    init(_ model: RFMModel, asOf: Day) {
        bins = model.bins
        isNested = model.binning == .nested
        self.asOf = Int64(asOf.number)
        recencyCuts = model.cuts.recency
        frequencyCuts = Array(model.cuts.frequency.joined())
        monetaryCuts = Array(model.cuts.monetary.joined())
        map = model.map
        rules = model.map.segments.enumerated().map { index, segment in
            let other = model.map.segments.firstIndex { $0.id == segment.condition?.otherwise } ?? index
            return Rule(
                orders: Int64(segment.condition?.purchases ?? 0),
                days: segment.condition?.recent == true ? Int64(model.horizonDays) : .max, otherwise: UInt16(other))
        }
    }

    /// Fills in the scores (all recency scores, then frequency, then monetary) and segments of customers with a
    /// purchase.
    func score(
        _ customers: Range<Int>, of values: RFMValues, into scores: UnsafeMutableBufferPointer<UInt8>,
        _ segments: UnsafeMutableBufferPointer<UInt16>
    ) {
        let (first, last, orders, sums) = (
            values.firstPurchases, values.lastPurchases, values.frequency, values.monetary
        )
        let (recencyCuts, frequencyCuts, monetaryCuts) = (recencyCuts, frequencyCuts, monetaryCuts)
        let (rules, cells) = (rules, map.segmentOfCell)
        let cutCount = bins - 1
        let hasThreeDigits = map.scores.count == 3
        for customer in customers where orders[customer] > 0 {
            let days = asOf - Int64(last[customer])
            var recency = 0
            for cut in recencyCuts where days < cut { recency += 1 }
            var group = isNested ? recency * cutCount : 0
            var frequency = 0
            for cut in group..<group + cutCount where frequencyCuts[cut] < orders[customer] { frequency += 1 }
            group = isNested ? (recency * bins + frequency) * cutCount : 0
            var monetary = 0
            for cut in group..<group + cutCount where monetaryCuts[cut] < sums[customer] { monetary += 1 }
            scores[customer] = UInt8(truncatingIfNeeded: recency + 1)
            scores[values.count + customer] = UInt8(truncatingIfNeeded: frequency + 1)
            scores[2 * values.count + customer] = UInt8(truncatingIfNeeded: monetary + 1)
            let cell = recency * bins + frequency
            let segment = cells[hasThreeDigits ? cell * bins + monetary : cell]
            let rule = rules[Int(segment)]
            let isMet = orders[customer] >= rule.orders && asOf - Int64(first[customer]) <= rule.days
            segments[customer] = isMet ? segment : rule.otherwise
        }
    }
}
