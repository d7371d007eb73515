import CustomerData
import Foundation
import Quality
import Semantics
import Yams

/// The rules of a table, from a YAML file: `rules:`, a list of mappings of which each asks one thing or several.
enum RulesFile {
    /// The rules of a file.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such file; `Problem(.usage)` with the line of what is no rule.
    static func read(_ path: String) throws -> [QualityRule] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "--rules \(path): there is no such file, or it can't be read")
        }
        let example = "rules:, a list of rules, for example - {column: email, required: true}"
        guard let root = try YAMLFile.node(of: data, path)?.mapping else {
            throw Problem(.usage, "\(path): expected \(example)")
        }
        var list: Node.Sequence?
        for (key, value) in root {
            guard key.string == "rules" else {
                throw problem(path, key, "there is no key \(key.string ?? "of that kind"); the only one is rules")
            }
            list = value.sequence
        }
        guard let list, !list.isEmpty else { throw Problem(.usage, "\(path): expected \(example)") }
        let rules = try list.flatMap { node in
            guard let mapping = node.mapping else {
                throw problem(path, node, "expected a rule, for example {column: email, required: true}")
            }
            return try RuleReader(path, node, mapping).rules()
        }
        try QualityRule.checkTogether(rules, file: path)
        return rules
    }

    static func problem(_ path: String, _ node: Node, _ sentence: String) -> Problem {
        Problem(.usage, "\(path) line \(node.mark?.line ?? 0): \(sentence)")
    }
}

/// Reads one rule's mapping.
private struct RuleReader {
    private let path: String
    private let node: Node
    private var values: [String: Node] = [:]
    private let line: Int

    private static let keys = [
        "column", "required", "unique", "pattern", "is", "min", "max", "one_of", "order", "reference", "fresh", "as_of",
        "row_count", "where", "max_share", "severity",
    ]

    init(_ path: String, _ node: Node, _ mapping: Node.Mapping) throws {
        self.path = path
        self.node = node
        line = node.mark?.line ?? 0
        for (key, value) in mapping {
            guard let name = key.string, Self.keys.contains(name) else {
                throw RulesFile.problem(
                    path, key,
                    "there is no key \(key.string ?? "of that kind"); the keys of a rule are "
                        + Self.keys.joined(separator: ", "))
            }
            values[name] = value
        }
    }

    private func refuse(_ key: String, _ sentence: String) -> Problem {
        RulesFile.problem(path, values[key] ?? node, sentence)
    }

    private func text(_ key: String) throws -> String? {
        guard let value = values[key] else { return nil }
        guard let text = value.scalar?.string else { throw refuse(key, "\(key) must be a single value") }
        return text
    }

    private func flag(_ key: String) throws -> Bool {
        switch try text(key) {
        case nil, "false": false
        case "true": true
        case .some: throw refuse(key, "\(key) must be true or false")
        }
    }

    private func texts(_ key: String) throws -> [String]? {
        guard let value = values[key] else { return nil }
        guard let list = value.sequence else { throw refuse(key, "\(key) must be a list") }
        return try list.map { element in
            guard let text = element.scalar?.string else { throw refuse(key, "\(key) must be a list of single values") }
            return text
        }
    }

    /// Two named bounds, or the parts of a mapping.
    private func parts(_ key: String, _ names: [String]) throws -> [String: String]? {
        guard let value = values[key] else { return nil }
        guard let mapping = value.mapping else {
            throw refuse(key, "\(key) must be a mapping with \(names.joined(separator: " and "))")
        }
        var parts: [String: String] = [:]
        for (name, part) in mapping {
            guard let name = name.string, names.contains(name), let text = part.scalar?.string else {
                throw refuse(key, "\(key) must be a mapping with \(names.joined(separator: " and "))")
            }
            parts[name] = text
        }
        return parts
    }

