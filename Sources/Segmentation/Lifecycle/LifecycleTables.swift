import CustomerData

extension LifecycleResult {
    /// The states that have customers, summed up: `state`, `customers`, `share`, `revenue`, `return_chance`.
    ///
    /// - Parameter history: the history that was assigned.
    /// - Complexity: O(orders).
    public func summaryTable(of history: PurchaseHistory) -> ResultTable {
        let rows = summary(of: history).filter { $0.customerCount > 0 }
        return ResultTable(
            name: "lifecycle_summary",
            columns: [
                stateColumn(rows.map(\.state)),
                .init("customers", unit: "customers", .integers(rows.map { Int64($0.customerCount) })),
                .init("share", unit: "share", .fixed(rows.map(\.share), decimals: 4)),
                .init(
                    "revenue", unit: "money",
                    .money(rows.map(\.revenue.tenThousandths), decimals: history.decimals)),
                .init("return_chance", unit: "share", .fixed(rows.map { $0.returnChance ?? .nan }, decimals: 4)),
            ])
    }
}

extension LifecycleEvaluation {
    /// A row a date: `as_of`, `customers`, `returned`, `auc`, `recency_auc`, `information`, `bucket_information`,
    /// `brier`, `brier_of_share`, `beyond_threshold`.
    public var table: ResultTable {
        ResultTable(
            name: "lifecycle_judged_dates",
            columns: [
                .init("as_of", .days(dates.map(\.asOf.number))),
                .init("customers", unit: "customers", .integers(dates.map { Int64($0.customerCount) })),
                .init("returned", unit: "customers", .integers(dates.map { Int64($0.returnedCount) })),
                .init("auc", .fixed(dates.map { $0.areaUnderCurve ?? .nan }, decimals: 3)),
                .init("recency_auc", .fixed(dates.map { $0.recencyAreaUnderCurve ?? .nan }, decimals: 3)),
                .init("information", unit: "nats", .fixed(dates.map(\.informationGained), decimals: 4)),
                .init("bucket_information", unit: "nats", .fixed(dates.map(\.bucketInformationGained), decimals: 4)),
                .init("brier", .fixed(dates.map(\.brierScore), decimals: 4)),
                .init("brier_of_share", .fixed(dates.map(\.brierScoreOfShare), decimals: 4)),
                .init(
                    "beyond_threshold", unit: "share",
                    .fixed(dates.map { $0.coverage.exceedingShare ?? .nan }, decimals: 3)),
            ])
    }
}

extension LifecycleJudgement {
    /// A row a state: `state`, `customers`, `returned`, `observed_return`, `predicted_return`.
    public var table: ResultTable {
        ResultTable(
            name: "lifecycle_judged_states",
            columns: [
                stateColumn(states.map(\.state)),
                .init("customers", unit: "customers", .integers(states.map { Int64($0.customerCount) })),
                .init("returned", unit: "customers", .integers(states.map { Int64($0.returnedCount) })),
                .init("observed_return", unit: "share", .fixed(states.map(\.observedReturn), decimals: 3)),
                .init("predicted_return", unit: "share", .fixed(states.map(\.predictedReturn), decimals: 3)),
            ])
    }
}

private func stateColumn(_ states: [LifecycleState]) -> ResultTable.Column {
    .init("state", .categories(states.map { UInt16($0.rawValue) }, labels: LifecycleState.allCases.map(\.name)))
}
