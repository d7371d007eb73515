import CustomerData
import Statistics

extension RFMResult {
    /// One row a customer with a transaction, ascending by id: `customer_id, first_purchase, last_purchase,
    /// recency_days, frequency, monetary, average_order, r, f, m, rfm, segment`.
    ///
    /// - Parameters:
    ///   - history: the history whose customers these are.
    ///   - language: of the segments' names: `en`, `fa` or `zh`.
    /// - Complexity: O(customers).
    public func table(of history: PurchaseHistory, language: String = "en") -> ResultTable {
        precondition(history.customers.count == values.count)
        let id = ResultTable.Column("customer_id", .identifiers(history.customers))
        let columns = [id] + columns(language: language)
        guard history.hasTransactions.contains(false) else { return ResultTable(name: "rfm", columns: columns) }
        let rows = history.hasTransactions.indices.filter { history.hasTransactions[$0] }
        return ResultTable(
            name: "rfm", columns: columns.map { .init($0.name, unit: $0.unit, $0.values.selecting(rows)) })
    }

    /// The columns of `table` after the id, for all customers of the history in its order.
    ///
    /// - Complexity: O(customers).
    public func columns(language: String = "en") -> [ResultTable.Column] {
        let digits = (1...bins).map(String.init)
        func scores(_ scores: [UInt8]) -> ResultTable.Values {
            // An empty score, 0, wraps round to an index that no label has.
            .categories(scores.map { UInt16($0) &- 1 }, labels: digits)
        }
        let cells = (0..<bins * bins * bins).map {
            RFM.joined(CellCover.scores(ofCell: $0, bins: bins, digits: 3), bins: bins)
        }
        let cellOfCustomer = segments.indices.map { customer -> UInt16 in
            guard segments[customer] != RFMResult.noSegment else { return .max }
            let recency = (Int(recencyScores[customer]) - 1) * bins
            let frequency = (recency + Int(frequencyScores[customer]) - 1) * bins
            return UInt16(frequency + Int(monetaryScores[customer]) - 1)
        }
        return [
            .init("first_purchase", .days(values.firstPurchases)),
            .init("last_purchase", .days(values.lastPurchases)),
            .init("recency_days", unit: "days", .integers(values.recency)),
            .init("frequency", unit: "orders", .integers(values.frequency)),
            .init("monetary", unit: "money", .money(values.monetary, decimals: values.decimals)),
            .init("average_order", unit: "money", .money(values.averageOrder, decimals: values.averageDecimals)),
            .init("r", scores(recencyScores)), .init("f", scores(frequencyScores)),
            .init("m", scores(monetaryScores)), .init("rfm", .categories(cellOfCustomer, labels: cells)),
            .init("segment", .categories(segments, labels: map.names(in: language))),
        ]
    }

    /// One row a segment, in the map's order, empty ones too: `segment, customers, share, revenue, revenue_share,
    /// median_recency_days, median_frequency, median_monetary`. Shares are of the customers with a purchase and of their
    /// revenue; medians are values of a customer (the lower of two in the middle).
    ///
    /// - Complexity: O(customers).
    public func summary(language: String = "en", parallel: Parallel = Parallel()) -> ResultTable {
        var members = [[Int]](repeating: [], count: map.segments.count)
        for customer in segments.indices where segments[customer] != RFMResult.noSegment {
            members[Int(segments[customer])].append(customer)
        }
        let (last, orders, sums) = (values.lastPurchases, values.frequency, values.monetary)
        let revenues = members.map { $0.reduce(Int128(0)) { $0 + sums[$1] } }
        let revenue = revenues.reduce(0, +)
        let customers = members.reduce(0) { $0 + $1.count }
        let asOf = Int64(values.asOf.number)
        func median<Value: FixedWidthInteger>(_ value: (Int) -> Value) -> [Value] {
            parallel.map(members.count) { segment in
                members[segment].isEmpty ? .min : RFMCuts.cuts(members[segment].map(value), bins: 2)[0]
            }
        }
        return ResultTable(
            name: "segments",
            columns: [
                .init("segment", .texts(map.names(in: language))),
                .init("customers", unit: "customers", .integers(members.map { Int64($0.count) })),
                .init(
                    "share", unit: "share",
                    .fixed(members.map { customers == 0 ? .nan : Double($0.count) / Double(customers) }, decimals: 4)),
                .init("revenue", unit: "money", .money(revenues, decimals: values.decimals)),
                .init(
                    "revenue_share", unit: "share",
                    .fixed(revenues.map { revenue == 0 ? .nan : Double($0) / Double(revenue) }, decimals: 4)),
                .init(
                    "median_recency_days", unit: "days", .integers(median { asOf - Int64(last[$0]) })),
                .init("median_frequency", unit: "orders", .integers(median { orders[$0] })),
                .init(
                    "median_monetary", unit: "money",
                    .money(median { sums[$0] }, decimals: values.decimals)),
            ])
    }
}

extension ResultTable.Values {
    /// The values of those rows, in that order.
    fileprivate func selecting(_ rows: [Int]) -> ResultTable.Values {
        switch self {
        case .identifiers(let list):
            var selected = IdentifierList()
            for row in rows { list.withBytes(at: row) { selected.append($0) } }
            return .identifiers(selected)
        case .days(let values): return .days(rows.map { values[$0] })
        case .integers(let values): return .integers(rows.map { values[$0] })
        case .money(let values, let decimals): return .money(rows.map { values[$0] }, decimals: decimals)
        case .reals(let values): return .reals(rows.map { values[$0] })
        case .fixed(let values, let decimals): return .fixed(rows.map { values[$0] }, decimals: decimals)
        case .categories(let codes, let labels): return .categories(rows.map { codes[$0] }, labels: labels)
        case .flags(let values): return .flags(rows.map { values[$0] })
        case .texts(let values): return .texts(rows.map { values[$0] })
        }
    }
}
