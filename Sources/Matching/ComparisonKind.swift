/// How the values of a column are compared. The raw value is the name a person uses: `--column phone=Tel`.
public enum ComparisonKind: String, CaseIterable, Codable, Sendable {
    /// A person's given name.
    case givenName = "given_name"
    /// A person's family name.
    case familyName = "family_name"
    /// A person's whole name.
    case name
    /// A company's name.
    case company
    /// An email address.
    case email
    /// A phone number.
    case phone
    /// A day of birth or another day that stays with a person.
    case date
    /// A number or code that is one person's: an identity number, a membership.
    case code
    /// A number or code of a place: a postcode, a house number.
    case placeCode = "place_code"
    /// A number with a size: near ones are alike.
    case number
    /// A street address or another text of several words.
    case address
    /// A city or another short text.
    case words
    /// One of a few words: equal or not.
    case category
    /// Not compared.
    case ignored

    /// What two values can be to each other, from apart (level 1) to equal (the last); level 0 is "one is missing".
    public var levels: [String] {
        switch self {
        case .givenName, .familyName:
            [
                "apart", "somewhat alike", "alike", "same by table or script", "one edit apart",
                "exchanged with the other name",
                "equal but for writing", "equal",
            ]
        case .name, .company, .address:
            [
                "apart", "some words in common", "most words in common", "all words of one in the other",
                "one edit apart", "same words", "equal",
            ]
        case .words:
            [
                "apart", "somewhat alike", "alike", "same in another script", "one edit apart", "equal but for writing",
                "equal",
            ]
        case .email:
            [
                "apart", "names before the @ alike", "name before the @ equal or one edit apart", "one edit apart",
                "equal but for writing", "equal",
            ]
        case .phone: ["apart", "two edits apart", "one edit apart", "same number otherwise written", "equal"]
        case .date:
            [
                "apart", "within a year", "two of year, month, day equal", "one edit apart or day and month exchanged",
                "same day",
            ]
        case .code, .placeCode: ["apart", "two edits apart", "one edit apart", "equal but for writing", "equal"]
        case .number: ["apart", "within 10 %", "within 1 %", "equal"]
        case .category: ["apart", "equal"]
        case .ignored: []
        }
    }

    /// The lowest level at which the values are one: rare values weigh more there.
    var equalLevel: Int {
        switch self {
        case .givenName, .familyName: 7
        case .name, .company, .address: 6
        case .words: 6
        case .email: 5
        case .phone: 4
        case .date: 5
        case .code, .placeCode: 4
        case .number: 4
        case .category: 2
        case .ignored: 1
        }
    }

    /// Whether those who live or work together share it.
    var isShared: Bool {
        switch self {
        case .familyName, .phone, .address, .words, .category, .company, .placeCode: true
        default: false
        }
    }

    /// Whether two values that are apart contradict that two records are one person.
    var isPersonal: Bool { self == .givenName || self == .date }

    /// The lowest level at which two given or family names are those of one person: the same by table or script.
    static let agreedName = 4

    var isPersonName: Bool { self == .givenName || self == .familyName || self == .name }
    /// Whether values are of several words that are compared word by word.
    var hasWords: Bool { self == .name || self == .company || self == .address }
    /// Whether the words for "nothing" may be values.
    var isNameLike: Bool { isPersonName || self == .company }
}
