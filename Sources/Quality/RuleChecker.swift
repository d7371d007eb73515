import CustomerData
import Foundation
import Semantics

/// What a rule found in a table.
public struct RuleFinding: Codable, Sendable {
    /// The rule in words.
    public let rule: String
    /// The column; nil for rules about several columns or the table.
    public let column: String?
    /// The key of the rules file that asks for it.
    public let check: String
    /// How bad it is.
    public let severity: QualityRule.Severity
    /// The line of the rules file.
    public let line: Int
    /// Rows that the rule applies to.
    public let applicable: Int
    /// Rows that break it.
    public let failing: Int
    /// The largest share that may.
    public let maxShare: Double
    /// Lines of the table with rows that break it, at most five.
    public let examples: [Int]
    /// Whether the rule is kept.
    public let isKept: Bool

    /// Share of the applicable rows that break it.
    public var share: Double { applicable > 0 ? Double(failing) / Double(applicable) : 0 }
}

/// Cells of one day: how many, and on which lines the first of them stand.
private struct DatedCells {
    private(set) var count = 0
    private(set) var lines: [Int] = []

    mutating func add(line: @autoclosure () -> Int) {
        count += 1
        if lines.count < RuleChecker.listed { lines.append(line()) }
    }

    mutating func add(_ other: DatedCells, firstLine: Int) {
        count += other.count
        for line in other.lines.prefix(RuleChecker.listed - lines.count) { lines.append(firstLine + line) }
    }
}

/// Checks rules in one pass over a table's blocks.
public final class RuleChecker {
    /// What a block contributes.
    public struct Part: Sendable {
        fileprivate var applicable: [Int]
        fileprivate var failing: [Int]
        /// Lines in the block, from 0.
        fileprivate var examples: [[Int]]
        /// Hashes of cells that must be unique, with their lines in the block.
        fileprivate var hashes: [[(hash: UInt64, line: Int)]]
        /// Dates of cells that must be fresh.
        fileprivate var days: [[Int32: DatedCells]]
        fileprivate var rowCount: Int
    }

    private let rules: [QualityRule]
    private let columns: [Int?]
    private let orders: [[Int]]
    private let plans: [ColumnPlan]
    private let matchers: [PatternMatcher?]
    private let lists: [Set<String>?]
    private let conditions: [((_ cell: (Int) -> UnsafeBufferPointer<UInt8>) -> Bool)?]
    private var total: Part
    private var seen: [Set<UInt64>]
    private var rowTotal = 0

    fileprivate static let listed = 5

    /// A checker of rules.
    ///
    /// - Parameters:
    ///   - headers: the table's headers.
    ///   - samples: its first rows.
    ///   - references: the values of the reference of each rule that has one, by the rule's position.
    ///   - conditions: tells for each rule that has a condition whether a row meets it.
    /// - Throws: `Problem(.usage)` when a rule names a column that is not there, or its pattern can't be read.
    public init(
        _ rules: [QualityRule], file: String, headers: [String], samples: [[String]], references: [Int: Set<String>],
        conditions: [((_ cell: (Int) -> UnsafeBufferPointer<UInt8>) -> Bool)?]
    ) throws {
        func find(_ name: String, _ rule: QualityRule) throws -> Int {
            guard let column = headers.firstIndex(of: name) else {
                throw Problem(
                    .usage,
                    "\(file) line \(rule.line): the table has no column \"\(name)\"; its columns are "
                        + headers.joined(separator: ", "))
            }
            return column
        }
        self.rules = rules
        columns = try rules.map { rule in try rule.column.map { try find($0, rule) } }
        orders = try rules.map { rule in
            guard case .order(let names) = rule.check else { return [] }
            return try names.map { try find($0, rule) }
        }
        matchers = try rules.map { rule in
            guard case .pattern(let pattern) = rule.check else { return nil }
            do { return try PatternMatcher(pattern) } catch let problem as Problem {
                throw Problem(.usage, "\(file) line \(rule.line): \(problem.description)")
            }
        }
        lists = rules.enumerated().map { position, rule in
            if case .oneOf(let values) = rule.check { return Set(values) }
            return references[position]
        }
        plans = ColumnPlan.all(headers: headers, samples: samples)
        self.conditions = conditions
        total = Self.noPart(rules.count)
        seen = rules.map { _ in [] }
    }

