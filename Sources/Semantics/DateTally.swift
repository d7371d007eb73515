import CustomerData

/// Counts how many of a column's cells each date layout fits: what decides between dd/MM and MM/dd from all the values.
///
/// An accumulator: tallies of parts of a column merge into the tally of the whole.
public struct DateTally: Sendable, Hashable {
    /// Cells that are not empty.
    public private(set) var cellCount = 0
    /// Cells that each layout fits, by the layout's position in `DateLayout.allCases`.
    private var fits = [Int](repeating: 0, count: DateLayout.allCases.count)
    /// Cells that fit with the day first as well as with the month first.
    private var eitherOrder = 0
    /// Cells where dd/MM and MM/dd give different days.
    private var differing = 0

    /// What a column's cells say about its layout.
    public enum Decision: Hashable, Sendable {
        /// One layout fits best.
        case layout(DateLayout)
        /// Every date fits dd/MM as well as MM/dd, and not all have the day equal to the month.
        case dayOrMonthFirst
        /// Some dates are possible only as dd/MM, others only as MM/dd.
        case mixedOrder
        /// No cell is a date.
        case noDates
    }

    /// An empty tally.
    public init() {}

    /// The tally of cells.
    public init(_ cells: some Sequence<String>) {
        for var cell in cells { cell.withUTF8 { add($0) } }
    }

    /// Counts a cell, by its UTF-8 bytes; a cell of nothing but spaces is empty.
    public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        if CellFolding.withFolded(bytes, \.isEmpty) { return }
        cellCount += 1
        var days: (first: Int32?, second: Int32?)
        for (position, layout) in DateLayout.allCases.enumerated() {
            guard let parsed = layout.parse(bytes) else { continue }
            fits[position] += 1
            if layout == .dayMonthYear { days.first = parsed.day }
            if layout == .monthDayYear { days.second = parsed.day }
        }
        if let first = days.first, let second = days.second {
            eitherOrder += 1
            if first != second { differing += 1 }
        }
    }

    /// Adds the counts of another part of the column.
    public mutating func merge(_ other: DateTally) {
        cellCount += other.cellCount
        for position in fits.indices { fits[position] += other.fits[position] }
        eitherOrder += other.eitherOrder
        differing += other.differing
    }

    /// Cells that a layout fits.
    public func count(of layout: DateLayout) -> Int {
        DateLayout.allCases.firstIndex(of: layout).map { fits[$0] } ?? 0
    }

    /// Cells that the best layout fits.
    public var bestCount: Int { fits.max() ?? 0 }

    /// The layouts that fit every cell that is not empty, in the order of the layouts; none when all cells are empty.
    public var candidates: [DateLayout] {
        cellCount == 0 ? [] : DateLayout.allCases.filter { count(of: $0) == cellCount }
    }

    /// The layout that fits most cells.
    ///
    /// Between dd/MM and MM/dd only the cells that fit one of them alone decide. When there are such cells of both
    /// kinds, one of the orders is taken for an error of single cells when it has at most one such cell in a hundred of
    /// the other's; otherwise the column mixes both, and no reading of it is right.
    public var decision: Decision {
        guard let best = DateLayout.allCases.first(where: { count(of: $0) == bestCount }), bestCount > 0 else {
            return .noDates
        }
        guard best == .dayMonthYear || best == .monthDayYear else { return .layout(best) }
        let dayFirst = count(of: .dayMonthYear) - eitherOrder
        let monthFirst = count(of: .monthDayYear) - eitherOrder
        switch (dayFirst, monthFirst) {
        case (0, 0): return differing == 0 ? .layout(.dayMonthYear) : .dayOrMonthFirst
        case _ where monthFirst * 100 <= dayFirst: return .layout(.dayMonthYear)
        case _ where dayFirst * 100 <= monthFirst: return .layout(.monthDayYear)
        default: return .mixedOrder
        }
    }

    /// The layout of a column, for reading it.
    ///
    /// - Parameters:
    ///   - column: the column's header, for the error's sentence.
    ///   - option: how a person states the layout on the command line, for the error's sentence.
    /// - Throws: `Problem(.data)` when the cells do not decide it.
    public func layout(column: String, option: String) throws -> DateLayout {
        switch decision {
        case .layout(let layout): return layout
        case .dayOrMonthFirst:
            throw Problem(
                .data,
                "column \"\(column)\": every date fits both dd/MM/yyyy and MM/dd/yyyy; say which it is with \(option)")
        case .mixedOrder:
            throw Problem(
                .data,
                "column \"\(column)\": \(count(of: .dayMonthYear) - eitherOrder) dates fit dd/MM/yyyy alone and "
                    + "\(count(of: .monthDayYear) - eitherOrder) fit MM/dd/yyyy alone; say which it is with \(option)")
        case .noDates:
            throw Problem(.data, "column \"\(column)\": no cell is a date in a known layout")
        }
    }
}

extension DateLayout {
    /// The layouts that fit every sample that is not empty; none when all are empty.
    public static func candidates(for samples: some Sequence<String>) -> [DateLayout] {
        DateTally(samples).candidates
    }
}
