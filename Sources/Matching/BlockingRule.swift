import CustomerData

/// What records must have in common to be compared: all keys of the rule.
public struct BlockingRule: Hashable, Sendable {
    /// A part of the value of a column.
    public struct Key: Hashable, Sendable {
        /// The column, as files name it.
        public let column: String
        /// The part.
        public let form: BlockingForm

        /// A part of a column's value.
        public init(column: String, form: BlockingForm) {
            self.column = column
            self.form = form
        }
    }

    /// The keys; none where all pairs are compared.
    public let keys: [Key]
    /// Whether the two keys may be exchanged: the one of a record is the other of the other.
    public let isEitherOrder: Bool
    /// The largest block that is compared, in records; nil for as large as the number of pairs allows.
    public let largestBlock: Int?
    /// Where it stands in its file, from 1; 0 for a rule from no file.
    public let line: Int

    /// A rule.
    public init(_ keys: [Key], isEitherOrder: Bool = false, largestBlock: Int? = nil, line: Int = 0) {
        self.keys = keys
        self.isEitherOrder = isEitherOrder
        self.largestBlock = largestBlock
        self.line = line
    }

    /// How a person reads it: `family_name (consonants) + birth_date (year)`.
    public var text: String {
        if keys.isEmpty { return "all pairs" }
        let names = keys.map { $0.form == .exact ? $0.column : "\($0.column) (\($0.form.text))" }
        return isEitherOrder ? names.joined(separator: " and ") + " in either order" : names.joined(separator: " + ")
    }
}

/// The parts of a value that bring records together.
public enum BlockingForm: Hashable, Sendable {
    /// The value but for writing; in names and places the same in all scripts.
    case exact
    /// The consonants: vowels, doubled letters and the script do not matter.
    case consonants
    /// The part of an email before the `@`.
    case local
    /// Month and day of a date.
    case monthDay
    /// Year and month of a date.
    case yearMonth
    /// The year of a date.
    case year
    /// The last letters or digits.
    case last(Int)
    /// The first letters or digits.
    case first(Int)

    /// The name that a person uses.
    public var text: String {
        switch self {
        case .exact: "exact"
        case .consonants: "consonants"
        case .local: "local"
        case .monthDay: "month_day"
        case .yearMonth: "year_month"
        case .year: "year"
        case .last(let count): "last \(count)"
        case .first(let count): "first \(count)"
        }
    }

    /// The names, for a person who wrote another.
    public static let names = "exact, consonants, local, year, year_month, month_day, first N, last N"

    /// The form of that name; nil where there is none.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        if words.count == 2, let count = Int(words[1]), (1...64).contains(count) {
            switch words[0] {
            case "last": self = .last(count)
            case "first": self = .first(count)
            default: return nil
            }
            return
        }
        let plain: [BlockingForm] = [.exact, .consonants, .local, .monthDay, .yearMonth, .year]
        guard let form = plain.first(where: { $0.text == text }) else { return nil }
        self = form
    }

    /// Whether values of a kind have that part.
    func fits(_ kind: ComparisonKind) -> Bool {
        switch self {
        case .exact: kind != .ignored
        case .consonants: kind.isPersonName || kind.hasWords || kind == .words
        case .local: kind == .email
        case .monthDay, .yearMonth, .year: kind == .date
        case .last, .first: kind != .date && kind != .number && kind != .ignored
        }
    }

    /// The parts by which values of a kind are brought together where nobody says how.
    static func automatic(of kind: ComparisonKind) -> [BlockingForm] {
        switch kind {
        case .givenName, .familyName, .words, .name, .company, .address: [.exact, .consonants]
        case .email: [.exact, .local]
        case .phone: [.exact, .last(7)]
        case .date: [.exact, .monthDay, .yearMonth]
        case .code, .placeCode, .number: [.exact]
        case .category, .ignored: []
        }
    }
}

/// Rules that a person gives in place of those chosen from the data.
public struct BlockingRules: Sendable {
    /// The file, for a person who looks for a line of it.
    public let file: String
    /// The rules.
    public let rules: [BlockingRule]

    /// The most rules.
    public static let limit = 64

    /// Rules of a file.
    public init(file: String, rules: [BlockingRule]) {
        self.file = file
        self.rules = rules
    }

    /// The place of each key's column among the columns.
    ///
    /// - Throws: `Problem(.usage)` with the line of a rule of a column that there is not or that is not compared, or of a
    ///   part that its values do not have.
    func places(in columns: ComparedColumns) throws -> [[Int]] {
        try rules.map { rule in
            func problem(_ sentence: String) -> Problem { Problem(.usage, "\(file) line \(rule.line): \(sentence)") }
            return try rule.keys.map { key in
                guard let column = columns.column(named: key.column) else {
                    let list = columns.compared.map { "\"\(columns.name(of: $0))\"" }.joined(separator: ", ")
                    throw problem("there is no column \"\(key.column)\"; the compared columns are \(list)")
                }
                let kind = columns.kinds[column]
                guard kind != .ignored else {
                    throw problem(
                        "column \"\(key.column)\" is not compared; say what it is with --column KIND=\(key.column)")
                }
                guard key.form.fits(kind) else {
                    throw problem("column \"\(key.column)\" (\(kind.rawValue)) has no key \(key.form.text)")
                }
                return column
            }
        }
    }
}
