import CustomerData
import Report
import Segmentation

/// Movement as a person reads it.
enum MovementText {
    /// Dates that are listed; the files have all.
    private static let listedDates = 13
    /// Movements that are listed where a matrix would be too wide.
    private static let listedMoves = 10

    /// What to know about the dates and who is there.
    static func notes(
        _ result: MovementResult, _ series: DateSeries, _ loaded: LoadedHistory, _ presence: CustomerPresence
    ) -> [String] {
        var notes: [String] = []
        if series.remainingDays > 0, let last = series.dates.last {
            notes.append(
                "the last date is \(last): no step leads to \(last.advanced(byDays: series.remainingDays)), the end that was "
                    + "asked for")
        }
        if let end = loaded.history.period?.upperBound.advanced(byDays: 1) {
            let late = result.dates.count { $0 > end }
            if late > 0 {
                notes.append(
                    "\(Figures.counted(late, "date")) \(late == 1 ? "lies" : "lie") after the data's end, \(end): what "
                        + "looks like silence there may be want of data")
            }
        }
        if presence.undatedCount > 0 {
            let count = Figures.counted(presence.undatedCount, "customer")
            notes.append(
                "\(count) of the customers file \(presence.undatedCount == 1 ? "has" : "have") no date of registration and "
                    + "\(presence.undatedCount == 1 ? "counts" : "count") as there from the beginning")
        }
        return notes
    }

    static func lines(of result: MovementResult, _ series: DateSeries, cuts: Movement.Cuts) -> [String] {
        guard let first = result.dates.first, let last = result.dates.last else { return [] }
        var lines = [
            "\(result.dates.count) dates from \(first) to \(last), every \(series.every): "
                + "\(Figures.counted(result.customerCount(date: 0), "customer")) at the first, "
                + "\(Figures.count(result.customerCount(date: result.dates.count - 1))) at the last"
        ]
        lines += dates(result)
        for (position, matrix) in result.overall.enumerated() {
            let came = matrix.newcomerCount
            lines.append("")
            lines.append(
                "From \(first) to \(last) by \(matrix.basis.rawValue): \(Figures.counted(matrix.movedCount, "customer")) moved"
                    + (came > 0 ? ", \(Figures.count(came)) came" : "")
                    + (matrix.basis == .segment && cuts == .first ? " (cuts of the first date)" : ""))
            switch matrix.basis {
            case .stage: lines += table(matrix) { share($0, matrix, $1) }
            case .state: lines += table(matrix) { Figures.count(matrix.customers[$0][$1]) }
            case .segment: lines += moves(matrix)
            }
            lines += flows(result, position)
        }
        return lines
    }

    /// A row a date: who was there, came and moved, and what is at risk.
    private static func dates(_ result: MovementResult) -> [String] {
        let basis = result.bases.firstIndex(of: .state) ?? 0
        let shown = result.dates.indices.suffix(listedDates)
        func money(_ amount: (SegmentSize) -> Money) -> [String] {
            Figures.money(shown.map { amount(result.total(date: $0)) }, decimals: result.decimals)
        }
        let (spent, risk, loss) = (money(\.yearSpending), money(\.revenueAtRisk), money(\.expectedLoss))
        var text = TextTable(
            [
                "date", "customers", "came", "moved by \(result.bases[basis].rawValue)", "spent in a year",
                "revenue at risk", "expected loss",
            ],
            right: [1, 2, 3, 4, 5, 6])
        for (position, date) in shown.enumerated() {
            let step = date > 0 ? result.steps[basis][date - 1] : nil
            text.add([
                result.dates[date].description, Figures.count(result.customerCount(date: date)),
                step.map { Figures.count($0.newcomerCount) } ?? "", step.map { Figures.count($0.movedCount) } ?? "",
                spent[position], risk[position], loss[position],
            ])
        }
        let hidden = result.dates.count - shown.count
        return (hidden > 0 ? ["  … \(Figures.counted(hidden, "earlier date")) in flow.csv"] : []) + text.lines
    }