    private static func noPart(_ count: Int) -> Part {
        Part(
            applicable: Array(repeating: 0, count: count), failing: Array(repeating: 0, count: count),
            examples: Array(repeating: [], count: count), hashes: Array(repeating: [], count: count),
            days: Array(repeating: [:], count: count), rowCount: 0)
    }

    /// Checks a block; several threads may at the same time.
    public func check(_ block: CellBlock) -> Part {
        var part = Self.noPart(rules.count)
        part.rowCount = block.rowCount
        let scanner = CellScanner()
        let values = BlockValues()
        var filledColumn = -1
        for position in rules.indices {
            let meets: (Int) -> Bool = { [conditions] row in
                conditions[position].map { $0 { block.cell(row: row, column: $0) } } ?? true
            }
            if let column = columns[position] {
                if column != filledColumn { values.fill(block, column: column) }
                filledColumn = column
                check(position, block, column, values, scanner, meets, &part)
            } else if !orders[position].isEmpty {
                checkOrder(position, block, scanner, meets, &part)
            }
        }
        return part
    }

    /// What a cell says to a rule.
    private enum Verdict { case absent, kept, broken, day(Int32) }

    private func check(
        _ position: Int, _ block: CellBlock, _ column: Int, _ values: BlockValues, _ scanner: CellScanner,
        _ meets: (Int) -> Bool, _ part: inout Part
    ) {
        let reader = CellReader(plans[column])
        let verdicts = (0..<values.count).map { value -> Verdict in
            verdict(position, values.bytes(value, of: block), column, reader, scanner)
        }
        for row in 0..<block.rowCount where meets(row) {
            let value = Int(values.positions[row])
            switch verdicts[value] {
            case .absent: continue
            case .kept: break
            case .broken: fail(position, block.line(ofRow: row), &part)
            case .day(let day):
                part.days[position][day, default: DatedCells()].add(line: block.line(ofRow: row))
            }
            part.applicable[position] += 1
            if case .unique = rules[position].check {
                part.hashes[position].append((values.hashes[value], row))
            }
        }
        // Lines are told of rows only where they are needed, in `commit`, by the block's own lines.
        if case .unique = rules[position].check {
            var line = block.rowCount > 0 ? block.line(ofRow: 0) : 0
            var lastRow = 0
            part.hashes[position] = part.hashes[position].map { entry in
                line += block.lines(from: lastRow, to: entry.line)
                lastRow = entry.line
                return (entry.hash, line)
            }
        }
    }

    private func fail(_ position: Int, _ line: @autoclosure () -> Int, _ part: inout Part) {
        part.failing[position] += 1
        if part.examples[position].count < Self.listed { part.examples[position].append(line()) }
    }

    private func isMissing(_ bytes: UnsafeBufferPointer<UInt8>, _ column: Int) -> Bool {
        guard !bytes.isEmpty else { return true }
        guard let hidden = HiddenMissing(bytes) else { return false }
        return !plans[column].isSpoken(hidden, bytes)
    }

