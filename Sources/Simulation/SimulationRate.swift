/// A rate that a simulation can be told: how often something happens that later stages have to find, undo or bear.
public enum SimulationRate: String, CaseIterable, Sendable {
    /// Persons who never buy, of all persons.
    case prospects
    /// Records of a person who has one already, of all records.
    case duplicates
    /// Records with a letter left out, doubled, replaced or two letters in each other's place.
    case typos
    /// Records with a letter of a neighbouring key.
    case slips
    /// Records with a cell all in capitals or all in small letters.
    case letterCase = "case"
    /// Records with spaces before, behind or doubled within a cell.
    case spaces
    /// Records with letters of another script that look alike or mean the same.
    case letters
    /// Records with Persian or full-width digits.
    case digits
    /// Records with a birth date of another form.
    case dates
    /// Records with given and family name in each other's column.
    case swapped
    /// Records with family name, email and phone one column to the right.
    case shifted
    /// Records with a Persian or Chinese name in Latin letters.
    case transliterated
    /// Records with a cell that hides that it is empty: `N/A`, `000000`, `1900-01-01`.
    case missing
    /// Records with a value that can't be: a birth in the future, a phone of three digits.
    case impossible
    /// Purchases of which something is brought back.
    case returns
    /// Purchases after which a stranger orders in the customer's name.
    case stolenAccount = "stolen-account"
    /// Purchases from which on a customer brings everything back.
    case refundAbuse = "refund-abuse"
    /// Purchases followed by a burst of small orders within minutes.
    case velocity
    /// Purchases that are charged a second time within minutes.
    case duplicatePayment = "duplicate-payment"
    /// Purchases that a clerk books back at closing time and keeps the money.
    case clerk
    /// Purchases from which on a customer uses the welcome coupon again and again.
    case couponAbuse = "coupon-abuse"

    /// The share unless told otherwise.
    public var standard: Double {
        switch self {
        case .prospects: 0.15
        case .duplicates: 0.05
        case .typos: 0.02
        case .slips: 0.01
        case .letterCase: 0.03
        case .spaces: 0.03
        case .letters: 0.02
        case .digits: 0.02
        case .dates: 0.04
        case .swapped: 0.005
        case .shifted: 0.002
        case .transliterated: 0.02
        case .missing: 0.03
        case .impossible: 0.004
        case .returns: 0.03
        case .stolenAccount: 0.0003
        case .refundAbuse: 0.0003
        case .velocity: 0.0002
        case .duplicatePayment: 0.0008
        case .clerk: 0.0005
        case .couponAbuse: 0.0004
        }
    }

    /// The largest share that is allowed: a person who exists once leaves room for duplicates, and orders of fraud stay
    /// fewer than others.
    public var limit: Double {
        switch self {
        case .duplicates: 0.7
        case .returns, .stolenAccount, .refundAbuse, .velocity, .duplicatePayment, .clerk, .couponAbuse: 0.5
        default: 1
        }
    }

    /// The shares that are allowed, in words: `0...1`.
    public var range: String { "0...\(limit == 1 ? "1" : limit.description)" }

    /// The kinds of dirt in records, in the order in which they are tried.
    static let dirt: [SimulationRate] = [
        .shifted, .swapped, .transliterated, .missing, .impossible, .dates, .digits, .letters, .typos, .slips,
        .letterCase, .spaces,
    ]

    /// The kinds of fraud.
    static let fraud: [SimulationRate] = [
        .stolenAccount, .refundAbuse, .velocity, .duplicatePayment, .clerk, .couponAbuse,
    ]
}
