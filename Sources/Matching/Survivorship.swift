import CustomerData
import Semantics

/// Which of the values that the records of an entity have in a column survives into its golden record.
public enum Survivorship: Hashable, Sendable {
    /// The one of the record changed last.
    case recent
    /// The one that most records have.
    case frequent
    /// The one of the record with the most cells filled.
    case complete
    /// The longest one.
    case longest
    /// The one of the first of these sources that has one.
    case sources([String])

    /// The rule that a person names: `recent`, `frequent`, `complete`, `longest`, `source:crm,shop`.
    public init?(_ text: String) {
        switch text {
        case "recent": self = .recent
        case "frequent": self = .frequent
        case "complete": self = .complete
        case "longest": self = .longest
        default:
            guard text.hasPrefix("source:") else { return nil }
            let names = text.dropFirst(7).split(separator: ",").map(String.init)
            guard !names.isEmpty else { return nil }
            self = .sources(names)
        }
    }
}

/// Golden records: one row an entity, each value with the record that it comes from.
public struct GoldenRecords: Sendable {
    private let table: RecordTable
    private let rules: [Survivorship]
    private let modified: Int?
    private let source: Int?
    private let filled: [UInt16]
    private let days: [Int32]

    /// - Parameters:
    ///   - rules: what survives, by column.
    ///   - modified: the column of the last change; nil for none: then the record that stands last in the file is the
    ///     latest.
    ///   - source: the column of the source.
    public init(_ table: RecordTable, rules: [Survivorship], modified: Int?, source: Int?) {
        self.table = table
        self.rules = rules
        self.modified = modified
        self.source = source
        filled = (0..<table.rowCount).map { row in UInt16(table.cells.count { $0.codes[row] >= 0 }) }
        days =
            modified.map { column in
                let values = table.cells[column].values
                let byValue = (0..<values.count).map { number in
                    values.withBytes(at: number) { MatchDate.day($0)?.number ?? Int32.min }
                }
                return table.cells[column].codes.map { $0 < 0 ? Int32.min : byValue[Int($0)] }
            } ?? []
    }

    /// The record whose value of a column survives; nil where no record has one. Values that can't be what the column
    /// holds (a phone of three digits) come last; then ties go to the more frequent value, the later change, the fuller
    /// record, the longer value, the first record.
    public func survivor(column: Int, among records: [Int]) -> Int? {
        let codes = table.cells[column].codes
        let present = records.filter { codes[$0] >= 0 }
        guard let first = present.first else { return nil }
        if present.allSatisfy({ codes[$0] == codes[first] }) { return first }
        var counts: [Int32: Int] = [:]
        for row in present { counts[codes[row], default: 0] += 1 }
        func key(_ row: Int) -> [Int] {
            let code = codes[row]
            let (isValid, length) = table.cells[column].values.withBytes(at: Int(code)) {
                (GoldenRecords.isPlausible($0, table.columns.kinds[column]) ? 1 : 0, $0.count)
            }
            let (count, full) = (counts[code] ?? 0, Int(filled[row]))
            let day = days.isEmpty ? 0 : Int(days[row])
            let ties = [count, day, full, length]
            switch rules[column] {
            case .frequent: return [isValid] + ties
            case .recent: return [isValid, day, days.isEmpty ? Int(table.rowNumbers[row]) : 0] + ties
            case .complete: return [isValid, full] + ties
            case .longest: return [isValid, length] + ties
            case .sources(let names):
                let name = source.flatMap { table.text(row: row, column: $0) } ?? ""
                return [isValid, -(names.firstIndex(of: name) ?? names.count)] + ties
            }
        }
        var best = first
        var bestKey = key(first)
        for row in present.dropFirst() {
            let next = key(row)
            if bestKey.lexicographicallyPrecedes(next) { (best, bestKey) = (row, next) }
        }
        return best
    }

    private static func isPlausible(_ cell: UnsafeBufferPointer<UInt8>, _ kind: ComparisonKind) -> Bool {
        switch kind {
        case .email: EmailAddress.standard(String(decoding: cell, as: UTF8.self)) != nil
        case .phone:
            PlainText.asciiDigits(String(decoding: cell, as: UTF8.self)).count { $0.isASCII && $0.isNumber } >= 7
        case .date: MatchDate.day(cell) != nil
        default: true
        }
    }
}