    private func verdict(
        _ position: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int, _ reader: CellReader,
        _ scanner: CellScanner
    ) -> Verdict {
        let missing = isMissing(bytes, column)
        if case .required = rules[position].check { return missing ? .broken : .kept }
        if missing { return .absent }
        func verdict(_ isKept: Bool) -> Verdict { isKept ? .kept : .broken }
        var scan = CellScan()
        var reading = CellReading()
        switch rules[position].check {
        case .form, .numbers, .days, .fresh:
            scan = scanner.scan(bytes)
            reading = reader.read(bytes, &scan)
        case .required, .unique, .pattern, .oneOf, .reference, .order, .rowCount: break
        }
        let isDate = reading.kind == .date || reading.kind == .jalaliDate
        switch rules[position].check {
        case .required, .unique, .order, .rowCount: return .kept
        case .pattern: return verdict(matchers[position]?.matches(String(decoding: bytes, as: UTF8.self)) ?? false)
        case .oneOf, .reference:
            return verdict(lists[position]?.contains(String(decoding: bytes, as: UTF8.self)) ?? false)
        case .numbers(let least, let most):
            let isNumber = reading.kind == .number || (reading.kind == .code && scan.isPlainNumber)
            let value = reading.kind == .code ? scan.number : reading.value
            return verdict(isNumber && value >= least ?? .min && value <= most ?? .max)
        case .days(let first, let last):
            return verdict(
                isDate && reading.value >= Int64(first?.number ?? .min) && reading.value <= Int64(last?.number ?? .max))
        case .fresh: return isDate ? .day(Int32(reading.value)) : .broken
        case .form(let form):
            switch form {
            case .email: return verdict(reading.kind == .email)
            case .number: return verdict(reading.kind == .number || reading.kind == .code)
            case .integer: return verdict((reading.kind == .number && reading.decimals == 0) || reading.kind == .code)
            case .date: return verdict(isDate)
            case .phone, .country, .nationalID:
                var tally = ColumnTally()
                tally.add(bytes, scan, reading, times: 1)
                let hits =
                    form == .phone
                    ? tally.phones : form == .country ? tally.countryCodes : tally.iranianIDs + tally.chineseIDs
                return verdict(hits > 0)
            }
        }
    }

    private func checkOrder(
        _ position: Int, _ block: CellBlock, _ scanner: CellScanner, _ meets: (Int) -> Bool, _ part: inout Part
    ) {
        let readers = orders[position].map { ($0, CellReader(plans[$0])) }
        for row in 0..<block.rowCount where meets(row) {
            var last: (isDate: Bool, value: Int64)?
            var compared = 0
            var isBroken = false
            for (column, reader) in readers {
                let bytes = block.cell(row: row, column: column)
                guard !isMissing(bytes, column) else { continue }
                var scan = scanner.scan(bytes)
                let reading = reader.read(bytes, &scan)
                let isDate = reading.kind == .date || reading.kind == .jalaliDate
                guard isDate || reading.kind == .number else { continue }
                if let last, last.isDate == isDate {
                    compared += 1
                    if last.value > reading.value { isBroken = true }
                }
                last = (isDate, reading.value)
            }
            guard compared > 0 else { continue }
            part.applicable[position] += 1
            if isBroken { fail(position, block.line(ofRow: row), &part) }
        }
    }

    /// Adds what a block gave; blocks come in the order of the file.
    ///
    /// - Parameter firstLine: the line in the file, from 1, on which the block begins.
    public func commit(_ part: Part, firstLine: Int) {
        rowTotal += part.rowCount
        for position in rules.indices {
            total.applicable[position] += part.applicable[position]
            total.failing[position] += part.failing[position]
            for line in part.examples[position] where total.examples[position].count < Self.listed {
                total.examples[position].append(firstLine + line)
            }
            for (hash, line) in part.hashes[position] where !seen[position].insert(hash).inserted {
                fail(position, firstLine + line, &total)
            }
            for (day, cells) in part.days[position] {
                total.days[position][day, default: DatedCells()].add(cells, firstLine: firstLine)
            }
        }
    }

    /// What the rules found, in their order.
    public func findings() -> [RuleFinding] {
        rules.enumerated().map { position, rule in
            var applicable = total.applicable[position]
            var failing = total.failing[position]
            var examples = total.examples[position]
            switch rule.check {
            case .rowCount(let least, let most):
                applicable = 1
                failing = rowTotal < least ?? 0 || rowTotal > most ?? .max ? 1 : 0
            case .fresh(let days, let asOf):
                let last = Int64(asOf?.number ?? total.days[position].keys.max() ?? 0)
                let stale = total.days[position].filter { Int64($0.key) < last - Int64(days) || Int64($0.key) > last }
                failing += stale.reduce(0) { $0 + $1.value.count }
                examples = Array((examples + stale.flatMap(\.value.lines)).sorted().prefix(Self.listed))
            default: break
            }
            return RuleFinding(
                rule: rule.words, column: rule.column, check: rule.check.key, severity: rule.severity, line: rule.line,
                applicable: applicable, failing: failing, maxShare: rule.maxShare, examples: examples,
                isKept: Double(failing) <= rule.maxShare * Double(applicable))
        }
    }
}
