/// Why a cell was changed; the raw value is what the ledger says.
public enum CleaningRule: String, CaseIterable, Codable, Sendable {
    /// Blanks around, doubled, or within a word that has none elsewhere.
    case spaces
    /// Full-width and presentation forms, accents as marks of their own.
    case forms
    /// Text of UTF-8 that a program read as Windows-1252, or letters written as entities of HTML.
    case encoding
    /// Marks that nobody sees.
    case invisible
    /// Letters of another script that look alike or mean the same.
    case letters
    /// Digits of another script.
    case digits
    /// All capitals or all small.
    case letterCase = "case"
    /// A word, sign or date that stands for nothing.
    case hiddenMissing = "hidden missing"
    /// Cells one column to the right or left of where they belong.
    case shifted
    /// Two cells in each other's column.
    case swapped
    /// A title before a name.
    case title
    /// Family name, comma, given name.
    case order
    /// A date in another order or with other signs.
    case date
    /// A date of the Persian calendar.
    case jalali
    /// An email's own form.
    case email
    /// A misspelt provider behind the `@`.
    case emailDomain = "email domain"
    /// A phone number.
    case phone
    /// A country's name or code.
    case country
    /// A misspelling of a frequent value.
    case spelling
    /// An entry of the mapping file.
    case mapping
    /// A name in Latin letters that the file elsewhere writes in the country's own script.
    case script
    /// An identity number.
    case nationalID = "national id"
    /// An amount of money.
    case amount
    /// A company's legal form.
    case suffix
    /// A postal code.
    case postcode
    /// An address's lines and signs.
    case address
    /// What another column of the row decides.
    case dependency
    /// Filled with a stated value.
    case filledByRule = "filled: rule"
    /// Filled with what another column decides.
    case filledByDependency = "filled: dependency"
    /// Filled with the median of a group.
    case filledByMedian = "filled: median"
    /// Filled with the most frequent value of a group.
    case filledByMode = "filled: mode"
    /// Filled from the most similar rows.
    case filledByNeighbours = "filled: neighbours"
    /// Taken from another source.
    case update

    var bit: UInt64 { 1 << UInt64(CleaningRule.allCases.firstIndex(of: self) ?? 0) }
}

/// The rules that changed a cell.
public struct CleaningRules: Hashable, Sendable {
    /// One bit a rule, by its place among all.
    public private(set) var bits: UInt64

    /// No rule.
    public init() { bits = 0 }

    init(_ rules: CleaningRule...) { bits = rules.reduce(0) { $0 | $1.bit } }

    init(bits: UInt64) { self.bits = bits }

    /// Taken from another source.
    public static let update = CleaningRules(.update)

    /// These rules and others.
    public func union(_ other: CleaningRules) -> CleaningRules { CleaningRules(bits: bits | other.bits) }

    /// Whether there is none.
    public var isEmpty: Bool { bits == 0 }

    mutating func insert(_ rule: CleaningRule) { bits |= rule.bit }

    mutating func formUnion(_ other: CleaningRules) { bits |= other.bits }

    func contains(_ rule: CleaningRule) -> Bool { bits & rule.bit != 0 }

    /// The rules in the order of `CleaningRule.allCases`.
    public var rules: [CleaningRule] { CleaningRule.allCases.filter(contains) }

    /// The names with a plus between them: `spaces+case`.
    public var text: String { rules.map(\.rawValue).joined(separator: "+") }
}
