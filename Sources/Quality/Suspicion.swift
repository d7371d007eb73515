/// What makes a value look wrong although it can be read.
public enum Suspicion: String, CaseIterable, Codable, Sendable {
    /// Blanks around the value, which are left out everywhere else.
    case padded
    /// Two blanks in a row.
    case doubleSpace = "double_space"
    /// A control character.
    case control
    /// U+FFFD, which stands for a character that was lost.
    case lostCharacter = "lost_character"
    /// UTF-8 that was read as Windows-1252 and written again: `JosÃ©`.
    case mojibake
    /// Markup: `&amp;`, `<br>`.
    case markup
    /// A value that people type to try a form: `test`, `asdf`.
    case test
    /// Seven digits or more that are all equal, or run up or down.
    case digitRun = "digit_run"
    /// Persian or Arabic digits.
    case foreignDigits = "foreign_digits"
    /// Full-width forms.
    case fullWidth = "full_width"
    /// Arabic ي or ك where Persian has ی and ک.
    case arabicLetters = "arabic_letters"
    /// Latin letters together with Cyrillic or Greek ones, which look alike.
    case lookalikes
    /// Four letters or more, all capitals.
    case capitals
    /// What a spreadsheet takes for a formula.
    case formula
    /// A number whose digits a spreadsheet has rounded away: `9.89123E+11`.
    case roundedNumber = "rounded_number"
    /// Zeros before a whole number.
    case leadingZero = "leading_zero"
    /// A date before 1900 or after 2100.
    case farDate = "far_date"
    /// A date that fits dd/MM as well as MM/dd, with different days.
    case eitherOrder = "either_order"
    /// More than 1000 characters.
    case long
    /// A number far outside: beyond the quartiles by more than three times what lies between them.
    case outlier

    /// What it is, in words.
    public var words: String {
        switch self {
        case .padded: "blanks around it"
        case .doubleSpace: "two blanks in a row"
        case .control: "a control character"
        case .lostCharacter: "a lost character"
        case .mojibake: "wrongly decoded letters"
        case .markup: "markup"
        case .test: "a trial entry"
        case .digitRun: "a run of digits"
        case .foreignDigits: "Persian or Arabic digits"
        case .fullWidth: "full-width forms"
        case .arabicLetters: "Arabic letters in Persian"
        case .lookalikes: "letters of two alphabets that look alike"
        case .capitals: "all capitals"
        case .formula: "a formula to a spreadsheet"
        case .roundedNumber: "digits rounded away"
        case .leadingZero: "zeros before a number"
        case .farDate: "a date before 1900 or after 2100"
        case .eitherOrder: "day and month in either order"
        case .long: "over 1000 characters"
        case .outlier: "far outside"
        }
    }
}

/// Suspicions as bits, for loops over cells: each stands where `Suspicion.allCases` has it. Literals, so that no loop asks
/// whether they have been computed.
enum SuspicionBits {
    static let doubleSpace: UInt32 = 1 << 1
    static let control: UInt32 = 1 << 2
    static let lostCharacter: UInt32 = 1 << 3
    static let mojibake: UInt32 = 1 << 4
    static let markup: UInt32 = 1 << 5
    static let test: UInt32 = 1 << 6
    static let digitRun: UInt32 = 1 << 7
    static let foreignDigits: UInt32 = 1 << 8
    static let fullWidth: UInt32 = 1 << 9
    static let arabicLetters: UInt32 = 1 << 10
    static let lookalikes: UInt32 = 1 << 11
    static let capitals: UInt32 = 1 << 12
    static let formula: UInt32 = 1 << 13
    static let roundedNumber: UInt32 = 1 << 14
    static let leadingZero: UInt32 = 1 << 15
    static let farDate: UInt32 = 1 << 16
    static let eitherOrder: UInt32 = 1 << 17
    static let long: UInt32 = 1 << 18

    /// Damage that makes a text invalid.
    static let damage: UInt32 = control | lostCharacter | mojibake
}

/// Places in `Suspicion.allCases` of what is not told by one cell.
enum SuspicionPlaces {
    static let padded = 0
}
