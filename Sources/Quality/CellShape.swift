import CustomerData
import Semantics

/// What all cells of one class string have in common (digits as `9`, capitals as `A`, small letters as `a`, every other
/// byte as it is): all that is told of a cell but what its number or its letters say.
struct CellShape {
    /// Letters and digits without anything else between them.
    struct Run: BitwiseCopyable {
        let start: UInt8
        let count: UInt8
    }

    /// How a cell of the shape is read.
    enum Way: BitwiseCopyable {
        /// All are of a kind.
        case fixed(CellKind)
        /// A plain number.
        case number
        /// Ten bytes, `9999-99-99`.
        case isoDate
        /// Each by itself.
        case each
    }

    /// What the first cell's scan told; its number and its folded form are no other's.
    let scan: CellScan
    let way: Way
    /// Whether a cell may say that there is nothing.
    let mayBeMissing: Bool
    /// Whether a cell may be one that people type to try a form.
    let mayBeTrial: Bool
    /// Whether seven digits or more follow each other, and there are no letters.
    let mayHaveRun: Bool
    let isPhone: Bool
    let isPostcode: Bool
    let mayBeIranianID: Bool
    let mayBeChineseID: Bool
    let mayBeCountry: Bool
    /// Whether a cell may be one of the things that persons have.
    let hasForms: Bool
    /// Whether the folded form is the cell itself: small letters and digits.
    let isFolded: Bool
    /// The runs of letters and digits, in the store's `runs`.
    let runs: Range<Int>
    /// The pattern, in the store's `patterns`.
    let pattern: Range<Int>
    /// The pattern's `BlockValues.hash`.
    let patternHash: UInt64
    /// Cells of the block.
    var times = 0

    /// The shape of a cell of ASCII.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan, _ plan: ColumnPlan, runs: Range<Int>,
        pattern: Range<Int>,
        patternHash: UInt64
    ) {
        self.scan = scan
        self.runs = runs
        self.pattern = pattern
        self.patternHash = patternHash
        let letters = scan.upper + scan.lower
        way = CellShape.way(bytes, scan, plan)
        mayBeMissing = CellShape.mayBeMissing(bytes, scan, way)
        mayBeTrial = letters > 0 && scan.characters <= 16
        var (digits, longest) = (0, 0)
        for byte in bytes {
            digits = byte >= 48 && byte <= 57 ? digits + 1 : 0
            longest = max(longest, digits)
        }
        mayHaveRun = longest >= 7 && letters == 0 && !plan.isNamedID
        isPhone = ColumnTally.isPhone(bytes, scan)
        isPostcode = ColumnTally.isPostcode(bytes, scan)
        mayBeIranianID = letters == 0 && scan.digits >= 8 && scan.digits <= 10 && scan.digits == bytes.count
        mayBeChineseID = bytes.count == 18 && scan.digits >= 17
        mayBeCountry = bytes.count == 2 && letters == 2
        hasForms = isPhone || isPostcode || mayBeIranianID || mayBeChineseID || mayBeCountry
        isFolded = scan.lower + scan.digits == bytes.count
    }

    private static func way(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan, _ plan: ColumnPlan) -> Way {
        // Whether bytes are an address depends on their classes alone.
        if scan.ats == 1, EmailAddress.isValid(bytes) { return .fixed(.email) }
        if scan.digits == 0 { return .fixed(.text) }
        if plan.digitLayout != nil { return .each }
        if scan.isPlainNumber { return .number }
        if scan.digits == bytes.count { return .fixed(.code) }
        let digits = bytes.prefix { $0 >= 48 && $0 <= 57 }.count
        let separator = digits < bytes.count ? bytes[digits] : 0
        let mayBeDate =
            bytes.count >= 6 && bytes.count <= 48 && (digits == 4 || digits == 1 || digits == 2)
            && "/-.".utf8.contains(separator)
        if mayBeDate {
            let isISO =
                bytes.count == 10 && scan.digits == 8 && digits == 4 && bytes[4] == bytes[7] && separator == 0x2D
            return isISO ? .isoDate : .each
        }
        if scan.upper + scan.lower > 0 { return plan.isNumeric ? .each : .fixed(.text) }
        // Zeros make fewer numbers, and so few digits none too large: where ones are no number, no digits are.
        let ones = bytes.map { $0 >= 48 && $0 <= 57 ? UInt8(ascii: "1") : $0 }
        let hasNoNumber = scan.digits <= 14 && ones.withUnsafeBufferPointer { plan.numbers.parse($0) } == nil
        return bytes.count > 40 || hasNoNumber ? .fixed(.text) : .each
    }

    private static func mayBeMissing(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan, _ way: Way) -> Bool {
        switch way {
        // Looked at once they are read: zeros, and a few days.
        case .number, .isoDate: return false
        case .fixed, .each: break
        }
        let letters = scan.upper + scan.lower
        if scan.digits == 0 { return true }
        if scan.digits == bytes.count { return true }
        // Only dates have digits and something else, and of letters a T and a Z at most.
        return letters <= 2 && [6, 8, 10, 12, 14].contains(scan.digits)
    }
}
