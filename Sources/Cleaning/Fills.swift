import CustomerData
import Semantics

/// Fills empty cells as a person asked for: each cell is marked with how, and with how often the same way gives the
/// value of cells that are not empty.
struct Fills {
    private enum Source {
        case value(String)
        case table(DependencyTable, from: Int)
        case groups([String: (value: String, confidence: UInt8)], by: Int?)
        case neighbours(NeighbourSearch)
    }

    private let rules: [(column: Int, source: Source, why: CleaningRule)]

    init(_ survey: CleaningSurvey) {
        // What fills others should be clean itself.
        rules = (survey.isCleaned ? survey.options.fills : []).compactMap { fill in
            switch fill.method {
            case .value(let value): return (fill.column, .value(value), .filledByRule)
            case .dependency(let from):
                guard let pairs = survey.pairs[ColumnPair(from: from, to: fill.column)] else { return nil }
                return (fill.column, .table(DependencyTable(pairs), from: from), .filledByDependency)
            case .median(let by), .mode(let by):
                guard let pairs = survey.pairs[ColumnPair(from: by, to: fill.column)] else { return nil }
                let isMedian = if case .median = fill.method { true } else { false }
                return (
                    fill.column, .groups(Fills.groups(pairs, isMedian: isMedian), by: by),
                    isMedian ? .filledByMedian : .filledByMode
                )
            case .neighbours:
                guard let sample = survey.neighbours else { return nil }
                return (
                    fill.column, .neighbours(NeighbourSearch(sample, column: fill.column)), .filledByNeighbours
                )
            }
        }
    }

    /// The median or the most frequent value of each group; medians of cells that are numbers, the lower of two middle
    /// ones, so that it is a value that occurs.
    private static func groups(
        _ pairs: ValueCounts, isMedian: Bool
    ) -> [String: (value: String, confidence: UInt8)] {
        var groups: [String: [(value: String, count: Int)]] = [:]
        for number in pairs.entries.indices {
            guard let (from, value) = ColumnPair.split(pairs.text(number)) else { continue }
            groups[from, default: []].append((value, Int(pairs.entries[number].count)))
        }
        return groups.compactMapValues { values in
            let total = values.reduce(0) { $0 + $1.count }
            if isMedian {
                let numbers = values.compactMap { entry in
                    NumberLayout.decimalPoint.parse(entry.value).map { ($0.tenThousandths, entry) }
                }.sorted { ($0.0, $0.1.value) < ($1.0, $1.1.value) }
                let count = numbers.reduce(0) { $0 + $1.1.count }
                var passed = 0
                for (_, entry) in numbers {
                    passed += entry.count
                    if passed * 2 >= count { return (entry.value, UInt8(min(99, entry.count * 100 / max(total, 1)))) }
                }
                return nil
            }
            guard let best = values.max(by: { ($0.count, $1.value) < ($1.count, $0.value) }) else { return nil }
            return (best.value, UInt8(min(99, best.count * 100 / max(total, 1))))
        }
    }

    func apply(to cells: CleanedCells) {
        for (column, source, why) in rules {
            for row in 0..<cells.rowCount where cells.cell(row, column).isEmpty {
                switch source {
                case .value(let value): cells.set(row, column, to: value, CleaningRules(why))
                case .table(let table, let from):
                    guard !cells.cell(row, from).isEmpty, let entry = table[cells.text(row, from)],
                        entry.decides(atLeast: PlaceRepair.leastRows, share: PlaceRepair.leastShare)
                    else { continue }
                    cells.set(
                        row, column, to: entry.value, CleaningRules(why),
                        confidence: UInt8(min(99, entry.count * 100 / entry.total)))
                case .groups(let groups, let by):
                    guard let found = groups[by.map { cells.text(row, $0) } ?? ""] else { continue }
                    cells.set(row, column, to: found.value, CleaningRules(why), confidence: found.confidence)
                case .neighbours(let search):
                    guard let found = search.value(for: cells, row) else { continue }
                    cells.set(row, column, to: found.value, CleaningRules(why), confidence: found.confidence)
                }
            }
        }
    }
}

/// Finds what the most similar rows of a sample have in a column (Gower 1971: of each two cells, 1 when they are equal,
/// for numbers and dates 1 less their distance over the column's range).
struct NeighbourSearch {
    /// Rows asked.
    static let count = 15
    private let rows: [NeighbourSample.Row]
    private let values: [[Double?]]
    private let ranges: [Int: Double]
    private let column: Int
    private let compared: [Int]
    private let isNumber: Bool

    init(_ sample: NeighbourSample, column: Int) {
        self.column = column
        let rows = sample.rows().filter { !$0.cells[column].isEmpty }
        self.rows = rows
        let compared = sample.compared.filter { $0 != column }
        self.compared = compared
        values = rows.map { row in row.cells.map(NeighbourSearch.number) }
        var ranges: [Int: Double] = [:]
        for other in compared {
            let numbers = values.compactMap { $0[other] }
            let filled = rows.count { !$0.cells[other].isEmpty }
            guard let least = numbers.min(), let most = numbers.max(), most > least, numbers.count * 10 >= filled * 9
            else { continue }
            ranges[other] = most - least
        }
        self.ranges = ranges
        isNumber = values.allSatisfy { $0[column] != nil } && Set(rows.map { $0.cells[column] }).count > 20
    }

    private static func number(_ text: String) -> Double? {
        if let day = Day(String(text.prefix(10))) { return Double(day.number) }
        return Double(text)
    }

    /// The most frequent value among the neighbours, or their median where the column holds numbers; its confidence is
    /// the share of them that have it, or lie within a tenth of it.
    func value(for cells: CleanedCells, _ row: Int) -> (value: String, confidence: UInt8)? {
        guard rows.count >= NeighbourSearch.count else { return nil }
        let own = compared.map { (column: $0, text: cells.text(row, $0)) }.filter { !$0.text.isEmpty }
        guard !own.isEmpty else { return nil }
        let numbers = own.map { NeighbourSearch.number($0.text) }
        var best: [(similarity: Double, place: Int)] = []
        for (place, other) in rows.enumerated() {
            var similarity = 0.0
            for (index, cell) in own.enumerated() {
                if let range = ranges[cell.column] {
                    if let left = numbers[index], let right = values[place][cell.column] {
                        similarity += max(0, 1 - abs(left - right) / range)
                    }
                } else if cell.text == other.cells[cell.column] {
                    similarity += 1
                }
            }
            if best.count < NeighbourSearch.count || similarity > best[best.count - 1].similarity {
                let at = best.firstIndex { $0.similarity < similarity } ?? best.count
                best.insert((similarity, place), at: at)
                if best.count > NeighbourSearch.count { best.removeLast() }
            }
        }
        let found = best.map { rows[$0.place].cells[column] }
        if isNumber {
            let sorted = best.compactMap { pair in values[pair.place][column].map { ($0, pair.place) } }.sorted {
                ($0.0, $0.1) < ($1.0, $1.1)
            }
            let middle = sorted[(sorted.count - 1) / 2]
            let near = sorted.count { abs($0.0 - middle.0) <= abs(middle.0) / 10 }
            return (rows[middle.1].cells[column], UInt8(min(99, near * 100 / sorted.count)))
        }
        let counts = Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +)
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        return (most.key, UInt8(min(99, most.value * 100 / found.count)))
    }
}
