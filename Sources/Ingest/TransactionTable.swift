import CustomerData
import Semantics
import Statistics

/// A file of transactions whose columns are known: which holds what, and how dates and numbers are written.
public struct TransactionTable: Sendable {
    /// The file.
    public let file: TableFile
    /// Which column has which role.
    public let roles: RoleAssignment
    /// How the time column is written.
    public let dates: DateLayout
    /// How numbers are written.
    public let numbers: NumberLayout
    /// Whether that is assumed: numbers have separators, and nothing says which of them stands before decimals.
    public let numbersAreAssumed: Bool

    /// Finds out how a file of transactions is written; between day and month first, and for numbers, from all of its
    /// values where the first rows leave it open.
    ///
    /// - Parameters:
    ///   - overrides: columns that a person named.
    ///   - dateOrder: the layout that a person stated for dates that begin with a day or a month.
    /// - Throws: `Problem` when a role has no column or several, when no cell is a date, or when every date fits both
    ///   dd/MM and MM/dd.
    public init(
        _ file: TableFile, overrides: [ColumnRole: String], dateOrder: DateLayout?, parallel: Parallel
    ) throws {
        self.file = file
        let roles = try file.roles(as: .transactions, overrides: overrides)
        self.roles = roles
        guard let time = roles[.time] else { preconditionFailure("the time is a required role") }
        let columns = [ColumnRole.amount, .unitPrice, .quantity].compactMap { roles[$0] }
        dates = try file.dateLayout(column: time, stated: dateOrder, parallel: parallel)
        (numbers, numbersAreAssumed) = try file.numberLayout(columns: columns, parallel: parallel)
    }
}

extension TableFile {
    /// Which column has which role when the file plays a role; problems name the file.
    func roles(as table: TableRole, overrides: [ColumnRole: String]) throws -> RoleAssignment {
        do {
            return try RoleAssignment.detect(headers: headers, samples: samples, table: table, overrides: overrides)
        } catch let problem as Problem {
            // Where the first line is a row, its cells are somebody's data and stay out of the sentence.
            guard !firstLineIsARow else {
                throw Problem(
                    problem.kind,
                    "\(input.name): the first line holds values where the columns' names are expected: add a line of names"
                )
            }
            throw Problem(problem.kind, "\(input.name): \(problem.description)")
        }
    }

    /// Whether a cell of the first line is a date, an e-mail address, or a number of more than four digits or with
    /// decimals (years and plain numbers do name columns).
    private var firstLineIsARow: Bool {
        headers.contains { header in
            if header.contains("@") || !DateLayout.candidates(for: [header]).isEmpty { return true }
            guard let number = NumberLayout.decimalPoint.parse(header) else { return false }
            return number.decimals > 0 || header.utf8.count > 4
        }
    }

    /// The first record of a block that is a row rather than the header or a blank line before it.
    func firstRow(_ block: RecordBlock, _ records: Records) -> Int {
        guard block.number == 0 else { return 0 }
        var record = 0
        while record < records.count, records.isBlank(record) { record += 1 }
        return min(record + 1, records.count)
    }

    /// The cells of a column in the sample.
    public func sampleCells(_ column: Int) -> [String] {
        samples.compactMap { $0.indices.contains(column) ? $0[column] : nil }
    }

    /// How a column writes dates. Where the sample has no date, or dates that begin with a day or a month, all values
    /// decide.
    func dateLayout(column: Int, stated: DateLayout?, parallel: Parallel) throws -> DateLayout {
        func isDayOrMonthFirst(_ tally: DateTally) -> Bool {
            switch tally.decision {
            case .layout(let layout): layout == .dayMonthYear || layout == .monthDayYear
            case .dayOrMonthFirst, .mixedOrder: true
            case .noDates: false
            }
        }
        var tally = DateTally(sampleCells(column))
        if let stated, isDayOrMonthFirst(tally) { return stated }
        if isDayOrMonthFirst(tally) || tally.decision == .noDates {
            tally = try tallyAll([column], DateTally(), parallel) {
                $0.add($1)
            } merge: {
                $0.merge($1)
            }
            if let stated, isDayOrMonthFirst(tally) { return stated }
        }
        do {
            return try tally.layout(column: headers[column], option: "--date-order dmy or --date-order mdy")
        } catch let problem as Problem {
            throw Problem(problem.kind, "\(input.name): \(problem.description)")
        }
    }

    /// How columns write numbers. Where the sample leaves it open, or is of whole numbers without a separator, all
    /// values decide.
    func numberLayout(
        columns: [Int], parallel: Parallel
    ) throws -> (layout: NumberLayout, isAssumed: Bool) {
        var tally = NumberTally()
        var isPlain = true
        for column in columns {
            let cells = sampleCells(column)
            tally.merge(NumberTally(cells))
            isPlain = isPlain && cells.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D } }
        }
        let isOpen =
            if case .assumed = tally.decision { true } else { isPlain && samples.count == TableFile.sampleRowCount }
        if isOpen {
            tally = try tallyAll(columns, NumberTally(), parallel) {
                $0.add($1)
            } merge: {
                $0.merge($1)
            }
        }
        switch tally.decision {
        case .layout(let layout): return (layout, false)
        case .assumed(let layout): return (layout, true)
        case .noNumbers: return (.decimalPoint, false)
        case .mixed:
            let names = columns.map { "\"\(headers[$0])\"" }.joined(separator: ", ")
            throw Problem(
                .data,
                "\(input.name): some numbers in \(names) have a decimal point and others a decimal comma: "
                    + "write them in one way")
        }
    }

    /// A tally over all cells of columns.
    private func tallyAll<Tally>(
        _ columns: [Int], _ empty: Tally, _ parallel: Parallel,
        add: (inout Tally, UnsafeBufferPointer<UInt8>) -> Void, merge: (inout Tally, Tally) -> Void
    ) throws -> Tally {
        var total = empty
        try forEachBlock(parallel: parallel) { block, records, _ in
            var tally = empty
            for record in firstRow(block, records)..<records.count where records.fieldCount(record) == headers.count {
                for column in columns { add(&tally, records.bytes(records.field(record, column))) }
            }
            return tally
        } commit: { tally, _ in
            merge(&total, tally)
        }
        return total
    }
}
