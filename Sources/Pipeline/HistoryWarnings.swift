import CustomerData
import Ingest
import Report
import Semantics
import Statistics

/// What a person should know of what was read, a sentence each.
struct HistoryWarnings {
    private(set) var lines: [String]

    /// - Parameters:
    ///   - files: the transactions files, as they were given.
    ///   - lateness: what is to be said of the last day.
    ///   - notes: what the customers files left open.
    ///   - strangers: the folder of a matching whose ids are not in the files; nil where there is none.
    ///   - statedRule: what makes an order, where a person said so.
    init(
        repeated files: [TableFile], lateness: String?, notes: [String], transactions: TransactionReader,
        statedRule: OrderRule?, accounts: RowAccounts, directions: InteractionReader.Directions?, rates: ExchangeRates?,
        strangers folder: String?
    ) {
        lines = HistoryWarnings.repeated(files) + [lateness].compactMap(\.self) + notes
        if transactions.orderRule == .customerDay, statedRule == nil {
            lines.append(
                "there is no order column: a customer's purchases of one day count as one order (--order row counts rows)"
            )
        }
        if let folder {
            lines.append("none of the ids that \(folder) takes for one is in these files: is it of other customers?")
        }
        lines += HistoryWarnings.ofInteractions(directions)
        lines += HistoryWarnings.ofAmounts(accounts, transactions, rates)
        for table in transactions.tables where table.numbersAreAssumed {
            lines.append(
                "\(table.file.input.name): every number with a separator has three digits behind it; they are read as "
                    + "\(table.numbers.rawValue)")
        }
    }

    private static func ofInteractions(_ directions: InteractionReader.Directions?) -> [String] {
        guard let directions else { return [] }
        var lines: [String] = []
        if directions.unknown > 0 {
            let verb = directions.unknown == 1 ? "is of an unknown kind and counts" : "are of an unknown kind and count"
            lines.append("\(Figures.counted(directions.unknown, "interaction")) \(verb) as no response")
        }
        let unreadable = directions.unreadableRatings
        if unreadable > 0 {
            lines.append(
                "\(Figures.counted(unreadable, "mark")) of interactions can't be read as a number and \(unreadable == 1 ? "counts" : "count") as none"
            )
        }
        return lines
    }

    private static func ofAmounts(
        _ accounts: RowAccounts, _ transactions: TransactionReader, _ rates: ExchangeRates?
    ) -> [String] {
        var lines: [String] = []
        if let duplicates = accounts.duplicates, duplicates > 0 {
            lines.append(
                duplicates == 1
                    ? "1 row repeats an earlier row exactly; it is kept"
                    : "\(Figures.count(duplicates)) rows repeat an earlier row exactly; they are kept")
        }
        if accounts.roundedAmounts > 0 {
            lines.append(
                "\(Figures.counted(accounts.roundedAmounts, "amount")) of more than four decimals "
                    + "\(accounts.roundedAmounts == 1 ? "was" : "were") rounded half to even")
        }
        if let rates {
            if accounts.convertedAmounts > 0 {
                let verb = accounts.convertedAmounts == 1 ? "was" : "were"
                lines.append(
                    "\(Figures.counted(accounts.convertedAmounts, "amount")) \(verb) converted to \(rates.base), rounded "
                        + "half to even to the ten-thousandth")
            }
            for table in transactions.tables where table.roles[.currency] == nil {
                lines.append(
                    "\(table.file.input.name) has no column for the currency: its amounts are taken as \(rates.base)"
                )
            }
        }
        return lines
    }

    /// A warning for every file that stands in the list more than once.
    private static func repeated(_ files: [TableFile]) -> [String] {
        var counts: [String: Int] = [:]
        for file in files { counts[file.input.name, default: 0] += 1 }
        return counts.filter { $0.value > 1 }.sorted { $0.key < $1.key }.map {
            "\($0.key) is given \($0.value) times, and its rows count each time"
        }
    }

    /// A warning when few lines lie far after the rest: more than 30 days and ten times the longest usual silence (the
    /// 99th percentile of the gaps between days with lines) after the day before, with less than a thousandth of the
    /// lines.
    static func loneDate(_ days: [(day: Day, lines: Int)]) -> String? {
        guard days.count >= 3 else { return nil }
        let gaps = zip(days.dropFirst(), days).map { $0.day.days(since: $1.day) }
        let usual = Quantiles.inverse(0.99, sorted: gaps.dropLast().sorted())
        let total = days.reduce(0) { $0 + $1.lines }
        var late = 0
        for position in stride(from: days.count - 1, to: 0, by: -1) {
            late += days[position].lines
            if late * 1000 > total, late > 1 { return nil }
            let gap = gaps[position - 1]
            if gap > 30, gap > 10 * usual {
                let lines = late == 1 ? "1 line lies" : "\(Figures.count(late)) lines lie"
                return
                    "\(lines) \(Figures.count(gap)) days or more after all others, up to \(days[days.count - 1].day): every recency is "
                    + "counted from there; if that date is wrong, correct it or give --as-of "
                    + "\(days[position - 1].day.advanced(byDays: 1))"
            }
        }
        return nil
    }
}
