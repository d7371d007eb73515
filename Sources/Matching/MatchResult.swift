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
        var links: [ScoredPair] = []
        for pair in pairs where pair.probability >= thresholds.review {
            guard
                let (a, b) = PairSelection.representatives(
                    distinct.members(of: Int(pair.left)), distinct.members(of: Int(pair.right)), constraints)
            else { continue }
            let moved = ScoredPair(left: min(a, b), right: max(a, b), pattern: pair.pattern, weight: pair.weight)
            listed.append(moved)
            if pair.probability >= thresholds.merge { links.append(moved) }
        }
        for entry in equal {
            let members = distinct.members(of: Int(entry.group))
            guard MatchModel.probability(Double(entry.weight)) >= thresholds.review else { continue }
            let pattern = selfPattern(Int(entry.group))
            for other in members.dropFirst() {
                guard let (a, b) = PairSelection.representatives(members, [other], constraints) else { continue }
                let pair = ScoredPair(left: min(a, b), right: max(a, b), pattern: pattern, weight: entry.weight)
                listed.append(pair)
                if pair.probability >= thresholds.merge { links.append(pair) }
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
        /// The largest block that is compared, in records.
        public let largestBlock: Int
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
                rule: rule.rule.text, pairs: rule.pairCount, largestBlock: rule.limit,
                oversizedRecords: rule.oversizedCount, recall: recalls[number])
        }
        if blocking.rules.count == 1, blocking.rules[0].columns.isEmpty { return (accounts, 1) }
        // Of rules that have a column in common one counts: they miss the same pairs. First those of one column.
        let order = recalls.indices.sorted { first, second in
            let (a, b) = (blocking.rules[first].columns.count > 1, blocking.rules[second].columns.count > 1)
            return a != b ? b : (recalls[second] ?? -1, first) < (recalls[first] ?? -1, second)
        }
        var seen: Set<Int> = []
        var missed: Double?
        for number in order where seen.isDisjoint(with: blocking.rules[number].columns) {
            guard let recall = recalls[number] else { continue }
            seen.formUnion(blocking.rules[number].columns)
            missed = (missed ?? 1) * (1 - recall)
        }
        return (accounts, missed.map { 1 - $0 })
    }
}

extension Matcher {
    /// Pairs within blocks, those that several rules have counted as often.
    public var pairCount: Int { blocking.pairCount }

    /// Whether a person gave the blocking rules.
    public var isBlockingGiven: Bool { settings.blocking != nil }

    /// The blocking rules, each with the largest block that was compared: given again, they bring the same pairs together.
    public var blockingRules: [BlockingRule] {
        blocking.rules.map { used in
            BlockingRule(
                used.rule.keys, isEitherOrder: used.rule.isEitherOrder,
                largestBlock: used.columns.isEmpty ? nil : used.limit)
        }
    }
}

extension Matcher {
    /// The script of each compared value of a record; 255 where there is none.
    public func scripts(of record: Int) -> [UInt8] {
        let group = Int(distinct.groups[record])
        return forms.indices.map { number in
            let code = codes[number][group]
            return code < 0 ? 255 : forms[number].scripts[Int(code)]
        }
    }

    /// Whether a name, a place or an address of two records is written in different scripts.
    public static func areAcrossScripts(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        zip(left, right).contains { $0 != 255 && $1 != 255 && $0 != $1 }
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
