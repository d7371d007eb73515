import CustomerData
import Semantics

/// Corrects a place by other columns of the row: where a postcode's rows nearly all have one city, another spelling of
/// it is an error. Another city is an error where a third column says so (the region, the country), or where nothing
/// speaks for it and no postcode of its own is near the row's; else it is doubtful.
struct PlaceRepair {
    private enum Decision {
        case correct(String)
        case doubt(String, isStrong: Bool)
    }

    private struct Rule {
        let from: Int
        let to: Int
        /// Values of both columns together, and what becomes of the second by their number.
        let pairs: ValueCounts
        let decisions: [Int: Decision]
    }

    private let rules: [Rule]
    private let kinds: [ColumnKind]
    private let columns: CleaningColumns
    private let tables: [ColumnPair: DependencyTable]

    /// Rows that a value must have, and the share of them in a hundred that must agree.
    static let (leastRows, leastShare) = (5, 90)
    /// The same for a value that takes another one's place though no third column backs it.
    static let (strongRows, strongShare) = (10, 95)

    init(_ columns: CleaningColumns, _ tables: [ColumnPair: DependencyTable], _ pairs: [ColumnPair: ValueCounts]) {
        kinds = columns.kinds
        self.columns = columns
        self.tables = tables
        rules = PlaceDependency.all(of: columns).compactMap { dependency in
            let pair = ColumnPair(from: dependency.from, to: dependency.to)
            guard let table = tables[pair], let counts = pairs[pair] else { return nil }
            var decisions: [Int: Decision] = [:]
            let isCity = columns.kinds[dependency.from] == .postcode && columns.kinds[dependency.to] == .city
            let neighbours = isCity ? PlaceRepair.froms(counts) : [:]
            var near: [String: NearValues] = [:]
            for number in counts.entries.indices {
                guard let (from, to) = ColumnPair.split(counts.text(number)), let entry = table[from],
                    entry.value != to, entry.decides(atLeast: PlaceRepair.leastRows, share: PlaceRepair.leastShare)
                else { continue }
                let own = Array(PlainText.matchKey(to).unicodeScalars)
                let right = Array(PlainText.matchKey(entry.value).unicodeScalars)
                // Of capitals, accents and signs the column's other values decide.
                if own == right { continue }
                let isSpelling = own.count >= 3 && EditDistance.between(own, right) <= max(1, right.count / 4)
                if isSpelling {
                    decisions[number] = .correct(entry.value)
                    continue
                }
                var isStrong = isCity && entry.decides(atLeast: PlaceRepair.strongRows, share: PlaceRepair.strongShare)
                if isStrong {
                    let others = near[to] ?? NearValues(neighbours[to] ?? [])
                    near[to] = others
                    isStrong = !others.hasOne(near: from)
                }
                decisions[number] = .doubt(entry.value, isStrong: isStrong)
            }
            return decisions.isEmpty
                ? nil : Rule(from: dependency.from, to: dependency.to, pairs: counts, decisions: decisions)
        }
    }

    func apply(to cells: CleanedCells) {
        var scratch: [UInt8] = []
        for rule in rules {
            for row in 0..<cells.rowCount {
                let (from, to) = (cells.cell(row, rule.from), cells.cell(row, rule.to))
                guard !from.isEmpty, !to.isEmpty else { continue }
                let found = ColumnPair.withJoined(from, to, &scratch) { rule.pairs.index(of: $0) }
                guard let found, let decision = rule.decisions[found] else { continue }
                switch decision {
                case .correct(let value):
                    cells.set(row, rule.to, to: value, CleaningRules(.dependency), confidence: 95)
                case .doubt(let value, let isStrong):
                    switch witness(rule, cells, row, value) {
                    case .some(true):
                        cells.set(row, rule.to, to: value, CleaningRules(.dependency), confidence: 95)
                    case .none where isStrong:
                        cells.set(row, rule.to, to: value, CleaningRules(.dependency), confidence: 85)
                    default: cells.doubt(row, rule.to, .conflict, suggestion: value, confidence: 50)
                    }
                }
            }
        }
    }

