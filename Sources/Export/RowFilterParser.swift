import CustomerData

/// Reads a condition by recursive descent: OR over AND over NOT over comparisons, as SQL binds.
struct RowFilterParser {
    private let columns: [String]
    private let tokens: [RowFilterToken]
    private var next = 0
    private var depth = 0
    /// Parentheses and NOTs that may stand in one another, so that no text exhausts the stack.
    private static let deepest = 100
    static let keywords: Set<String> = [
        "AND", "OR", "NOT", "IN", "LIKE", "IS", "NULL", "BETWEEN", "TRUE", "FALSE",
    ]

    init(_ text: String, columns: [String]) throws {
        self.columns = columns
        tokens = try RowFilterToken.tokens(of: text)
    }

    private var token: RowFilterToken { tokens[next] }

    mutating func parse() throws -> RowFilter.Condition {
        let condition = try alternatives()
        guard token.kind == .end else { throw unexpected("AND, OR or the end") }
        return condition
    }

    private mutating func alternatives() throws -> RowFilter.Condition {
        var conditions = [try conjunction()]
        while take(keyword: "OR") { conditions.append(try conjunction()) }
        return conditions.count == 1 ? conditions[0] : .any(conditions)
    }

    private mutating func conjunction() throws -> RowFilter.Condition {
        var conditions = [try negation()]
        while take(keyword: "AND") { conditions.append(try negation()) }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    private mutating func negation() throws -> RowFilter.Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= RowFilterParser.deepest else {
            throw RowFilterToken.problem(token.position, "more than \(RowFilterParser.deepest) levels of parentheses")
        }
        if take(keyword: "NOT") { return .not(try negation()) }
        if take(sign: "(") {
            let condition = try alternatives()
            guard take(sign: ")") else { throw unexpected("AND, OR or )") }
            return condition
        }
        return try comparison()
    }

    private mutating func comparison() throws -> RowFilter.Condition {
        let start = token
        let left = try operand()
        if take(keyword: "IS") {
            let isNegated = take(keyword: "NOT")
            guard take(keyword: "NULL") else { throw unexpected("NULL") }
            guard case .column = left else {
                throw RowFilterToken.problem(start.position, "IS NULL asks about a column")
            }
            return isNegated ? .not(.isNull(left)) : .isNull(left)
        }
        if case .sign(let sign) = token.kind, let comparison = RowFilterParser.comparison(sign) {
            next += 1
            return .comparison(left, comparison, try operand())
        }
        let isNegated = take(keyword: "NOT")
        let condition: RowFilter.Condition
        if take(keyword: "BETWEEN") {
            let low = try operand()
            guard take(keyword: "AND") else { throw unexpected("AND") }
            condition = .all([.comparison(left, .greaterOrEqual, low), .comparison(left, .lessOrEqual, try operand())])
        } else if take(keyword: "IN") {
            guard take(sign: "(") else { throw unexpected("(") }
            var choices: [RowFilter.Condition] = []
            repeat { choices.append(.comparison(left, .equal, try operand())) } while take(sign: ",")
            guard take(sign: ")") else { throw unexpected(", or )") }
            condition = .any(choices)
        } else if take(keyword: "LIKE") {
            guard case .column = left else { throw RowFilterToken.problem(start.position, "LIKE asks about a column") }
            guard case .text(let pattern) = token.kind else { throw unexpected("a pattern in single quotes") }
            next += 1
            condition = .like(left, pattern: LikePattern(Array(pattern.utf8)))
        } else {
            throw unexpected("a comparison (= <> < <= > >= BETWEEN, IN, LIKE, IS NULL)")
        }
        return isNegated ? .not(condition) : condition
    }

    private static func comparison(_ sign: String) -> RowFilter.Comparison? {
        switch sign {
        case "=": .equal
        case "<>", "!=": .unequal
        case "<": .less
        case "<=": .lessOrEqual
        case ">": .greater
        case ">=": .greaterOrEqual
        default: nil
        }
    }

    private mutating func operand() throws -> RowFilter.Operand {
        switch token.kind {
        case .number(let number):
            var number = number
            guard let exact = number.withUTF8({ ExactNumber($0) }) else { throw unexpected("a number") }
            next += 1
            return .number(exact)
        case .text(let text):
            guard !text.isEmpty else {
                throw RowFilterToken.problem(token.position, "an empty cell is found with IS NULL, not with ''")
            }
            next += 1
            return .text(Array(text.utf8))
        case .word(let word) where ["TRUE", "FALSE"].contains(word.uppercased()) && !columns.contains(word):
            next += 1
            return .text(Array(word.lowercased().utf8))
        case .word(let word) where !RowFilterParser.keywords.contains(word.uppercased()):
            let folded = columns.indices.filter { columns[$0].lowercased() == word.lowercased() }
            guard let column = columns.firstIndex(of: word) ?? (folded.count == 1 ? folded[0] : nil) else {
                throw unknown(word)
            }
            next += 1
            return .column(column)
        case .name(let name):
            guard let column = columns.firstIndex(of: name) else { throw unknown(name) }
            next += 1
            return .column(column)
        default:
            throw unexpected("a column, a number or a text in single quotes")
        }
    }

    private mutating func take(keyword: String) -> Bool {
        guard case .word(let word) = token.kind, word.uppercased() == keyword else { return false }
        next += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        next += 1
        return true
    }

    private func unexpected(_ expected: String) -> Problem {
        RowFilterToken.problem(token.position, "expected \(expected), found \(token.words)")
    }

    private func unknown(_ name: String) -> Problem {
        let list = columns.joined(separator: ", ")
        return RowFilterToken.problem(token.position, "there is no column \(name); the columns are \(list)")
    }
}
