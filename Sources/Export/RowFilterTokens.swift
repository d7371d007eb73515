import CustomerData

/// A word, a name, a literal or a sign of a condition, and the character it begins at, from 1.
struct RowFilterToken {
    enum Kind: Equatable {
        /// A bare name or a keyword.
        case word(String)
        /// A name in double quotes.
        case name(String)
        case text(String)
        case number(String)
        /// An operator, a comma or a parenthesis.
        case sign(String)
        case end
    }

    let kind: Kind
    let position: Int

    /// What stands there, for an error.
    var words: String {
        switch kind {
        case .word(let word), .number(let word), .sign(let word): word
        case .name(let name): "\"\(name)\""
        case .text(let text): "'\(text)'"
        case .end: "the end"
        }
    }

    static func problem(_ position: Int, _ what: String) -> Problem {
        Problem(.usage, "the condition can't be read at character \(position): \(what)")
    }

    /// The tokens of a condition; the last is the end.
    static func tokens(of text: String) throws -> [RowFilterToken] {
        let scalars = Array(text.unicodeScalars)
        var tokens: [RowFilterToken] = []
        var index = 0
        while index < scalars.count {
            let start = index
            let scalar = scalars[index]
            let kind: Kind
            if scalar.properties.isWhitespace {
                index += 1
                continue
            } else if scalar == "'" || scalar == "\"" {
                let inside = try quoted(scalars, &index)
                kind = scalar == "'" ? .text(inside) : .name(inside)
            } else if isNumberStart(scalars, index) {
                index += 1
                while index < scalars.count, isWordPart(scalars[index]) || isExponentSign(scalars, index) { index += 1 }
                let number = string(scalars[start..<index])
                guard isNumber(number) else {
                    throw problem(start + 1, "\(number) is no number")
                }
                kind = .number(number)
            } else if isWordPart(scalar) {
                while index < scalars.count, isWordPart(scalars[index]) { index += 1 }
                kind = .word(string(scalars[start..<index]))
            } else {
                let pair = string(scalars[start..<min(start + 2, scalars.count)])
                let sign = ["<=", ">=", "<>", "!="].contains(pair) ? pair : String(Character(scalar))
                guard pair == sign || ["=", "<", ">", "(", ")", ","].contains(sign) else {
                    throw problem(start + 1, "\(sign) means nothing here")
                }
                index += sign.unicodeScalars.count
                kind = .sign(sign)
            }
            tokens.append(RowFilterToken(kind: kind, position: start + 1))
        }
        tokens.append(RowFilterToken(kind: .end, position: scalars.count + 1))
        return tokens
    }

    /// What stands between a quote and the next one of its kind; two of them stand for one.
    private static func quoted(_ scalars: [Unicode.Scalar], _ index: inout Int) throws -> String {
        let start = index
        let quote = scalars[index]
        var inside = String.UnicodeScalarView()
        index += 1
        while index < scalars.count {
            if scalars[index] != quote {
                inside.append(scalars[index])
            } else if index + 1 < scalars.count, scalars[index + 1] == quote {
                inside.append(quote)
                index += 1
            } else {
                index += 1
                return String(inside)
            }
            index += 1
        }
        throw problem(start + 1, "the quote \(quote) is not closed")
    }

    private static func isNumberStart(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        func isDigit(_ index: Int) -> Bool { index < scalars.count && ("0"..."9").contains(scalars[index]) }
        switch scalars[index] {
        case "-", "+":
            return isDigit(index + 1) || index + 1 < scalars.count && scalars[index + 1] == "." && isDigit(index + 2)
        case ".": return isDigit(index + 1)
        default: return isDigit(index)
        }
    }

    /// Whether the sign of an exponent stands there: `1e-5`.
    private static func isExponentSign(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        (scalars[index] == "-" || scalars[index] == "+") && (scalars[index - 1] == "e" || scalars[index - 1] == "E")
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_" || scalar == "."
            || scalar.properties.generalCategory == .nonspacingMark || scalar == "\u{200C}"
    }

    private static func isNumber(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { ExactNumber($0) != nil }
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
