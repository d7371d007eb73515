import CustomerData

/// What changed between two runs: what `strata diff` shows, and writes as JSON.
struct RunDifference: Encodable {
    /// A value in both runs; nil where a run has none.
    struct Change: Encodable, Equatable {
        let name: String
        let before: String?
        let after: String?
        /// After less before, where both are numbers.
        let change: String?
        /// The same as a share of before.
        let share: Double?

        var isChange: Bool { before != after }

        init(_ name: String, _ before: String?, _ after: String?) {
            self.name = name
            self.before = before
            self.after = after
            let amounts = (before.flatMap { Money($0) }, after.flatMap { Money($0) })
            guard let old = amounts.0, let new = amounts.1 else {
                (change, share) = (nil, nil)
                return
            }
            let decimals = [before, after].compactMap { $0?.split(separator: ".").dropFirst().first?.count }.max() ?? 0
            change = (new - old).formatted(decimals: min(decimals, 4))
            share = old == .zero ? nil : (new - old).value / old.value
        }
    }

    /// A file that one of the runs read.
    struct Input: Encodable, Equatable {
        /// What became of it.
        enum Fate: String, Encodable {
            case renamed = "renamed, the same content"
            case changed = "other content"
            case added, removed
        }
        let fate: Fate
        let before: String?
        let after: String?
        let bytesBefore: Int64?
        let bytesAfter: Int64?
        let sha256Before: String?
        let sha256After: String?
    }

    struct Cell: Encodable {
        let from: String
        let to: String
        let customers: Int
        let revenueBefore: String
        let revenueAfter: String
        let moved: Bool
    }

    struct Match: Encodable {
        let from: String
        let to: String?
        let customers: Int
    }

    struct Movement: Encodable {
        let by: String
        let moved: Int
        let from: [String]
        let to: [String]
        let cells: [Cell]
        /// Which cluster of the first run goes on as which of the second.
        let matched: [Match]?
    }

    let before: String
    let after: String
    var nothingChanged: Bool {
        customersOnlyBefore == 0 && customersOnlyAfter == 0 && customersWithOtherValues == 0 && sameColumns
            && !(figures + kpis + options + rows).contains(where: \.isChange) && inputs.isEmpty
    }
    let figures: [Change]
    let kpis: [Change]
    let options: [Change]
    let inputs: [Input]
    let rows: [Change]
    let customersInBoth: Int
    let customersOnlyBefore: Int
    let customersOnlyAfter: Int
    let customersWithOtherValues: Int
    let sameColumns: Bool
    let movements: [Movement]

    private enum CodingKeys: String, CodingKey {
        case before, after, nothingChanged, figures, kpis, options, inputs, rows, customersInBoth, customersOnlyBefore
        case customersOnlyAfter, customersWithOtherValues, sameColumns, movements
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(before, forKey: .before)
        try container.encode(after, forKey: .after)
        try container.encode(nothingChanged, forKey: .nothingChanged)
        try container.encode(figures, forKey: .figures)
        try container.encode(kpis, forKey: .kpis)
        try container.encode(options, forKey: .options)
        try container.encode(inputs, forKey: .inputs)
        try container.encode(rows, forKey: .rows)
        try container.encode(customersInBoth, forKey: .customersInBoth)
        try container.encode(customersOnlyBefore, forKey: .customersOnlyBefore)
        try container.encode(customersOnlyAfter, forKey: .customersOnlyAfter)
        try container.encode(customersWithOtherValues, forKey: .customersWithOtherValues)
        try container.encode(sameColumns, forKey: .sameColumns)
        try container.encode(movements, forKey: .movements)
    }
}

extension RunDifference.Movement {
    /// Movements with their labels as `names` has them.
    init(
        _ movements: Movements, decimals: Int, isMatched: Bool, fromName: (Int) -> String, toName: (Int) -> String
    ) {
        by = movements.column
        moved = movements.movedCount
        from = movements.from.names.indices.dropFirst().map(fromName)
        to = movements.to.names.indices.dropFirst().map(toName)
        cells = movements.pairs.map { pair in
            RunDifference.Cell(
                from: fromName(pair.from), to: toName(pair.to), customers: pair.cell.customers,
                revenueBefore: Money(tenThousandths: pair.cell.before).formatted(decimals: decimals),
                revenueAfter: Money(tenThousandths: pair.cell.after).formatted(decimals: decimals),
                moved: movements.isMoved(pair.from, pair.to))
        }
        matched =
            isMatched
            ? movements.from.names.indices.dropFirst().map { start in
                let end = movements.successors[start]
                return RunDifference.Match(
                    from: fromName(start), to: end.map(toName),
                    customers: end.map { movements.cell(start, $0).customers } ?? 0)
            } : nil
    }
}
