import Matching

/// Blocking rules as YAML that a person edits and gives to `--blocking`.
enum BlockingText {
    /// The rules, one a line or two.
    static func yaml(_ rules: [BlockingRule]) -> String {
        var text = "# Records are compared where they have all columns of a rule in common.\nrules:\n"
        for rule in rules {
            if rule.keys.isEmpty {
                text += "  - all_pairs: true\n"
                continue
            }
            let keys = rule.keys.map { key in
                key.form == .exact ? quoted(key.column) : "\(quoted(key.column)): \(key.form.text)"
            }
            text += "  - columns: [\(keys.joined(separator: ", "))]\n"
            if rule.isEitherOrder { text += "    either_order: true\n" }
            if let largest = rule.largestBlock { text += "    largest_block: \(largest)\n" }
        }
        return text
    }

    /// A header as YAML: between quotes where it is more than letters, digits and underscores.
    private static func quoted(_ header: String) -> String {
        let isPlain =
            header.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            && header.first?.isLetter == true
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(header.lowercased())
        if isPlain { return header }
        var text = "\""
        for scalar in header.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20: text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
