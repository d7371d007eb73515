import CustomerData

/// Everyone's move from one date of a series to the next.
public struct CustomerMoves: Sendable {
    /// The earlier date.
    public var from: Day { earlier.asOf }
    /// The later date.
    public var to: Day { later.asOf }

    private let customers: IdentifierList
    private let earlier: SegmentStanding
    private let later: SegmentStanding
    private let bases: [MovementBasis]
    private let labels: [[String]]
    private let decimals: Int

    init(_ history: PurchaseHistory, from: SegmentStanding, to: SegmentStanding, _ result: MovementResult) {
        customers = history.customers
        earlier = from
        later = to
        bases = result.bases
        labels = result.labels
        decimals = result.decimals
    }

    /// Who moved or came, ascending by id: `customer_id, date_from, date_to`, the labels of each basis from and to (as
    /// in `state_from, state_to`; empty from where the customer was not there yet), and `year_spending` as of the later
    /// date.
    ///
    /// - Complexity: O(customers).
    public var table: ResultTable {
        let codes = bases.map { (earlier.codes[$0] ?? [], later.codes[$0] ?? []) }
        let moved = (0..<customers.count).filter { customer in
            codes.contains { $0.0[customer] != $0.1[customer] }
        }
        var columns: [ResultTable.Column] = [
            .init("customer_id", .identifiers(customers.selecting(moved))),
            .init("date_from", .days(moved.map { _ in earlier.asOf.number })),
            .init("date_to", .days(moved.map { _ in later.asOf.number })),
        ]
        for (position, basis) in bases.enumerated() {
            let (starts, ends) = codes[position]
            // Without "not there yet", whose code wraps round to an index that no label has.
            let names = Array(labels[position].dropFirst())
            columns.append(
                .init("\(basis.rawValue)_from", .categories(moved.map { starts[$0] &- 1 }, labels: names)))
            columns.append(.init("\(basis.rawValue)_to", .categories(moved.map { ends[$0] &- 1 }, labels: names)))
        }
        columns.append(
            .init("year_spending", unit: "money", .money(moved.map { later.yearSpending[$0] }, decimals: decimals)))
        return ResultTable(name: "moves", columns: columns)
    }
}
