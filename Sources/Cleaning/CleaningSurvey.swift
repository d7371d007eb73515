import CustomerData
import Semantics

/// What the columns of a table hold as a whole: an accumulator, one a worker, that blocks of cells are added to and that
/// merges with others. Its content does not depend on how the rows were parted.
public final class CleaningSurvey {
    let options: CleaningOptions
    /// Distinct values of the columns that have a dictionary.
    private(set) var values: [ValueCounts?]
    /// What stands behind the `@` of emails.
    let domains = ValueCounts()
    private(set) var dates: [DateEvidence]
    private(set) var numbers: [NumberTally?]
    private(set) var addresses: [AddressEvidence?]
    /// Values of two columns together.
    let pairs: [ColumnPair: ValueCounts]
    /// Name columns' values by country and script.
    private(set) var scripts: [Int: ScriptCounts] = [:]
    /// Words of emails beside names in their own script.
    let spellings: LatinSpellings
    /// Rows for the search of similar ones.
    private(set) var neighbours: NeighbourSample?
    /// The latest day in columns of dates.
    private(set) var latestDay = Int32.min
    /// Rows.
    public private(set) var rowCount = 0
    /// Whether the cells have been cleaned by a plan before.
    let isCleaned: Bool
    private var scratch: [UInt8] = []

    /// An empty survey.
    ///
    /// - Parameter last: the plan that the cells were cleaned by last, which knows what to look for.
    public init(_ options: CleaningOptions, after last: CleaningPlan? = nil) {
        self.options = options
        isCleaned = last != nil
        let kinds = options.columns.kinds
        values = kinds.map { $0.hasDictionary ? ValueCounts(samples: true) : nil }
        addresses = kinds.map { $0 == .address ? AddressEvidence() : nil }
        dates = kinds.map { _ in DateEvidence() }
        numbers = kinds.map { $0 == .amount ? NumberTally() : nil }
        pairs = Dictionary(
            ColumnPair.all(of: options).map { ($0, ValueCounts()) }, uniquingKeysWith: { first, _ in first })
        for column in kinds.indices where kinds[column].isPersonName { scripts[column] = ScriptCounts() }
        spellings = LatinSpellings(wanted: last?.latinNames ?? [:])
        if options.fills.contains(where: { $0.method == .neighbours }) { neighbours = NeighbourSample(options) }
    }

    /// The latest day in columns of dates; nil when there is none.
    public var latest: Day? { latestDay > .min ? Day(number: latestDay) : nil }

    /// Adds the rows of a block for which `isCounted` holds.
    public func add(_ cells: CleanedCells, isCounted: (Int) -> Bool) {
        let kinds = options.columns.kinds
        let rows = (0..<cells.rowCount).filter(isCounted)
        rowCount += rows.count
        for (column, kind) in kinds.enumerated() {
            if let counts = values[column] {
                for row in rows {
                    let cell = cells.cell(row, column)
                    if !cell.isEmpty { counts.add(cell) }
                }
            }
            switch kind {
            case .email:
                for row in rows {
                    if let domain = EmailAddress.domain(of: cells.cell(row, column)) { domains.add(domain) }
                }
            case .birthDate, .date:
                for row in rows {
                    let cell = cells.cell(row, column)
                    if kind == .date, DateForm.isISO(cell) {
                        let day = CleaningSurvey.day(cell)
                        if day > latestDay, !DateForm.isHidden(day) { latestDay = day }
                    }
                    dates[column].add(cell)
                }
            case .amount:
                // As they came: amounts that were read say nothing any more.
                for row in rows { numbers[column]?.add(cells.original(row, column)) }
            case .address:
                for row in rows {
                    let cell = cells.cell(row, column)
                    if !cell.isEmpty { addresses[column]?.add(String(decoding: cell, as: UTF8.self)) }
                }
            default: break
            }
        }
        addPairs(cells, rows)
        addScripts(cells, rows)
        if let neighbours { for row in rows { neighbours.add(cells, row) } }
    }

    /// The day of a cell that begins with a date of ISO 8601.
    static func day(_ cell: UnsafeBufferPointer<UInt8>) -> Int32 {
        func number(_ places: Range<Int>) -> Int { places.reduce(0) { $0 * 10 + Int(cell[$1]) - 0x30 } }
        return Day.number(year: number(0..<4), month: number(5..<7), day: number(8..<10))
    }

