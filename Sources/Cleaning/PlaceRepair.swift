import CustomerData
import Semantics

/// Corrects a place by another column of the row: where a postcode's rows nearly all have one city, another spelling of
/// it is an error, and another city is doubtful.
struct PlaceRepair {
    private enum Decision {
        case correct(String)
        case doubt(String)
    }

    private struct Rule {
        let from: Int
        let to: Int
        /// Values of both columns together, and what becomes of the second by their number.
        let pairs: ValueCounts
        let decisions: [Int: Decision]
    }

    private let rules: [Rule]

    /// Rows that a value must have, and the share of them in a hundred that must agree.
    static let (leastRows, leastShare) = (5, 90)

    init(_ columns: CleaningColumns, _ tables: [ColumnPair: DependencyTable], _ pairs: [ColumnPair: ValueCounts]) {
        rules = PlaceDependency.all(of: columns).compactMap { dependency in
            let pair = ColumnPair(from: dependency.from, to: dependency.to)
            guard let table = tables[pair], let counts = pairs[pair] else { return nil }
            var decisions: [Int: Decision] = [:]
            for number in counts.entries.indices {
                guard let (from, to) = ColumnPair.split(counts.text(number)), let entry = table[from],
                    entry.value != to, entry.decides(atLeast: PlaceRepair.leastRows, share: PlaceRepair.leastShare)
                else { continue }
                let own = Array(PlainText.matchKey(to).unicodeScalars)
                let right = Array(PlainText.matchKey(entry.value).unicodeScalars)
                // Of capitals, accents and signs the column's other values decide.
                if own == right { continue }
                let isSpelling = own.count >= 3 && EditDistance.between(own, right) <= max(1, right.count / 4)
                decisions[number] = isSpelling ? .correct(entry.value) : .doubt(entry.value)
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
                case .doubt(let value): cells.doubt(row, rule.to, .conflict, suggestion: value, confidence: 50)
                }
            }
        }
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
