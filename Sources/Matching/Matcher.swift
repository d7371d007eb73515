import CustomerData
import Foundation
import Semantics
import Statistics

/// Finds the records of a table that are one person or company (Fellegi & Sunter 1969), without labels.
public struct Matcher: Sendable {
    /// What a person may set.
    public struct Options: Sendable {
        /// Share of right pairs among those merged that is aimed at.
        public let precision: Double
        /// Pairs that are compared at most, about.
        public let pairBudget: Int?
        /// Seed of the pairs taken at random.
        public let seed: UInt64
        /// How records are brought together; nil where that is chosen from the data.
        public let blocking: BlockingRules?

        /// Checked options.
        ///
        /// - Throws: `Problem(.usage)` naming the option that is out of range.
        public init(
            precision: Double = 0.95, pairBudget: Int? = nil, seed: UInt64 = 1, blocking: BlockingRules? = nil
        ) throws {
            guard precision >= 0.5, precision < 1 else {
                throw Problem(.usage, "Matcher.precision must be in 0.5..<1; got \(precision)")
            }
            if let pairBudget, pairBudget < 1 {
                throw Problem(.usage, "Matcher.pairBudget must be in 1...; got \(pairBudget)")
            }
            self.precision = precision
            self.pairBudget = pairBudget
            self.seed = seed
            self.blocking = blocking
        }
    }

    private let options: Options
    let parallel: Parallel
    /// The records.
    public let table: RecordTable
    let compared: [Int]
    let forms: [ValueForms]
    let distinct: DistinctRecords
    /// By compared column: each distinct record's value.
    let codes: [[Int32]]
    private let recordCodes: UncheckedSendable<RecordCodes>
    let blocking: Blocking
    /// What is known before.
    public let constraints: MatchConstraints
    let selection: PairSelection

    static let randomPairCount = 2_000_000
    static let sampledPairCount = 4_000_000

    /// Prepares the values and the blocks. Records of one id are one.
    ///
    /// - Throws: `Problem(.usage)` when blocking rules do not fit the columns.
    public init(
        _ table: RecordTable, _ options: Options, _ constraints: MatchConstraints = MatchConstraints(),
        parallel: Parallel
    ) throws {
        let places = try options.blocking?.places(in: table.columns)
        self.options = options
        self.parallel = parallel
        self.table = table
        let compared = table.columns.compared
        self.compared = compared
        let forms = compared.map {
            ValueForms(table.cells[$0].values, kind: table.columns.kinds[$0], parallel: parallel)
        }
        self.forms = forms
        let distinct = DistinctRecords(table)
        self.distinct = distinct
        selection = PairSelection(distinct, constraints)
        var bound = constraints
        if let id = table.columns.id, constraints.sides.isEmpty {
            // Records stand in the order of their ids.
            let ids = table.cells[id].codes
            for row in ids.indices.dropFirst() where ids[row] >= 0 && ids[row] == ids[row - 1] {
                bound.decisions.append(.init(UInt32(row - 1), UInt32(row), isSame: true))
            }
        }
        self.constraints = bound
        codes = parallel.map(compared.count) { number in
            let codes = table.cells[compared[number]].codes
            return forms[number].comparable(distinct.first.map { codes[Int($0)] })
        }
        recordCodes = UncheckedSendable(RecordCodes(codes))
        let budget = options.pairBudget ?? BlockingChoice.defaultBudget(records: distinct.count)
        if let given = options.blocking?.rules, let places {
            let keys = Matcher.keys(given, places, table, compared, forms, codes)
            blocking = BlockingChoice(keys: keys, pairBudget: budget, parallel: parallel)
                .blocking(recordCount: distinct.count, given: given)
        } else {
            let keys = Matcher.keys(table, compared, forms, codes)
            blocking = BlockingChoice(keys: keys, pairBudget: budget, parallel: parallel)
                .blocking(recordCount: distinct.count)
        }
    }

    /// The keys of given rules, one a rule.
    private static func keys(
        _ rules: [BlockingRule], _ places: [[Int]], _ table: RecordTable, _ compared: [Int], _ forms: [ValueForms],
        _ codes: [[Int32]]
    ) -> [BlockingKey] {
        zip(rules, places).map { rule, columns in
            let parts = zip(rule.keys, columns).compactMap { key, column in
                compared.firstIndex(of: column).map { number in
                    BlockingKey(
                        forms[number], key.form, column: column, name: table.columns.name(of: column),
                        codes: codes[number])
                }
            }
            if parts.isEmpty { return BlockingKey(allOf: codes.first?.count ?? 0) }
            if rule.isEitherOrder { return BlockingKey(either: parts[0], parts[1]) }
            return parts.count == 1 ? parts[0] : BlockingKey(all: parts)
        }
    }

