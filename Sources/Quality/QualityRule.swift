import CustomerData
import Foundation
import Semantics

/// A rule that the rows of a table keep, or the table as a whole.
public struct QualityRule: Sendable {
    /// How bad it is when a rule is broken.
    public enum Severity: String, CaseIterable, Codable, Sendable {
        /// The check fails.
        case error
        /// The check tells of it.
        case warning
    }

    /// What a column's cells can be asked to be.
    public enum Form: String, CaseIterable, Codable, Sendable {
        case email, phone, number, integer, date, country
        case nationalID = "national_id"
    }

    /// What is asked for. All but `required` and `rowCount` are asked of filled cells only.
    public enum Check: Sendable {
        /// The cell says something.
        case required
        /// No other row has the same cell.
        case unique
        /// The whole cell matches a regular expression (ICU's).
        case pattern(String)
        /// The cell is of a form.
        case form(Form)
        /// The cell is a number within bounds, in ten-thousandths.
        case numbers(least: Int64?, most: Int64?)
        /// The cell is a date within bounds.
        case days(first: Day?, last: Day?)
        /// The cell is one of these.
        case oneOf([String])
        /// The dates or numbers of the columns do not fall from one to the next.
        case order([String])
        /// The cell stands in a column of another file.
        case reference(file: String, column: String)
        /// The date is at most so many days before a day; nil for the last of the column.
        case fresh(days: Int, asOf: Day?)
        /// The table has so many rows.
        case rowCount(least: Int?, most: Int?)

        /// The key of a rules file that asks for it.
        public var key: String {
            switch self {
            case .required: "required"
            case .unique: "unique"
            case .pattern: "pattern"
            case .form: "is"
            case .numbers, .days: "range"
            case .oneOf: "one_of"
            case .order: "order"
            case .reference: "reference"
            case .fresh: "fresh"
            case .rowCount: "row_count"
            }
        }
    }

    /// The column; nil for rules about several columns or the table.
    public let column: String?
    /// What is asked for.
    public let check: Check
    /// A condition on rows, as after WHERE in SQL; nil for all rows.
    public let condition: String?
    /// The largest share of the rows it applies to that may break it, 0–1.
    public let maxShare: Double
    /// How bad it is.
    public let severity: Severity
    /// The line of the rules file, from 1.
    public let line: Int

    /// A rule.
    public init(
        column: String?, check: Check, condition: String? = nil, maxShare: Double = 0, severity: Severity = .error,
        line: Int
    ) {
        self.column = column
        self.check = check
        self.condition = condition
        self.maxShare = maxShare
        self.severity = severity
        self.line = line
    }

    /// The rule in words: `email: is email`.
    public var words: String {
        let subject = column.map { "\($0): " } ?? ""
        let asked: String
        switch check {
        case .required: asked = "required"
        case .unique: asked = "unique"
        case .pattern(let pattern): asked = "pattern \(pattern)"
        case .form(let form): asked = "is \(form.rawValue)"
        case .numbers(let least, let most):
            asked = Self.bounds(
                least.map { Money(tenThousandths: Int128($0)).formatted(decimals: $0 % 10_000 == 0 ? 0 : 4) },
                most.map { Money(tenThousandths: Int128($0)).formatted(decimals: $0 % 10_000 == 0 ? 0 : 4) })
        case .days(let first, let last): asked = Self.bounds(first?.description, last?.description)
        case .oneOf(let values): asked = "one of \(values.count) value\(values.count == 1 ? "" : "s")"
        case .order(let columns): asked = columns.joined(separator: " ≤ ")
        case .reference(let file, let column): asked = "stands in \(file), column \(column)"
        case .fresh(let days, let asOf): asked = "at most \(days) days before \(asOf?.description ?? "the last day")"
        case .rowCount(let least, let most):
            asked = "rows " + Self.bounds(least.map(String.init), most.map(String.init))
        }
        return subject + asked + (condition.map { " where \($0)" } ?? "")
    }

    private static func bounds(_ least: String?, _ most: String?) -> String {
        [least.map { "at least \($0)" }, most.map { "at most \($0)" }].compactMap(\.self).joined(separator: ", ")
    }
}