    private func addPairs(_ cells: CleanedCells, _ rows: [Int]) {
        for (pair, counts) in pairs {
            for row in rows {
                let to = cells.cell(row, pair.to)
                if to.isEmpty { continue }
                let from = pair.from.map { cells.cell(row, $0) }
                if from?.isEmpty == true { continue }
                ColumnPair.withJoined(from, to, &scratch) { counts.add($0) }
            }
        }
    }

    private func addScripts(_ cells: CleanedCells, _ rows: [Int]) {
        guard !scripts.isEmpty else { return }
        let columns = options.columns
        let country = columns.first(.country)
        for column in scripts.keys {
            for row in rows {
                let cell = cells.cell(row, column)
                guard !cell.isEmpty else { continue }
                scripts[column]?.add(cell, country: country.map { cells.cell(row, $0) })
            }
        }
        guard !spellings.isIdle, let email = columns.first(.email) else { return }
        for column in scripts.keys where spellings.wants(column) {
            for row in rows {
                spellings.add(column: column, name: cells.cell(row, column), email: cells.cell(row, email))
            }
        }
    }

    /// Adds what another worker has surveyed.
    public func merge(_ other: CleaningSurvey) {
        rowCount += other.rowCount
        latestDay = max(latestDay, other.latestDay)
        domains.merge(other.domains)
        spellings.merge(other.spellings)
        for column in values.indices {
            if let counts = other.values[column] { values[column]?.merge(counts) }
            dates[column].merge(other.dates[column])
            if let tally = other.numbers[column] { numbers[column]?.merge(tally) }
            if let evidence = other.addresses[column] { addresses[column]?.merge(evidence) }
        }
        for (pair, counts) in pairs { if let more = other.pairs[pair] { counts.merge(more) } }
        for (column, counts) in other.scripts { scripts[column]?.merge(counts) }
        if let more = other.neighbours { neighbours?.merge(more) }
    }
}

/// Two columns whose values are looked at together; from none: the values of the second alone.
struct ColumnPair: Hashable {
    let from: Int?
    let to: Int

    /// What cleaning and filling look at.
    static func all(of options: CleaningOptions) -> [ColumnPair] {
        var pairs = PlaceDependency.all(of: options.columns).map { ColumnPair(from: $0.from, to: $0.to) }
        for fill in options.fills {
            switch fill.method {
            case .dependency(let column): pairs.append(ColumnPair(from: column, to: fill.column))
            case .median(let column), .mode(let column): pairs.append(ColumnPair(from: column, to: fill.column))
            case .value, .neighbours: break
            }
        }
        return pairs
    }
}

/// In which scripts a column's values are, by country.
struct ScriptCounts {
    /// Latin, Arabic and Chinese, by the country's number; the last is for rows without one.
    private var counts = [Int32](repeating: 0, count: 677 * 3)

    /// 0 Latin, 1 Arabic, 2 Chinese; nil for anything else.
    static func script(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = cell.first else { return nil }
        switch first {
        case 0x41...0x5A, 0x61...0x7A, 0xC3...0xC9: return 0
        case 0xD8...0xDB: return 1
        case 0xE3...0xE9: return 2
        default: return nil
        }
    }

    static func country(_ cell: UnsafeBufferPointer<UInt8>?) -> Int {
        guard let cell, cell.count == 2 else { return 676 }
        return Country.index(cell[0], cell[1]) ?? 676
    }

    mutating func add(_ cell: UnsafeBufferPointer<UInt8>, country: UnsafeBufferPointer<UInt8>?) {
        guard let script = ScriptCounts.script(cell) else { return }
        counts[ScriptCounts.country(country) * 3 + script] += 1
    }

    mutating func merge(_ other: ScriptCounts) { for place in counts.indices { counts[place] += other.counts[place] } }

    /// The script that at least nine in ten of a country's values have, of twenty or more; nil when there is none.
    func main(country: Int) -> Int? {
        let own = counts[(country * 3)..<(country * 3 + 3)]
        let total = own.reduce(0, +)
        guard total >= 20, let most = own.max(), most * 10 >= total * 9 else { return nil }
        return own.firstIndex(of: most).map { $0 - country * 3 }
    }
}
