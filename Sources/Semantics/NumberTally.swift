/// Counts what a column's cells say about its number layout and its currency.
///
/// An accumulator: tallies of parts of a column, or of several columns of one file, merge.
public struct NumberTally: Sendable, Hashable {
    /// Cells that are not empty.
    public private(set) var cellCount = 0
    /// Cells that are a number in some layout.
    public private(set) var numberCount = 0
    /// Currencies found in the cells.
    public private(set) var currencies: Set<CurrencyMark> = []
    /// Cells that are a number with a decimal point alone, and with a decimal comma alone.
    private var pointOnly = 0
    private var commaOnly = 0
    /// Cells of one point (`1.234`) or one comma (`1,234`) that are different numbers in the two layouts.
    private var doubtfulPoints = 0
    private var doubtfulCommas = 0
    /// Whole numbers without a separator, of up to three digits and of more.
    private var shortIntegers = 0
    private var longIntegers = 0

    /// What a column's cells say about its layout.
    public enum Decision: Hashable, Sendable {
        /// One layout reads the column.
        case layout(NumberLayout)
        /// The layout is assumed: every separator has three digits after it, and nothing else decides.
        case assumed(NumberLayout)
        /// Some cells are numbers only with a decimal point, others only with a decimal comma.
        case mixed
        /// No cell is a number.
        case noNumbers
    }

    /// An empty tally.
    public init() {}

    /// The tally of cells.
    public init(_ cells: some Sequence<String>) {
        for var cell in cells { cell.withUTF8 { add($0) } }
    }

    /// Counts a cell, by its UTF-8 bytes; a cell of nothing but spaces is empty.
    public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.count >= 1, bytes.count <= 14,
            bytes.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        {
            // A whole number without a separator, as many columns have in every row.
            cellCount += 1
            numberCount += 1
            if bytes.count <= 3 { shortIntegers += 1 } else { longIntegers += 1 }
            return
        }
        if CellFolding.withFolded(bytes, \.isEmpty) { return }
        cellCount += 1
        let readings = NumberReadings(bytes)
        guard let either = readings.point ?? readings.comma else { return }
        numberCount += 1
        if let currency = either.currency { currencies.insert(currency) }
        switch readings.evidence {
        case .none: break
        case .neutral:
            if bytes.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
                if bytes.count <= 3 { shortIntegers += 1 } else { longIntegers += 1 }
            }
        case .point: pointOnly += 1
        case .comma: commaOnly += 1
        case .doubtful:
            // As a decimal number it has decimals in one layout and none in the other.
            let decimals = (readings.point?.decimals ?? 0, readings.comma?.decimals ?? 0)
            if decimals.0 > decimals.1 { doubtfulPoints += 1 } else { doubtfulCommas += 1 }
        }
    }

    /// Adds the counts of another part.
    public mutating func merge(_ other: NumberTally) {
        cellCount += other.cellCount
        numberCount += other.numberCount
        currencies.formUnion(other.currencies)
        pointOnly += other.pointOnly
        commaOnly += other.commaOnly
        doubtfulPoints += other.doubtfulPoints
        doubtfulCommas += other.doubtfulCommas
        shortIntegers += other.shortIntegers
        longIntegers += other.longIntegers
    }

    /// The layout that reads the column as a whole.
    ///
    /// 1. Cells that are numbers in one layout alone (`12.5`, `1.234,50`, `0.125`) decide; the rarer kind is taken for
    ///    an error of single cells when it is at most one in a hundred of the other, otherwise the column is mixed.
    /// 2. Without such cells `1.234` is in doubt. Points group thousands when the column also has whole numbers without
    ///    a separator and all of them stay below 1000 (`500`, `1.234`); otherwise the point is before decimals.
    /// 3. `1,234` without other evidence groups thousands: prices with exactly three decimals after a comma are rare.
    public var decision: Decision {
        guard numberCount > 0 else { return .noNumbers }
        if pointOnly > 0 || commaOnly > 0 {
            if commaOnly * 100 <= pointOnly { return .layout(.decimalPoint) }
            if pointOnly * 100 <= commaOnly { return .layout(.decimalComma) }
            return .mixed
        }
        switch (doubtfulPoints > 0, doubtfulCommas > 0) {
        case (false, false): return .layout(.decimalPoint)
        case (true, false):
            return .assumed(shortIntegers > 0 && longIntegers == 0 ? .decimalComma : .decimalPoint)
        case (false, true): return .assumed(.decimalPoint)
        case (true, true): return .mixed
        }
    }
}

extension NumberLayout {
    /// The layout that samples of a column say, or nil when none of them is a number or they mix layouts.
    public static func detect(in samples: some Sequence<String>) -> NumberLayout? {
        switch NumberTally(samples).decision {
        case .layout(let layout), .assumed(let layout): layout
        case .mixed, .noNumbers: nil
        }
    }
}
