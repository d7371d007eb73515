import CustomerData
import Statistics

extension MovementResult {
    /// The table of `transitions.csv`: from each date to the next, then from the first to the last where there are more
    /// than two. One row a pair of labels whose first had customers: `by, date_from, date_to, from, to, customers,
    /// customers_from, share, share_low, share_high, year_spending`.
    public var transitionsTable: ResultTable {
        var cells: [(matrix: TransitionMatrix, from: Int, to: Int)] = []
        for position in bases.indices {
            for matrix in steps[position] + (dates.count > 2 ? [overall[position]] : []) {
                for from in matrix.labels.indices where matrix.rowTotal(from) > 0 {
                    // Nobody goes back to where they were not known.
                    for to in matrix.labels.indices.dropFirst() { cells.append((matrix, from, to)) }
                }
            }
        }
        let intervals = cells.map { $0.matrix.interval($0.from, $0.to) }
        return ResultTable(
            name: "transitions",
            columns: [
                .init("by", .texts(cells.map(\.matrix.basis.rawValue))),
                .init("date_from", .days(cells.map(\.matrix.from.number))),
                .init("date_to", .days(cells.map(\.matrix.to.number))),
                .init("from", .texts(cells.map { $0.matrix.labels[$0.from] })),
                .init("to", .texts(cells.map { $0.matrix.labels[$0.to] })),
                .init(
                    "customers", unit: "customers", .integers(cells.map { Int64($0.matrix.customers[$0.from][$0.to]) })),
                .init("customers_from", unit: "customers", .integers(cells.map { Int64($0.matrix.rowTotal($0.from)) })),
                .init(
                    "share", unit: "share",
                    .fixed(cells.map { $0.matrix.share($0.from, $0.to) ?? .nan }, decimals: 4)),
                .init("share_low", unit: "share", .fixed(intervals.map { $0?.low ?? .nan }, decimals: 4)),
                .init("share_high", unit: "share", .fixed(intervals.map { $0?.high ?? .nan }, decimals: 4)),
                .init(
                    "year_spending", unit: "money",
                    .money(cells.map { $0.matrix.yearSpending[$0.from][$0.to].tenThousandths }, decimals: decimals)),
            ])
    }

    /// The table of `flow.csv`: one row a basis, date and label: `by, date, label, customers, before, moved_in,
    /// newcomers, moved_out, net, year_spending, revenue_at_risk, expected_loss`. Flows are from the date before, and
    /// empty at the first.
    public var flowTable: ResultTable {
        var rows: [(basis: Int, date: Int, label: Int)] = []
        for basis in bases.indices {
            for date in dates.indices {
                for label in labels[basis].indices.dropFirst() { rows.append((basis, date, label)) }
            }
        }
        let flows = rows.map { $0.date > 0 ? steps[$0.basis][$0.date - 1].flow($0.label) : nil }
        let found = rows.map { sizes[$0.basis][$0.date][$0.label] }
        func counts(_ name: String, _ count: (SegmentFlow) -> Int) -> ResultTable.Column {
            .init(name, unit: "customers", .integers(flows.map { $0.map { Int64(count($0)) } ?? .min }))
        }
        func money(_ name: String, _ amount: (SegmentSize) -> Money) -> ResultTable.Column {
            .init(name, unit: "money", .money(found.map { amount($0).tenThousandths }, decimals: decimals))
        }
        return ResultTable(
            name: "flow",
            columns: [
                .init("by", .texts(rows.map { bases[$0.basis].rawValue })),
                .init("date", .days(rows.map { dates[$0.date].number })),
                .init("label", .texts(rows.map { labels[$0.basis][$0.label] })),
                .init("customers", unit: "customers", .integers(found.map { Int64($0.customers) })),
                counts("before", \.before), counts("moved_in", \.movedIn), counts("newcomers", \.newcomers),
                counts("moved_out", \.movedOut), counts("net", \.net), money("year_spending", \.yearSpending),
                money("revenue_at_risk", \.revenueAtRisk), money("expected_loss", \.expectedLoss),
            ])
    }
}
