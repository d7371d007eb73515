import Semantics

/// What the cells of a column are, as far as cleaning goes. The raw value is the name a person uses:
/// `--column city=Town`.
public enum ColumnKind: String, CaseIterable, Codable, Sendable {
    /// Tells records apart; only blanks around it go.
    case id
    /// A person's whole name.
    case name
    /// A person's given name.
    case givenName = "given_name"
    /// A person's family name.
    case familyName = "family_name"
    /// Mr, Ms, Dr.
    case salutation
    /// A company's name.
    case company
    /// An email address.
    case email
    /// A phone number.
    case phone
    /// A day of birth.
    case birthDate = "birth_date"
    /// Any other date.
    case date
    /// A country.
    case country
    /// A state or province.
    case region
    /// A city.
    case city
    /// A postal code.
    case postcode
    /// A street address.
    case address
    /// An identity number with a check digit.
    case nationalID = "national_id"
    /// An amount of money.
    case amount
    /// One of a few words.
    case category
    /// Anything else; only blanks around it go.
    case text

    /// Whether the distinct values of such a column are looked at as a whole.
    var hasDictionary: Bool {
        switch self {
        case .name, .givenName, .familyName, .salutation, .company, .country, .region, .city, .category: true
        default: false
        }
    }

    /// Whether it is a person's name or a part of it.
    var isPersonName: Bool { self == .name || self == .givenName || self == .familyName }

    /// Whether words and signs for "nothing" are no values of such a column.
    var hidesMissing: Bool { self != .text && self != .category && self != .id }

    /// Whether values may be filled in: never what tells persons apart or reaches them.
    public var mayBeFilled: Bool {
        switch self {
        case .id, .name, .givenName, .familyName, .email, .phone, .nationalID, .address, .birthDate: false
        default: true
        }
    }
}

/// The columns of a table and what they are.
public struct CleaningColumns: Sendable {
    /// The headers, left to right.
    public let headers: [String]
    /// What each column is.
    public let kinds: [ColumnKind]

    /// Columns of those kinds.
    public init(headers: [String], kinds: [ColumnKind]) {
        precondition(headers.count == kinds.count, "a column has one kind")
        self.headers = headers
        self.kinds = kinds
    }

    /// The first column of a kind, or nil.
    public func first(_ kind: ColumnKind) -> Int? { kinds.firstIndex(of: kind) }

    /// All columns of a kind.
    public func all(_ kind: ColumnKind) -> [Int] { kinds.indices.filter { kinds[$0] == kind } }

    /// The column of a kind that stands nearest to another column, the one before it among equals.
    public func nearest(_ kind: ColumnKind, to column: Int) -> Int? {
        all(kind).min { (abs($0 - column), $0) < (abs($1 - column), $1) }
    }

    /// How files name a column: its header, or `#3` where that is empty or not the only one of its kind.
    public func name(of column: Int) -> String {
        let header = headers[column]
        return !header.isEmpty && headers.count { $0 == header } == 1 ? header : "#\(column + 1)"
    }

    /// The column that a file or a person names so; nil when there is none.
    public func column(named name: String) -> Int? {
        if let column = headers.firstIndex(of: name) { return column }
        guard name.hasPrefix("#"), let number = Int(name.dropFirst()), headers.indices.contains(number - 1) else {
            return nil
        }
        return number - 1
    }
}
