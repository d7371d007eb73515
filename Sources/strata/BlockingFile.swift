import CustomerData
import Foundation
import Matching
import Yams

/// Blocking rules from a YAML file: `rules:`, a list of mappings.
enum BlockingFile {
    private static let example = "rules:, a list of rules, for example - columns: [family_name: consonants, birth_date]"
    private static let keys = ["columns", "either_order", "largest_block", "all_pairs"]

    /// The rules of a file.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such file; `Problem(.usage)` with the line of what is no rule.
    static func read(_ path: String) throws -> BlockingRules {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "--blocking \(path): there is no such file, or it can't be read")
        }
        guard let root = try YAMLFile.node(of: data, path)?.mapping else {
            throw Problem(.usage, "\(path): expected \(example)")
        }
        var list: Node.Sequence?
        for (key, value) in root {
            guard key.string == "rules" else {
                throw RulesFile.problem(
                    path, key, "there is no key \(key.string ?? "of that kind"); the only one is rules")
            }
            list = value.sequence
        }
        guard let list, !list.isEmpty else { throw Problem(.usage, "\(path): expected \(example)") }
        guard list.count <= BlockingRules.limit else {
            throw Problem(.usage, "\(path): \(list.count) rules, more than \(BlockingRules.limit)")
        }
        return BlockingRules(file: path, rules: try list.map { try rule($0, path) })
    }

    private static func rule(_ node: Node, _ path: String) throws -> BlockingRule {
        let line = node.mark?.line ?? 0
        guard let mapping = node.mapping else {
            throw RulesFile.problem(path, node, "expected a rule, for example columns: [family_name: consonants]")
        }
        var values: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, keys.contains(name) else {
                throw RulesFile.problem(
                    path, key,
                    "there is no key \(key.string ?? "of that kind"); the keys of a rule are "
                        + keys.joined(separator: ", "))
            }
            values[name] = value
        }
        func flag(_ key: String) throws -> Bool {
            guard let value = values[key] else { return false }
            guard let flag = ["true": true, "false": false][value.scalar?.string ?? ""] else {
                throw RulesFile.problem(path, value, "\(key) must be true or false")
            }
            return flag
        }
        if try flag("all_pairs") {
            guard values.count == 1 else {
                throw RulesFile.problem(path, node, "all_pairs stands alone: it compares every record with every other")
            }
            return BlockingRule([], line: line)
        }
        let largest = try values["largest_block"].map { value in
            guard let count = value.scalar.flatMap({ Int($0.string) }), count >= 2 else {
                throw RulesFile.problem(path, value, "largest_block must be a number of records, at least 2")
            }
            return count
        }
        guard let columns = values["columns"]?.sequence, !columns.isEmpty else {
            throw RulesFile.problem(
                path, values["columns"] ?? node,
                "the rule names no column: expected a list, for example columns: [family_name: consonants, birth_date]")
        }
        let parts = try columns.map { try key($0, path) }
        guard Set(parts).count == parts.count else {
            throw RulesFile.problem(path, node, "a column stands twice in the rule with the same key")
        }
        let isEitherOrder = try flag("either_order")
        guard !isEitherOrder || parts.count == 2 else {
            throw RulesFile.problem(path, node, "either_order goes with two columns; got \(parts.count)")
        }
        return BlockingRule(parts, isEitherOrder: isEitherOrder, largestBlock: largest, line: line)
    }

    /// A column, or a mapping of a column to the part of its value.
    private static func key(_ node: Node, _ path: String) throws -> BlockingRule.Key {
        if let column = node.scalar?.string { return .init(column: column, form: .exact) }
        guard let mapping = node.mapping, mapping.count == 1,
            let (name, part) = mapping.first.map({ ($0.key, $0.value) }),
            let column = name.string
        else { throw RulesFile.problem(path, node, "expected a column or column: key") }
        guard let form = part.scalar.flatMap({ BlockingForm($0.string) }) else {
            throw RulesFile.problem(
                path, part,
                "there is no key \(part.scalar?.string ?? "of that kind") of a column; the keys are \(BlockingForm.names)"
            )
        }
        return .init(column: column, form: form)
    }
}
