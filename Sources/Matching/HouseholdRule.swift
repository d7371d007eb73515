/// Where given names or birth dates contradict and nothing that is one person's own (an email, an identity number) agrees,
/// what a household or an office shares (family name, phone, address, place) does not speak for two records being one: so
/// that twins, a father and his son, and colleagues stay apart.
struct HouseholdRule: Sendable {
    private let personal: [Int]
    /// What is a person's own, and the level from which it is alike: names before the @ that are alike may be the names.
    private let own: [(column: Int, level: Int)]
    private let shared: [Int]

    /// In how many of the pairs that are one a name or a date may be apart and still contradict: where data are worse than
    /// that, a difference is no contradiction.
    private static let mostApart = 0.05
    /// Pairs that are one, as many as a model must expect to tell so: in a file of a few families their own pairs are the
    /// model.
    private static let leastPairs = 100.0

    init(_ model: MatchModel) {
        let columns = model.columns
        let kinds = columns.map(\.kind)
        let records = Double(model.recordCount)
        let isTold = model.matchProbability * records * (records - 1) / 2 >= HouseholdRule.leastPairs
        personal = columns.indices.filter { number in
            let m = columns[number].m
            return kinds[number].isPersonal && (!isTold || m[1] <= HouseholdRule.mostApart * (1 - m[0]))
        }
        own = kinds.indices.compactMap { number in
            kinds[number] == .email ? (number, 3) : kinds[number] == .code ? (number, 2) : nil
        }
        shared = kinds.indices.filter { kinds[$0].isShared }
    }

    /// Whether a pattern contradicts: both have a value, the values are apart, and nothing of a person's own is alike.
    @inline(__always)
    private func contradicts(_ pattern: UInt64) -> Bool {
        for (column, level) in own where MatchModel.level(pattern, column) >= level { return false }
        for column in personal where MatchModel.level(pattern, column) == 1 { return true }
        return false
    }

    /// What is added to the sum of the weights: minus what shared columns speak for, where a pattern contradicts.
    @inline(__always)
    func correction(_ pattern: UInt64, _ weight: (Int) -> Float) -> Float {
        guard contradicts(pattern) else { return 0 }
        var sum: Float = 0
        for column in shared { sum += weight(column) }
        return sum > 0 ? -sum : 0
    }
}