    /// Whether a third column of the row says that a value is right and its own cell wrong: nil when there is none, or it
    /// does not tell.
    private func witness(_ rule: Rule, _ cells: CleanedCells, _ row: Int, _ value: String) -> Bool? {
        func entry(_ from: Int?, _ to: Int?, _ text: String) -> String? {
            guard let from, let to, let entry = tables[ColumnPair(from: from, to: to)]?[text],
                entry.decides(atLeast: PlaceRepair.leastRows, share: PlaceRepair.leastShare)
            else { return nil }
            return entry.value
        }
        func text(_ column: Int?) -> String { column.map { cells.text(row, $0) } ?? "" }
        let postcode = columns.nearest(.postcode, to: rule.to)
        let city = columns.nearest(.city, to: rule.to)
        let region = columns.nearest(.region, to: rule.to)
        switch (kinds[rule.from], kinds[rule.to]) {
        case (.postcode, .city):
            let own = text(rule.to)
            for third in [region, columns.nearest(.country, to: rule.to)] {
                let actual = text(third)
                guard !actual.isEmpty, let expected = entry(rule.to, third, value) else { continue }
                let other = entry(rule.to, third, own)
                if expected == actual, other != actual { return true }
                if expected != actual, other == actual { return false }
            }
            return nil
        case (.postcode, .region): return entry(city, rule.to, text(city)) == value ? true : nil
        case (.city, .region):
            if entry(postcode, rule.to, text(postcode)) == value { return true }
            return entry(postcode, rule.from, text(postcode)) == text(rule.from) ? true : nil
        case (.city, .country):
            let actual = text(region)
            return !actual.isEmpty && entry(rule.from, region, text(rule.from)) == actual ? true : nil
        default: return nil
        }
    }

    /// The first values that stand with each second one.
    private static func froms(_ pairs: ValueCounts) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for number in pairs.entries.indices {
            guard let (from, to) = ColumnPair.split(pairs.text(number)) else { continue }
            result[to, default: []].append(from)
        }
        return result
    }
}

/// Values among which those an edit away from another are found without comparing it with all.
private struct NearValues {
    private let values: [[Unicode.Scalar]]
    /// Values by what they are without one of their letters, and as a whole.
    private var byForm: [[Unicode.Scalar]: [Int]] = [:]

    init(_ texts: [String]) {
        values = texts.map { Array($0.unicodeScalars) }
        for (number, value) in values.enumerated() {
            for form in NearValues.forms(value) { byForm[form, default: []].append(number) }
        }
    }

    /// Whether one of the values is an edit away from this one.
    func hasOne(near text: String) -> Bool {
        let own = Array(text.unicodeScalars)
        return NearValues.forms(own).contains { form in
            byForm[form]?.contains { EditDistance.isOne(own, values[$0]) } ?? false
        }
    }

    private static func forms(_ value: [Unicode.Scalar]) -> Set<[Unicode.Scalar]> {
        var forms: Set = [value]
        for place in value.indices { forms.insert(Array(value[..<place] + value[(place + 1)...])) }
        return forms
    }
}

extension ColumnPair {
    /// Stands between two values that are counted together.
    private static let mark: UInt8 = 0x1F

    /// Calls `body` with two values as they are counted together.
    static func withJoined<Result>(
        _ from: UnsafeBufferPointer<UInt8>?, _ to: UnsafeBufferPointer<UInt8>, _ scratch: inout [UInt8],
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        scratch.removeAll(keepingCapacity: true)
        if let from { scratch.append(contentsOf: from) }
        scratch.append(mark)
        scratch.append(contentsOf: to)
        let count = scratch.count
        scratch.append(contentsOf: repeatElement(0, count: 8))
        return scratch.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }

    /// The two values that are counted together; nil for any other text.
    static func split(_ text: String) -> (from: String, to: String)? {
        guard let place = text.utf8.firstIndex(of: mark) else { return nil }
        return (String(text[..<place]), String(text[text.utf8.index(after: place)...]))
    }
}
