import CustomerData
import Semantics
import Statistics

/// What one worker has counted of a column. Tallies merge, in any order, into that of the whole column.
struct ColumnTally {
    /// Empty cells.
    var empty = 0
    /// Cells that are filled and say nothing, by spelling.
    var hidden = [Int](repeating: 0, count: HiddenMissing.count)
    /// Cells that say something.
    var filled = 0
    /// Filled cells by `CellKind`.
    var kinds = [Int](repeating: 0, count: 6)
    var distinct = DistinctHashes()
    var numbers = NumberDistribution()
    var days = NumberDistribution()
    /// Most decimals of a number.
    var decimals = 0
    /// Numbers with the sign or code of a currency.
    var currencies = 0
    /// Cells by characters; the last of 65 and more.
    var lengths = [Int](repeating: 0, count: 66)
    var shortest = Int.max
    var longest = 0
    var characters = 0
    var words = 0
    /// Cells in a script, by its bit; a cell may be in several.
    var scripts = [Int](repeating: 0, count: CellScan.scriptNames.count)
    /// Cells by `Suspicion`.
    var suspicions = [Int](repeating: 0, count: Suspicion.allCases.count)
    /// Cells that may be telephone numbers: 7 to 15 digits and what stands between them.
    var phones = 0
    /// Those with a plus, a zero or a separator, which other numbers have not.
    var markedPhones = 0
    var iranianIDs = 0
    var chineseIDs = 0
    var countryCodes = 0
    /// Cells that name a country, by a code or in words, where the header says that they do.
    var countryNames = 0
    /// Cells of 3 to 10 capitals and digits, at least one of these, and a blank or hyphen at most.
    var postcodes = 0
    /// A sum over rows that is equal for columns that are equal in every row.
    var digest: UInt64 = 0

    /// Adds another tally of the column.
    mutating func merge(_ other: ColumnTally) {
        func add(_ theirs: [Int], to mine: inout [Int]) { for i in mine.indices { mine[i] += theirs[i] } }
        empty += other.empty
        add(other.hidden, to: &hidden)
        filled += other.filled
        add(other.kinds, to: &kinds)
        distinct.merge(other.distinct)
        numbers.merge(other.numbers)
        days.merge(other.days)
        decimals = max(decimals, other.decimals)
        currencies += other.currencies
        add(other.lengths, to: &lengths)
        shortest = min(shortest, other.shortest)
        longest = max(longest, other.longest)
        characters += other.characters
        words += other.words
        add(other.scripts, to: &scripts)
        add(other.suspicions, to: &suspicions)
        phones += other.phones
        markedPhones += other.markedPhones
        iranianIDs += other.iranianIDs
        chineseIDs += other.chineseIDs
        countryCodes += other.countryCodes
        countryNames += other.countryNames
        postcodes += other.postcodes
        digest &+= other.digest
    }

    /// Enters a filled cell that came so many times; `distinct` is filled apart.
    mutating func add(
        _ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan, _ reading: CellReading, times: Int
    ) {
        addScan(scan, times)
        addReading(reading, times)
        addSuspicions(scan.suspicions, times)
        addForms(bytes, scan, times)
    }

    /// Enters what cells were read as.
    mutating func addReading(_ reading: CellReading, _ times: Int) {
        kinds[Int(reading.kind.rawValue)] += times
        switch reading.kind {
        case .number:
            numbers.add(reading.value, times: times)
            decimals = max(decimals, reading.decimals)
            if reading.hasCurrency { currencies += times }
        case .date, .jalaliDate: days.add(reading.value, times: times)
        case .code, .email, .text: break
        }
    }

    /// What a cell may be of things that persons have.
    private mutating func addForms(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan, _ times: Int) {
        if ColumnTally.isPhone(bytes, scan) {
            phones += times
            if ColumnTally.isMarked(bytes) { markedPhones += times }
        }
        if scan.digits == bytes.count, CheckDigits.isIranianNationalID(bytes) { iranianIDs += times }
        if bytes.count == 18, CheckDigits.isChineseResidentID(bytes) { chineseIDs += times }
        if bytes.count == 2, scan.upper + scan.lower == 2, Country.isCode(bytes[0], bytes[1]) {
            countryCodes += times
        }
        if ColumnTally.isPostcode(bytes, scan) { postcodes += times }
    }

    /// Enters what cells look like that are filled.
    mutating func addScan(_ scan: CellScan, _ times: Int) {
        filled += times
        lengths[min(scan.characters, 65)] += times
        shortest = min(shortest, scan.characters)
        longest = max(longest, scan.characters)
        characters += scan.characters * times
        words += (scan.spaces + 1) * times
        if scan.scripts != 0 {
            for script in 0..<scripts.count where scan.scripts >> UInt8(script) & 1 == 1 { scripts[script] += times }
        }
    }

    /// Enters suspicions of cells, by `SuspicionBits`.
    mutating func addSuspicions(_ bits: UInt32, _ times: Int) {
        var left = bits
        while left != 0 {
            suspicions[left.trailingZeroBitCount] += times
            left &= left - 1
        }
    }

    /// Whether a cell may be a telephone number.
    static func isPhone(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan) -> Bool {
        guard scan.upper + scan.lower + scan.letters == 0, scan.digits >= 7, scan.digits <= 15,
            scan.marks + scan.spaces <= 6
        else { return false }
        return bytes.allSatisfy { $0 >= 0x80 || ($0 >= 48 && $0 <= 57) || "+-() ./".utf8.contains($0) }
    }

    /// Whether a telephone number begins as other numbers do not.
    static func isMarked(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch bytes[0] {
        case UInt8(ascii: "+"), UInt8(ascii: "0"), UInt8(ascii: "("): true
        case UInt8(ascii: "1"): bytes.count == 11 && bytes[1] >= UInt8(ascii: "3")
        default: false
        }
    }

    /// Whether a cell may be a postcode.
    static func isPostcode(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: CellScan) -> Bool {
        scan.digits > 0 && bytes.count >= 3 && bytes.count <= 10 && scan.lower + scan.letters == 0
            && scan.marks + scan.spaces <= 1
    }
}
