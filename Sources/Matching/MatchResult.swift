import Foundation
import Statistics

/// What a matching found.
public struct MatchResult: Sendable {
    /// The model.
    public let model: MatchModel
    /// The thresholds.
    public let thresholds: MatchThresholds
    /// The scored pairs of records from the review threshold up, ordered by their records.
    public let pairs: [ScoredPair]
    /// The entities.
    public let entities: Entities
}

extension Matcher {
    /// Matches by an estimated model, or by a given one.
    public func result(model given: MatchModel? = nil) -> MatchResult {
        var model = given ?? self.model()
        let (pairs, equal) = scores(model)
        let probabilities =
            pairs.map(\.probability)
            + equal.flatMap { entry in
                [Double](
                    repeating: MatchModel.probability(Double(entry.weight)),
                    count: distinct.members(of: Int(entry.group)).count - 1)
            }
        let thresholds = model.thresholds ?? MatchThresholds(probabilities, precision: settings.precision)
        model.thresholds = thresholds
        // From here on pairs are of records: those of distinct ones stand for their first records, and equal records
        // hang on the first of them.
        var listed: [ScoredPair] = []
        let merge = Float(log2(thresholds.merge / (1 - thresholds.merge)))
        var links: [ScoredPair] = []
        for pair in pairs where pair.probability >= thresholds.review {
            guard
                let (a, b) = PairSelection.representatives(
                    distinct.members(of: Int(pair.left)), distinct.members(of: Int(pair.right)), constraints)
            else { continue }
            let moved = ScoredPair(left: min(a, b), right: max(a, b), pattern: pair.pattern, weight: pair.weight)
            listed.append(moved)
            if pair.weight >= merge { links.append(moved) }
        }
        for entry in equal {
            let members = distinct.members(of: Int(entry.group))
            guard MatchModel.probability(Double(entry.weight)) >= thresholds.review else { continue }
            let pattern = selfPattern(Int(entry.group))
            for other in members.dropFirst() {
                guard let (a, b) = PairSelection.representatives(members, [other], constraints) else { continue }
                let pair = ScoredPair(left: min(a, b), right: max(a, b), pattern: pattern, weight: entry.weight)
                listed.append(pair)
                if pair.weight >= merge { links.append(pair) }
            }
        }
        listed.sort { ($0.left, $0.right) < ($1.left, $1.right) }
        let grouping = EntityGrouping(self, model: model, links: links)
        return MatchResult(
            model: model, thresholds: thresholds, pairs: listed,
            entities: grouping.entities())
    }
}

extension Matcher {
    /// Bits for two records of a scored pair being one: the prior, each compared column, and what the rule of households
    /// takes back.
    public func waterfall(_ pair: ScoredPair, _ model: MatchModel) -> [Float] { waterfalls(model)(pair) }

    /// The same for many pairs.
    public func waterfalls(_ model: MatchModel) -> (ScoredPair) -> [Float] {
        let scorer = scorer(model)
        let groups = distinct.groups
        return { pair in
            let (a, b) = (Int(groups[Int(pair.left)]), Int(groups[Int(pair.right)]))
            return [scorer.prior]
                + compared.indices.map { scorer.columnWeight($0, pair.pattern, min(a, b), max(a, b)) }
                + [scorer.correction(pair.pattern, min(a, b), max(a, b))]
        }
    }

    /// What the compared columns hold of a pair, in words, by column.
    public func levels(_ pair: ScoredPair, _ model: MatchModel) -> [String] {
        model.columns.indices.map { model.columns[$0].levels[MatchModel.level(pair.pattern, $0)] }
    }

    /// How records are brought together, and what comes of it.
    public struct BlockingAccount: Codable, Sendable {
        /// What records must have in common.
        public let rule: String
        /// Pairs within the rule's blocks.
        public let pairs: Int
        /// Records in blocks too large to be compared as a whole.
        public let oversizedRecords: Int
        /// Share of the pairs found by other rules that this one has too: an estimate of what it would find alone.
        public let recall: Double?
    }

    /// The rules, and the estimated share of all true pairs that they bring together: each rule misses what it misses of the
    /// pairs that others found, and rules of different columns miss independently.
    public func blockingAccounts(_ result: MatchResult) -> (rules: [BlockingAccount], recall: Double?) {
        var found = [Int](repeating: 0, count: blocking.rules.count)
        var others = [Int](repeating: 0, count: blocking.rules.count)
        for pair in result.pairs where pair.probability >= result.thresholds.merge {
            let (a, b) = (Int(distinct.groups[Int(pair.left)]), Int(distinct.groups[Int(pair.right)]))
            if a == b { continue }
            let mask = blocking.rulesHolding(a, b)
            for rule in found.indices.prefix(64) where mask & ~(1 << UInt64(rule)) != 0 {
                others[rule] += 1
                if mask >> UInt64(rule) & 1 == 1 { found[rule] += 1 }
            }
        }
        let recalls = found.indices.map { others[$0] == 0 ? nil : Double(found[$0]) / Double(others[$0]) }
        let accounts = found.indices.map { number in
            let rule = blocking.rules[number]
            return BlockingAccount(
                rule: rule.name, pairs: rule.pairCount, oversizedRecords: rule.oversizedCount, recall: recalls[number])
        }
        if blocking.rules.count == 1, blocking.rules[0].columns.isEmpty { return (accounts, 1) }
        // One rule a column: two forms of one column miss the same pairs.
        var best: [Int: Double] = [:]
        for (number, rule) in blocking.rules.enumerated() where rule.columns.count == 1 {
            guard let recall = recalls[number] else { continue }
            best[rule.columns[0]] = max(best[rule.columns[0]] ?? 0, recall)
        }
        guard !best.isEmpty else { return (accounts, nil) }
        return (accounts, 1 - best.sorted { $0.key < $1.key }.reduce(1) { $0 * (1 - $1.value) })
    }
}

extension Matcher {
    /// Pairs within blocks, those that several rules have counted as often.
    public var pairCount: Int { blocking.pairCount }
}

extension Matcher {
    /// Whether a name, a place or an address of two records is written in different scripts.
    public func isAcrossScripts(_ left: Int, _ right: Int) -> Bool {
        let (a, b) = (Int(distinct.groups[left]), Int(distinct.groups[right]))
        return forms.indices.contains { number in
            let (first, second) = (codes[number][a], codes[number][b])
            return first >= 0 && second >= 0
                && forms[number].scripts[Int(first)] != forms[number].scripts[Int(second)]
        }
    }
}

extension Matcher {
    /// The score of two records.
    public func pair(_ left: Int, _ right: Int, _ model: MatchModel) -> ScoredPair {
        let scored = score(
            Int(distinct.groups[left]), Int(distinct.groups[right]), scorer(model), comparer())
        return ScoredPair(
            left: UInt32(min(left, right)), right: UInt32(max(left, right)), pattern: scored.pattern,
            weight: scored.weight)
    }
}

extension ScoredPair {
    /// The level of a column of the model: its place in `MatchModel.Column.levels`.
    public func level(of column: Int) -> Int { MatchModel.level(pattern, column) }
}
