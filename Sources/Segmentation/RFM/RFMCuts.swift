import CustomerData
import Statistics

/// The cut points of the three scores.
///
/// Frequency cuts stand in groups: one group, or with nested binning one for each recency score; monetary cuts in one
/// group, or in one for each recency and frequency score, recency slower. A group without customers has the cuts of the
/// next lower score: of recency where the recency score had no customers at all, else of frequency.
public struct RFMCuts: Hashable, Sendable {
    /// Scores run from 1 to this.
    public let bins: Int
    /// How the scores relate.
    public let binning: RFM.Binning
    /// Days since the last purchase, descending, `bins` − 1 of them: the score is 1 + the number of cuts above the days.
    public let recency: [Int64]
    /// Orders, a group after the other, each ascending and `bins` − 1 long: the score is 1 + the number of cuts below.
    public let frequency: [[Int64]]
    /// Ten-thousandths, a group after the other, as for frequency.
    public let monetary: [[Int128]]

    /// The cuts of customers with a purchase; nil when there are none.
    init?(of values: RFMValues, bins: Int, binning: RFM.Binning, parallel: Parallel) {
        let buyers = values.frequency.indices.filter { values.frequency[$0] > 0 }
        guard !buyers.isEmpty else { return nil }
        self.bins = bins
        self.binning = binning
        // Recency counts negated: the most recent is the largest.
        let asOf = Int64(values.asOf.number)
        func recencies() -> [Int64] { buyers.map { Int64(values.lastPurchases[$0]) - asOf } }
        func orders() -> [Int64] { buyers.map { values.frequency[$0] } }
        func sums() -> [Int128] { buyers.map { values.monetary[$0] } }
        switch binning {
        case .independent:
            let cuts: [[Int128]] = parallel.map(3) { score -> [Int128] in
                switch score {
                // What takes longest is begun first.
                case 0: RFMCuts.cuts(sums(), bins: bins)
                case 1: RFMCuts.cuts(recencies(), bins: bins).map { Int128($0) }
                default: RFMCuts.cuts(orders(), bins: bins).map { Int128($0) }
                }
            }
            recency = cuts[1].map { -Int64($0) }
            frequency = [cuts[2].map { Int64($0) }]
            monetary = [cuts[0]]
        case .nested:
            let (recencies, orders, sums) = (recencies(), orders(), sums())
            let recencyCuts = RFMCuts.cuts(recencies, bins: bins)
            var groups = recencies.map { RFMCuts.score($0, recencyCuts) - 1 }
            let recencyScores = Set(groups)
            let frequencyCuts = RFMCuts.cuts(orders, groups: groups, groupCount: bins, bins: bins) { $0 - 1 }
            for row in groups.indices {
                groups[row] = groups[row] * bins + RFMCuts.score(orders[row], frequencyCuts[groups[row]]) - 1
            }
            recency = recencyCuts.map { -$0 }
            frequency = frequencyCuts
            monetary = RFMCuts.cuts(sums, groups: groups, groupCount: bins * bins, bins: bins) {
                recencyScores.contains($0 / bins) ? $0 - 1 : $0 - bins
            }
        }
    }

    /// Cuts as they were saved.
    init(bins: Int, binning: RFM.Binning, recency: [Int64], frequency: [[Int64]], monetary: [[Int128]]) {
        self.bins = bins
        self.binning = binning
        self.recency = recency
        self.frequency = frequency
        self.monetary = monetary
    }

    /// 1 + the number of cuts below the value.
    @inline(__always)
    static func score<Value: FixedWidthInteger>(_ value: Value, _ cuts: [Value]) -> Int {
        var score = 1
        for cut in cuts where cut < value { score += 1 }
        return score
    }

    /// The cuts of values that aren't empty: cut i is the smallest value that i / bins of all values don't exceed.
    ///
    /// - Complexity: O(n) where the values are spread out.
    static func cuts<Value: FixedWidthInteger>(_ values: [Value], bins: Int) -> [Value] {
        // Cut i is the value of this rank, from 0, in ascending order.
        let ranks = (1..<bins).map { (values.count * $0 + bins - 1) / bins - 1 }
        guard let low = values.min(), let high = values.max() else { return [] }
        let (spread, overflows) = high.subtractingReportingOverflow(low)
        guard !overflows, Int(exactly: spread) != nil else {
            let sorted = values.sorted()
            return ranks.map { sorted[$0] }
        }
        let keys = values.map { UInt64(truncatingIfNeeded: $0 &- low) }
        return RankSelection.values(keys, at: ranks).map { low + Value(truncatingIfNeeded: $0) }
    }

    /// The cuts of each group of values; `standIn` names the earlier group whose cuts a group without values has.
    private static func cuts<Value: FixedWidthInteger>(
        _ values: [Value], groups: [Int], groupCount: Int, bins: Int, standIn: (Int) -> Int
    ) -> [[Value]] {
        var members = [[Value]](repeating: [], count: groupCount)
        for (value, group) in zip(values, groups) { members[group].append(value) }
        var cuts: [[Value]] = []
        for (group, values) in members.enumerated() {
            cuts.append(values.isEmpty ? cuts[standIn(group)] : RFMCuts.cuts(values, bins: bins))
        }
        return cuts
    }
}
