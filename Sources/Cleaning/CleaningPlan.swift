import CustomerData
import Semantics

/// How the cells of a table are cleaned: made from a survey of them, applied block by block.
///
/// A plan holds for the cells it was surveyed from. Cleaning is done when a plan, made from what the plans before it
/// left, changes nothing: then cleaning the result again changes nothing either.
public final class CleaningPlan {
    /// The options.
    public let options: CleaningOptions
    /// Latin names that the next survey looks for in emails, by column.
    let latinNames: [Int: Set<String>]
    private let values: [ValuePlan?]
    private let repair: RowRepair
    private let names: NameRepair
    private let cells: CellForms
    private let places: PlaceRepair
    private let fills: Fills
    private let tables: [ColumnPair: DependencyTable]

    /// Plans the cleaning of what was surveyed.
    public init(_ survey: CleaningSurvey) {
        options = survey.options
        let columns = options.columns
        let tables = Dictionary(
            uniqueKeysWithValues: survey.pairs.map { ($0.key, DependencyTable($0.value)) })
        let values = columns.kinds.indices.map { column -> ValuePlan? in
            guard let counts = survey.values[column] else { return nil }
            // Spellings of places are compared within a country.
            let country = columns.nearest(.country, to: column)
            let table = country.flatMap { tables[ColumnPair(from: column, to: $0)] }
            return ValuePlan(counts, column: column, survey.options) { text in table?[text]?.value ?? "" }
        }
        self.values = values
        self.tables = tables
        repair = RowRepair(columns, plans: values, rowCount: survey.rowCount)
        names = NameRepair(survey, plans: values)
        latinNames = NameRepair.latinNames(survey, plans: values)
        isComplete = survey.isCleaned || options.fills.isEmpty && latinNames.values.allSatisfy(\.isEmpty)
        cells = CellForms(survey)
        places = PlaceRepair(columns, tables, survey.pairs)
        fills = Fills(survey)
        crowdedColumns = columns.kinds.indices.filter { survey.values[$0]?.isSample == true }
        crowdedPairs = survey.pairs.filter { $0.value.isOverfull }.map { ($0.key.from, $0.key.to) }.sorted {
            ($0.from ?? -1, $0.to) < ($1.from ?? -1, $1.to)
        }
    }

    /// Whether a plan after this one finds no more than this one did when the cells stay as they are: one that fills, or
    /// looks for names in emails, is made from cells that were cleaned before.
    public let isComplete: Bool

    /// Cleans the cells of a block, and notes what is doubtful in them.
    public func apply(to block: CleanedCells, _ worker: CleaningWorker) {
        block.doubts.removeAll()
        let columns = options.columns
        repair.apply(to: block)
        // The country says in which script and by which numbers a row is written.
        let country = columns.first(.country)
        let order = columns.all(.country) + columns.kinds.indices.filter { columns.kinds[$0] != .country }
        for column in order {
            if let plan = values[column] {
                plan.apply(to: block, country: country)
            } else {
                cells.apply(to: block, column, worker)
            }
        }
        names.apply(to: block)
        places.apply(to: block)
        fills.apply(to: block)
    }

    /// Columns of more distinct values than are looked at together: each is brought to its form by itself.
    public private(set) var crowdedColumns: [Int] = []
    /// Columns whose values together with those of another are too many: what one says of the other is not known.
    public private(set) var crowdedPairs: [(from: Int?, to: Int)] = []

    /// The region of a row: its own, else the one that its city or its postcode has in nearly all other rows; empty where
    /// that is not known.
    func region(_ cells: CleanedCells, _ row: Int) -> String {
        guard let region = options.columns.first(.region) else { return "" }
        let own = cells.text(row, region)
        if !own.isEmpty { return own }
        for kind in [ColumnKind.city, .postcode] {
            for column in options.columns.all(kind) where !cells.cell(row, column).isEmpty {
                guard let entry = tables[ColumnPair(from: column, to: region)]?[cells.text(row, column)],
                    entry.decides(atLeast: PlaceRepair.leastRows, share: PlaceRepair.leastShare)
                else { continue }
                return entry.value
            }
        }
        return ""
    }

    /// The spellings that were found and what becomes of them, by column.
    public var spellings: [(column: Int, pairs: [SpellingClusters.Pair])] {
        values.compactMap(\.self).filter { !$0.pairs.isEmpty }.map { ($0.column, $0.pairs) }
    }
}

/// What a worker keeps from block to block.
public final class CleaningWorker {
    private lazy var parser = PhoneParser()
    /// Phones of the block that were read before, in the order in which they are asked for, and those read since.
    public var phones: [PhoneReading] = []
    private var nextPhone = 0
    /// Seconds spent with phones.
    public private(set) var phoneSeconds = 0.0
    /// Phones read.
    public private(set) var phoneCount = 0

    /// A worker.
    public init() {}

    /// Begins a block, with what was read of its phones before.
    public func begin(phones: [PhoneReading]) {
        self.phones = phones
        nextPhone = 0
    }

    func phone(_ cell: UnsafeBufferPointer<UInt8>, region: String) -> PhoneReading {
        defer { nextPhone += 1 }
        if nextPhone < phones.count { return phones[nextPhone] }
        var number = parser.parse(cell, region: region)
        if number?.isValid != true, let other = CleaningWorker.withoutPrefix(cell) {
            number = withPadded(other) { parser.parse($0, region: "") }
        }
        let reading = PhoneReading(number)
        phones.append(reading)
        phoneCount += 1
        return reading
    }

    /// `0044…` as `+44…`: the prefix of most of the world, which numbers carry to places that dial another; nil when a
    /// number does not begin so.
    private static func withoutPrefix(_ cell: UnsafeBufferPointer<UInt8>) -> String? {
        let text = PlainText.asciiDigits(String(decoding: cell, as: UTF8.self))
        guard text.hasPrefix("00"), text.utf8.count > 9 else { return nil }
        return "+" + text.dropFirst(2)
    }

    /// Where the number of a cell is from; nil when it is not in E.164 or of no country.
    func place(ofPhone cell: UnsafeBufferPointer<UInt8>) -> PhonePlace? {
        // An extension stands behind a blank.
        parser.place(of: UnsafeBufferPointer(rebasing: cell.prefix { $0 != 0x20 }))
    }

    func timePhones(_ body: () -> Void) {
        let start = ContinuousClock.now
        body()
        phoneSeconds += (ContinuousClock.now - start) / .seconds(1)
    }
}

/// What became of a phone number, in few bytes: there may be one a row.
public struct PhoneReading: BitwiseCopyable, Sendable {
    private var digits: UInt64 = 0
    private var extensionDigits: UInt32 = 0
    private var extensionLength: UInt8 = 0
    /// Whether its range is assigned.
    let isValid: Bool
    /// Whether it named its country.
    let isInternational: Bool

    init(_ number: PhoneNumber?) {
        isInternational = number?.isInternational ?? false
        // An extension of more than nine digits is something else.
        guard let number, number.isValid, let digits = UInt64(number.e164.dropFirst()),
            let extensionDigits = UInt32(number.extensionDigits.isEmpty ? "0" : number.extensionDigits)
        else {
            isValid = false
            return
        }
        isValid = true
        self.digits = digits
        self.extensionDigits = extensionDigits
        extensionLength = UInt8(clamping: number.extensionDigits.count)
    }

    /// E.164, and the extension behind it.
    var text: String {
        guard extensionLength > 0 else { return "+\(digits)" }
        let plain = String(extensionDigits)
        return "+\(digits) ext. " + String(repeating: "0", count: max(0, Int(extensionLength) - plain.count)) + plain
    }
}