    /// Every way in which the columns bring records together.
    private static func keys(
        _ table: RecordTable, _ compared: [Int], _ forms: [ValueForms], _ codes: [[Int32]]
    ) -> [BlockingKey] {
        var keys: [BlockingKey] = []
        for (number, column) in compared.enumerated() {
            for form in BlockingForm.automatic(of: forms[number].kind) {
                keys.append(
                    BlockingKey(
                        forms[number], form, column: column, name: table.columns.name(of: column), codes: codes[number])
                )
            }
        }
        if let (given, family) = names(forms) {
            let (first, second) = (compared[given], compared[family])
            keys.append(
                BlockingKey(
                    either: BlockingKey(
                        forms[given], .consonants, column: first, name: table.columns.name(of: first),
                        codes: codes[given]),
                    BlockingKey(
                        forms[family], .consonants, column: second, name: table.columns.name(of: second),
                        codes: codes[family])))
        }
        return keys
    }

    /// The columns of given and family name, where there is one of each.
    private static func names(_ forms: [ValueForms]) -> (given: Int, family: Int)? {
        let given = forms.indices.filter { forms[$0].kind == .givenName }
        let family = forms.indices.filter { forms[$0].kind == .familyName }
        return given.count == 1 && family.count == 1 ? (given[0], family[0]) : nil
    }

    /// What a comparer needs.
    private var comparerColumns: [PairComparer.Column] {
        let names = Matcher.names(forms)
        return forms.indices.map { number in
            let other = names.flatMap { number == $0.given ? $0.family : number == $0.family ? $0.given : nil }
            return PairComparer.Column(forms: forms[number], other: other)
        }
    }

    /// The pattern of a record with one that equals it.
    func selfPattern(_ record: Int) -> UInt64 {
        var pattern: UInt64 = 0
        for number in forms.indices {
            let level = codes[number][record] < 0 ? MatchModel.bothMissing : UInt64(forms[number].topLevel)
            pattern |= level << UInt64(4 * number)
        }
        return pattern
    }

    // MARK: Estimating

    /// The model, estimated from the records themselves.
    public func model() -> MatchModel {
        let random = randomPatterns()
        let (compared, sampling) = comparedPatterns()
        let columns = forms.indices.map { number in
            let missing = table.cells[self.compared[number]].codes.count { $0 < 0 }
            return ModelEstimation.Column(
                name: table.columns.name(of: self.compared[number]), kind: forms[number].kind,
                missingShare: Double(missing) / Double(max(1, table.rowCount)))
        }
        let comparer = comparer()
        let decided = constraints.decisions.filter(\.isSame).map { decision in
            let (a, b) = (Int(distinct.groups[Int(decision.left)]), Int(distinct.groups[Int(decision.right)]))
            return a == b ? selfPattern(a) : comparer.pattern(min(a, b), max(a, b))
        }
        let second = constraints.sides.count { $0 == 1 }
        let estimated = ModelEstimation(
            columns: columns, recordCount: table.rowCount,
            pairCount: second == 0 ? nil : Double(second) * Double(table.rowCount - second), compared: compared,
            sampling: sampling, random: random, decided: decided
        ).model()
        return withMissingValues(estimated)
    }

    /// Patterns of pairs of records taken at random; of all pairs where those are fewer.
    private func randomPatterns() -> [(pattern: UInt64, count: Int)] {
        let count = table.rowCount
        let all = count * (count - 1) / 2
        let columns = comparerColumns
        let comparers = (0..<parallel.threadCount).map { _ in PairComparer(columns, recordCodes.value) }
        let counts = (0..<parallel.threadCount).map { _ in PatternCounts() }
        func add(_ left: Int, _ right: Int, _ worker: Int) {
            let (a, b) = (Int(distinct.groups[left]), Int(distinct.groups[right]))
            let pattern = a == b ? selfPattern(a) : comparers[worker].pattern(min(a, b), max(a, b))
            counts[worker].add(MatchModel.merged(pattern))
        }
        if all <= Matcher.randomPairCount {
            parallel.forEachRange(count, size: 64) { rows, _, worker in
                for left in rows { for right in (left + 1)..<max(count, left + 1) { add(left, right, worker) } }
            }
        } else {
            let blocks = 64
            parallel.forEach(blocks) { block, worker in
                var generator = SeededGenerator(seed: options.seed, stream: UInt64(block))
                for _ in 0..<Matcher.randomPairCount / blocks {
                    let left = generator.index(below: count)
                    var right = generator.index(below: count - 1)
                    if right >= left { right += 1 }
                    add(left, right, worker)
                }
            }
        }
        for other in counts.dropFirst() { counts[0].merge(other) }
        return counts[0].sorted
    }