    /// From → to: rows are the labels of the first date, columns those of the last; labels that nobody has are left out.
    private static func table(_ matrix: TransitionMatrix, _ cell: (_ from: Int, _ to: Int) -> String) -> [String] {
        let rows = matrix.labels.indices.filter { matrix.rowTotal($0) > 0 }
        let columns = matrix.labels.indices.filter { matrix.columnTotal($0) > 0 }
        var text = TextTable(
            ["from / to"] + columns.map { matrix.labels[$0] } + ["total"], right: Set(1...columns.count + 1))
        // Who was not there yet stands last, as in a sum: those there, those who came, all.
        for row in rows.filter({ $0 > 0 }) + rows.filter({ $0 == 0 }) {
            text.add(
                [matrix.labels[row]] + columns.map { cell(row, $0) } + [Figures.count(matrix.rowTotal(row))])
        }
        text.add(
            ["total"] + columns.map { Figures.count(matrix.columnTotal($0)) }
                + [Figures.count(rows.reduce(0) { $0 + matrix.rowTotal($1) })])
        return text.lines
    }

    private static func share(_ from: Int, _ matrix: TransitionMatrix, _ to: Int) -> String {
        "\(Figures.count(matrix.customers[from][to])) (\(Figures.percent(matrix.share(from, to))))"
    }

    /// The largest movements with their shares and intervals.
    private static func moves(_ matrix: TransitionMatrix) -> [String] {
        let pairs = matrix.labels.indices.flatMap { from in matrix.labels.indices.map { (from: from, to: $0) } }
            .filter { $0.from != $0.to && matrix.customers[$0.from][$0.to] > 0 }
        let ranked = pairs.enumerated().sorted {
            let (left, right) = (
                matrix.customers[$0.element.from][$0.element.to], matrix.customers[$1.element.from][$1.element.to]
            )
            return left != right ? left > right : $0.offset < $1.offset
        }.map(\.element)
        guard !ranked.isEmpty else { return [] }
        var text = TextTable(["from", "to", "customers", "of those from", "95 % interval"], right: [2, 3, 4])
        for pair in ranked.prefix(listedMoves) {
            let interval = matrix.interval(pair.from, pair.to)
            text.add([
                matrix.labels[pair.from], matrix.labels[pair.to],
                Figures.count(matrix.customers[pair.from][pair.to]), Figures.percent(matrix.share(pair.from, pair.to)),
                interval.map { "\(Figures.percent($0.low)) – \(Figures.percent($0.high))" } ?? "–",
            ])
        }
        let rest = ranked.dropFirst(listedMoves)
        guard !rest.isEmpty else { return text.lines }
        let customers = rest.reduce(0) { $0 + matrix.customers[$1.from][$1.to] }
        return text.lines + [
            "  … and \(Figures.counted(rest.count, "more movement")) of \(Figures.counted(customers, "customer"))"
        ]
    }

    /// The net flow of each label that has or had customers: how many it gained or lost.
    private static func flows(_ result: MovementResult, _ basis: Int) -> [String] {
        guard result.bases[basis] != .stage else { return [] }
        let matrix = result.overall[basis]
        let sizes = result.sizes[basis][result.dates.count - 1]
        let labels = matrix.labels.indices.dropFirst().filter {
            matrix.rowTotal($0) > 0 || matrix.columnTotal($0) > 0
        }
        func money(_ amount: (SegmentSize) -> Money) -> [String] {
            Figures.money(labels.map { amount(sizes[$0]) }, decimals: result.decimals)
        }
        let (spent, risk) = (money(\.yearSpending), money(\.revenueAtRisk))
        var text = TextTable(
            [
                result.bases[basis].rawValue, "before", "in", "newcomers", "out", "after", "net flow",
                "spent in a year",
                "revenue at risk",
            ], right: [1, 2, 3, 4, 5, 6, 7, 8])
        for (position, label) in labels.enumerated() {
            let flow = matrix.flow(label)
            text.add([
                matrix.labels[label], Figures.count(flow.before), Figures.count(flow.movedIn),
                Figures.count(flow.newcomers), Figures.count(flow.movedOut), Figures.count(flow.after),
                (flow.net > 0 ? "+" : "") + Figures.count(flow.net), spent[position], risk[position],
            ])
        }
        return text.lines
    }
}
