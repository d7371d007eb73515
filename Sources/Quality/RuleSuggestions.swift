import CustomerData

/// Rules that a table keeps by its profile, for a person to look over: what `strata profile --suggest-rules` writes.
public enum RuleSuggestions {
    /// Values that a list has at most.
    private static let longestList = 20

    /// The rules as text of a rules file.
    ///
    /// Suggested are: half to twice the rows; `required` where at most one cell in a hundred is missing; `unique` for ids
    /// that come once; `is` where at most one in twenty is not; `one_of` where all values of a category are known and
    /// stand for no person; `range` from zero where no number is below it. Shares that are broken now are allowed.
    public static func text(of profile: TableProfile, file: String) -> String {
        var lines = [
            "# Rules that \(file) keeps now, suggested by strata profile: look them over, then strata check --rules.",
            "rules:", "  - row_count: {min: \(profile.rowCount / 2), max: \(profile.rowCount * 2)}",
        ]
        for column in profile.columns where column.filled > 0 {
            for rule in rules(of: column, isIdentity: profile.identityColumns.contains(column.name)) {
                lines.append("  - {column: \(quoted(column.name)), \(rule)}")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rules(of column: ColumnProfile, isIdentity: Bool) -> [String] {
        var rules: [String] = []
        func allowing(_ bad: Int, of total: Int) -> String {
            guard bad > 0 else { return "" }
            // Rounded up to a thousandth, so that the table keeps the rule.
            let share = (Double(bad) / Double(total) * 1000).rounded(.up) / 1000
            return ", max_share: \(share), severity: warning"
        }
        let cells = column.filled + column.missing
        if column.missing * 100 <= cells { rules.append("required: true" + allowing(column.missing, of: cells)) }
        if isIdentity, column.distinct.isExact, column.distinct.count == column.filled { rules.append("unique: true") }
        let form: QualityRule.Form? =
            switch column.meaning {
            case .email: .email
            case .phone: .phone
            case .date, .jalaliDate: .date
            case .nationalID: .nationalID
            case .number, .currencyAmount: column.type == .integer ? .integer : .number
            case .personName, .company, .country, .postcode, .id, .category, .freeText, .text, .empty: nil
            }
        let bad = column.filled - column.valid
        if let form, bad * 20 <= column.filled {
            rules.append("is: \(form.rawValue)" + allowing(bad, of: column.filled))
        }
        if column.meaning == .category || column.meaning == .country, !column.values.isHidden, column.values.error == 0,
            column.values.entries.reduce(0, { $0 + $1.count }) == column.filled,
            column.distinct.count <= longestList
        {
            let values = column.values.entries.map(\.text).sorted().map(quoted)
            rules.append("one_of: [\(values.joined(separator: ", "))]")
        }
        if let numbers = column.numbers, numbers.smallest >= 0, bad == 0, column.meaning != .category {
            rules.append("min: 0")
        }
        return rules
    }

    /// A double-quoted scalar of YAML.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