    /// Patterns of the compared pairs, of a sample of them where they are very many.
    private func comparedPatterns() -> (patterns: [(pattern: UInt64, count: Int)], sampling: Double) {
        let columns = comparerColumns
        let comparers = (0..<parallel.threadCount).map { _ in PairComparer(columns, recordCodes.value) }
        let counts = (0..<parallel.threadCount).map { _ in PatternCounts() }
        let mask = sampleMask(Matcher.sampledPairCount)
        let portions = blocking.portions()
        parallel.forEach(portions.count) { number, worker in
            blocking.forEachPair(of: portions[number]) { left, right in
                let (a, b) = (min(left, right), max(left, right))
                if !isCounted(a, b) { return }
                if mask != 0, Matcher.hash(a, b) & mask != 0 { return }
                counts[worker].add(MatchModel.merged(comparers[worker].pattern(a, b)))
            }
        }
        for other in counts.dropFirst() { counts[0].merge(other) }
        let scale = Double(mask + 1)
        // Records that are alike count as pairs with the first of them; all of them are there, so they are thinned too.
        for group in 0..<distinct.count {
            let size = distinct.members(of: group).count
            if size > 1 { counts[0].add(MatchModel.merged(selfPattern(group)), max(1, (size - 1) / Int(scale))) }
        }
        return (counts[0].sorted, scale)
    }

    /// The bits that are zero in the hash of a pair of a sample of at most so many pairs.
    func sampleMask(_ most: Int) -> UInt64 {
        var shift: UInt64 = 0
        while blocking.pairCount >> Int(shift) > most { shift += 1 }
        return (1 << shift) - 1
    }

    /// Whether the model counts a pair: across files where there are two.
    func isCounted(_ left: Int, _ right: Int) -> Bool { constraints.sides.isEmpty || selection.contains(left, right) }

    static func hash(_ left: Int, _ right: Int) -> UInt64 {
        Hashing.mix(UInt64(left) << 32 | UInt64(right), 0xA076_1D64_78BD_642F)
    }

    // MARK: Scoring

    /// The pairs of distinct records whose probability is at least a thousandth, ordered by their records; and the bits of
    /// each group of equal records for being one.
    func scores(_ model: MatchModel) -> (pairs: [ScoredPair], equal: [(group: UInt32, weight: Float)]) {
        let scorer = PairScorer(model, forms: forms, tableCodes: compared.map { table.cells[$0].codes }, codes: codes)
        let columns = comparerColumns
        let comparers = (0..<parallel.threadCount).map { _ in PairComparer(columns, recordCodes.value) }
        let portions = blocking.portions()
        let floor = Float(log2(0.001 / 0.999))
        let parts = parallel.map(portions.count) { number, worker -> [ScoredPair] in
            var found: [ScoredPair] = []
            blocking.forEachPair(of: portions[number]) { left, right in
                let (a, b) = (min(left, right), max(left, right))
                if !selection.contains(a, b) { return }
                let pattern = comparers[worker].pattern(a, b)
                let weight = scorer.weight(pattern, a, b)
                if weight >= floor {
                    found.append(ScoredPair(left: UInt32(a), right: UInt32(b), pattern: pattern, weight: weight))
                }
            }
            return found
        }
        let pairs = parts.flatMap(\.self).sorted { ($0.left, $0.right) < ($1.left, $1.right) }
        var equal: [(group: UInt32, weight: Float)] = []
        for group in 0..<distinct.count where distinct.members(of: group).count > 1 {
            equal.append((UInt32(group), equalWeight(group, scorer)))
        }
        return (pairs, equal)
    }

    /// Bits at least of records that are equal in all columns and say enough: whatever the frequencies, they are one.
    private static let wholeWeight: Float = 10

    /// Whether a record says enough to be known again: three columns, a date, an email or a code among them.
    private func isWhole(_ record: Int) -> Bool {
        let filled = forms.indices.filter { codes[$0][record] >= 0 }
        return filled.count >= 3
            && filled.contains { [.date, .email, .code].contains(forms[$0].kind) }
    }

    /// Bits for two records being one that equal a distinct one.
    private func equalWeight(_ record: Int, _ scorer: PairScorer) -> Float {
        let weight = scorer.weight(selfPattern(record), record, record)
        return isWhole(record) ? max(weight, Matcher.wholeWeight) : weight
    }

    /// The score of any two distinct records.
    func score(_ left: Int, _ right: Int, _ scorer: PairScorer, _ comparer: PairComparer) -> ScoredPair {
        let (a, b) = (min(left, right), max(left, right))
        let pattern = a == b ? selfPattern(a) : comparer.pattern(a, b)
        let weight = a == b ? equalWeight(a, scorer) : scorer.weight(pattern, a, b)
        return ScoredPair(left: UInt32(a), right: UInt32(b), pattern: pattern, weight: weight)
    }

    func comparer() -> PairComparer { PairComparer(comparerColumns, recordCodes.value) }

    func scorer(_ model: MatchModel) -> PairScorer {
        PairScorer(model, forms: forms, tableCodes: compared.map { table.cells[$0].codes }, codes: codes)
    }

    var settings: Options { options }
}