extension QualityRule {
    /// Refuses rules that no row can keep together.
    ///
    /// - Throws: `Problem(.usage)` with the lines.
    public static func checkTogether(_ rules: [QualityRule], file: String) throws {
        func refuse(_ rule: QualityRule, _ other: QualityRule?, _ sentence: String) -> Problem {
            let lines = other.map { $0.line == rule.line ? "line \(rule.line)" : "lines \($0.line) and \(rule.line)" }
            return Problem(.usage, "\(file) \(lines ?? "line \(rule.line)"): \(sentence)")
        }
        for (position, rule) in rules.enumerated() {
            if let sentence = try rule.contradictionInside { throw refuse(rule, nil, sentence) }
            for other in rules[..<position] where other.column == rule.column && other.condition == rule.condition {
                if let sentence = try rule.contradiction(to: other) { throw refuse(rule, other, sentence) }
            }
        }
    }

    /// What no cell can be; nil when the rule can be kept.
    private var contradictionInside: String? {
        get throws {
            switch check {
            case .numbers(let least?, let most?) where least > most: return "min is above max: no number keeps the rule"
            case .days(let first?, let last?) where first > last: return "min is after max: no date keeps the rule"
            case .rowCount(let least?, let most?) where least > most: return "min is above max: no table keeps the rule"
            case .oneOf(let values) where values.isEmpty: return "one_of is empty: no cell keeps the rule"
            case .order(let columns) where Set(columns).count < 2: return "order must name two columns or more"
            default: return nil
            }
        }
    }

    private func contradiction(to other: QualityRule) throws -> String? {
        let place = column.map { "column \"\($0)\"" } ?? "the table"
        switch (check, other.check) {
        case (.numbers(let a, let b), .numbers(let c, let d)):
            return Self.isApart(a, b, c, d) ? "\(place) has two ranges without a number in common" : nil
        case (.days(let a, let b), .days(let c, let d)):
            return Self.isApart(a, b, c, d) ? "\(place) has two ranges without a day in common" : nil
        case (.rowCount(let a, let b), .rowCount(let c, let d)):
            return Self.isApart(a, b, c, d) ? "two row counts that no table has" : nil
        case (.numbers, .days), (.days, .numbers): return "\(place) has a range of numbers and one of dates"
        case (.oneOf(let mine), .oneOf(let theirs)):
            return Set(mine).isDisjoint(with: theirs) ? "\(place) has two lists without a value in common" : nil
        case (.oneOf(let values), .pattern(let pattern)), (.pattern(let pattern), .oneOf(let values)):
            let matcher = try PatternMatcher(pattern)
            return values.contains(where: matcher.matches) ? nil : "no value of one_of matches the pattern of \(place)"
        case (.oneOf(let values), .numbers(let least, let most)), (.numbers(let least, let most), .oneOf(let values)):
            let numbers = values.compactMap { NumberLayout.decimalPoint.parse($0)?.tenThousandths }
            let isKept = numbers.contains { $0 >= least ?? .min && $0 <= most ?? .max }
            return isKept ? nil : "no value of one_of lies within the range of \(place)"
        case (.order(let mine), .order(let theirs)):
            for (position, name) in mine.enumerated() {
                for later in mine[(position + 1)...] {
                    if let a = theirs.firstIndex(of: name), let b = theirs.firstIndex(of: later), b < a {
                        return "\"\(name)\" and \"\(later)\" are asked for in both orders"
                    }
                }
            }
            return nil
        default: return nil
        }
    }

    /// Whether two ranges have nothing in common.
    private static func isApart<Bound: Comparable>(_ a: Bound?, _ b: Bound?, _ c: Bound?, _ d: Bound?) -> Bool {
        if let a, let d, a > d { return true }
        if let c, let b, c > b { return true }
        return false
    }
}

/// A regular expression that is to match whole cells.
struct PatternMatcher {
    private let expression: NSRegularExpression

    /// - Throws: `Problem(.usage)` when it is no regular expression.
    init(_ pattern: String) throws {
        guard let expression = try? NSRegularExpression(pattern: "\\A(?:\(pattern))\\z") else {
            throw Problem(.usage, "pattern: \(pattern) is no regular expression")
        }
        self.expression = expression
    }

    func matches(_ text: String) -> Bool {
        expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}
