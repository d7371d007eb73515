import Semantics

/// What spellings of a company's name have in common.
enum CompanyForm {
    /// Small letters and signs that tell, without blanks, points, commas and quotation marks, the legal form in its short
    /// form: the same for `ACME, Limited` and `Acme Ltd.`, and not for `A+B` and `AB`.
    static func key(_ name: String) -> String {
        let plain = PlainText.standard(name, persian: true).text.lowercased().filter { !",.'\"’“”،".contains($0) }
        var words = plain.split(separator: " ").map(String.init)
        if words.count > 1, let last = words.last, let short = shortForms[last] { words[words.count - 1] = short }
        return words.joined()
    }

    /// As `key`, without any sign: what may be the same company.
    static func looseKey(_ name: String) -> String { PlainText.matchKey(key(name)) }

    private static let shortForms = [
        "limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co",
    ]
}