    /// The rules of the mapping: one for each thing that is asked.
    func rules() throws -> [QualityRule] {
        var checks: [QualityRule.Check] = []
        if try flag("required") { checks.append(.required) }
        if try flag("unique") { checks.append(.unique) }
        if let pattern = try text("pattern") { checks.append(.pattern(pattern)) }
        if let name = try text("is") {
            guard let form = QualityRule.Form(rawValue: name) else {
                let known = QualityRule.Form.allCases.map(\.rawValue).joined(separator: ", ")
                throw refuse("is", "is must be one of \(known); got \(name)")
            }
            checks.append(.form(form))
        }
        if let range = try range() { checks.append(range) }
        if let values = try texts("one_of") { checks.append(.oneOf(values)) }
        if let parts = try parts("reference", ["file", "column"]) {
            guard let file = parts["file"], let column = parts["column"] else {
                throw refuse("reference", "reference must have file and column")
            }
            checks.append(.reference(file: relative(file), column: column))
        }
        if let fresh = try fresh() { checks.append(fresh) }
        let column = try text("column")
        let ofTable: [QualityRule.Check] = try [order(), rowCount()].compactMap(\.self)
        guard checks.isEmpty || column != nil else {
            throw RulesFile.problem(path, node, "\(checks[0].key) is asked of a column: name it with column")
        }
        guard ofTable.isEmpty || column == nil else {
            throw RulesFile.problem(path, node, "\(ofTable[0].key) is not about one column: give it a rule of its own")
        }
        guard !checks.isEmpty || !ofTable.isEmpty else {
            throw RulesFile.problem(
                path, node,
                "the rule asks for nothing; it can ask for required, unique, pattern, is, min, max, one_of, order, reference, fresh, row_count"
            )
        }
        let (condition, share, severity) = (try text("where"), try maxShare(), try severity())
        return (checks + ofTable).map {
            QualityRule(
                column: column, check: $0, condition: condition, maxShare: share, severity: severity, line: line)
        }
    }

    /// A file that the rules name stands beside them.
    private func relative(_ file: String) -> String {
        guard !file.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return file }
        return path[...slash] + file
    }

    private func range() throws -> QualityRule.Check? {
        let bounds = (try text("min"), try text("max"))
        guard bounds.0 != nil || bounds.1 != nil else { return nil }
        let days = (bounds.0.flatMap { Day($0) }, bounds.1.flatMap { Day($0) })
        if days.0 != nil || days.1 != nil {
            guard (bounds.0 == nil) == (days.0 == nil), (bounds.1 == nil) == (days.1 == nil) else {
                throw refuse("min", "min and max must both be numbers or both be dates yyyy-MM-dd")
            }
            return .days(first: days.0, last: days.1)
        }
        func number(_ text: String?, _ key: String) throws -> Int64? {
            try text.map { text in
                guard let parsed = NumberLayout.decimalPoint.parse(text), !parsed.isRounded, parsed.currency == nil
                else {
                    throw refuse(key, "\(key) must be a number of at most four decimals, or a date yyyy-MM-dd")
                }
                return parsed.tenThousandths
            }
        }
        return .numbers(least: try number(bounds.0, "min"), most: try number(bounds.1, "max"))
    }

    private func fresh() throws -> QualityRule.Check? {
        let asOf = try text("as_of").map { text in
            guard let day = Day(text) else { throw refuse("as_of", "as_of must be a date yyyy-MM-dd") }
            return day
        }
        guard let text = try text("fresh") else {
            guard asOf == nil else { throw refuse("as_of", "as_of goes with fresh: name the largest age, fresh: 365d") }
            return nil
        }
        guard let days = Int(text.hasSuffix("d") ? text.dropLast() : text[...]), days >= 0 else {
            throw refuse("fresh", "fresh must be a number of days, for example 365d")
        }
        return .fresh(days: days, asOf: asOf)
    }

    private func order() throws -> QualityRule.Check? { try texts("order").map { .order($0) } }

    private func rowCount() throws -> QualityRule.Check? {
        guard let parts = try parts("row_count", ["min", "max"]) else { return nil }
        func count(_ name: String) throws -> Int? {
            try parts[name].map { text in
                guard let count = Int(text), count >= 0 else {
                    throw refuse("row_count", "row_count: \(name) must be a whole number")
                }
                return count
            }
        }
        return .rowCount(least: try count("min"), most: try count("max"))
    }

    private func maxShare() throws -> Double {
        guard let text = try text("max_share") else { return 0 }
        guard let share = Double(text), (0...1).contains(share) else {
            throw refuse("max_share", "max_share must be in 0...1; got \(text)")
        }
        return share
    }

    private func severity() throws -> QualityRule.Severity {
        guard let text = try text("severity") else { return .error }
        guard let severity = QualityRule.Severity(rawValue: text) else {
            throw refuse("severity", "severity must be error or warning; got \(text)")
        }
        return severity
    }
}
