import CustomerData
import Export
import Report
import Statistics

/// `strata diff`: what changed between two runs, and who moved.
public struct DiffJob: Sendable {
    /// The folder of the earlier run.
    public var before = ""
    /// The folder of the later run.
    public var after = ""
    /// Whether the answer is JSON.
    public var json = false
    /// Where the answer goes; `-` is standard output.
    public var out = "-"
    /// Where the table of those who moved goes; nil for nowhere.
    public var csv: String?
    /// The key by which ids become pseudonyms in that table; nil for ids as they are.
    public var pseudonyms: PseudonymKey?
    /// The threads.
    public var parallel = Parallel()

    /// A job with the defaults.
    public init() {}

    /// Compares.
    ///
    /// - Returns: notes for standard error.
    /// - Throws: `Problem`, also when a folder is not that of a run, or the ids of the runs can't be matched.
    public func run() throws -> JobReport {
        let runs = (before: try RunFolder(path: before), after: try RunFolder(path: after))
        try checkKeys(runs.before, runs.after)
        let join = try SegmentsJoin(runs.before, runs.after)
        var comparison = CustomerComparison()
        try join.forEach { comparison.add($0, $1) }
        comparison.match()
        let manifests = ManifestComparison(before: runs.before, after: runs.after)
        let decimals = try runs.after.model().decimals
        let difference = RunDifference(
            before: before, after: after, figures: manifests.figures, kpis: try manifests.kpis(),
            options: manifests.options, inputs: manifests.inputs, rows: manifests.rows,
            customersInBoth: comparison.both, customersOnlyBefore: comparison.onlyBefore,
            customersOnlyAfter: comparison.onlyAfter, customersWithOtherValues: comparison.otherValues,
            sameColumns: join.hasSameColumns, movements: comparison.movements(decimals: decimals))
        var report = JobReport()
        if let warning = pseudonyms?.warning { report.lines.append("note: \(warning)") }
        // Both can be written before the first appears.
        let output = try OutputFile(path: out, personal: false)
        if let csv {
            let count = try MoversFile(join: join, comparison: comparison, key: newPseudonyms(runs.before)).write(
                to: csv, parallel: parallel)
            report.lines.append("\(Figures.counted(count, "customer")) who moved, came or left in \(csv)")
        }
        try output.write(
            json
                ? try JSONText.pretty(difference) : DiffText(difference).lines.map { $0 + "\n" }.joined())
        try output.commit()
        return report
    }

    /// The key for ids that are no pseudonyms yet.
    private func newPseudonyms(_ run: RunFolder) -> PseudonymKey? {
        run.manifest.keyCheck == nil ? pseudonyms : nil
    }

    /// Refuses runs whose ids don't belong together.
    private func checkKeys(_ first: RunFolder, _ second: RunFolder) throws {
        switch (first.manifest.keyCheck, second.manifest.keyCheck) {
        case (nil, nil): return
        case (let old?, let new?):
            guard old == new else {
                throw Problem(
                    .data,
                    "the pseudonyms of \(before) and of \(after) are of different keys: nobody of the one can be found in "
                        + "the other")
            }
            guard pseudonyms.map({ $0.check == old }) ?? true else {
                throw Problem(
                    .usage,
                    "--pseudonymise \(pseudonyms?.path ?? ""): the pseudonyms of \(before) are of another key")
            }
        case (let old, _):
            let (with, without) = old == nil ? (after, before) : (before, after)
            throw Problem(
                .data,
                "\(with) has pseudonyms and \(without) has ids: write \(without) again with --pseudonymise and the same key"
            )
        }
    }
}

/// The customers of two runs, compared.
struct CustomerComparison {
    private(set) var both = 0
    private(set) var onlyBefore = 0
    private(set) var onlyAfter = 0
    /// Customers in both runs whose rows differ in any cell.
    private(set) var otherValues = 0
    private(set) var tables = SegmentsJoin.columns.map { Movements(column: $0) }
    /// Names of the clusters by their numbers' text.
    private var namesBefore: [String: String] = [:]
    private var namesAfter: [String: String] = [:]

    /// Counts a customer.
    mutating func add(_ old: SegmentsJoin.Row?, _ new: SegmentsJoin.Row?) {
        switch (old, new) {
        case (let old?, let new?):
            both += 1
            if !old.cursor.hasSameCells(as: new.cursor) { otherValues += 1 }
        case (_?, nil): onlyBefore += 1
        default: onlyAfter += 1
        }
        let (spentBefore, spentAfter) = (old?.monetary ?? 0, new?.monetary ?? 0)
        for position in tables.indices {
            tables[position].add(
                from: old?.label(position), to: new?.label(position), before: spentBefore, after: spentAfter)
        }
        // A number's name is read once.
        let (starts, ends) = (tables[3].from.names.count, tables[3].to.names.count)
        if let old, namesBefore.count < starts - 1 {
            namesBefore[old.cursor.text(old.columns.labels[3])] = old.cursor.text(old.columns.name)
        }
        if let new, namesAfter.count < ends - 1 {
            namesAfter[new.cursor.text(new.columns.labels[3])] = new.cursor.text(new.columns.name)
        }
    }

    /// Finds out what goes on as what, once all customers are there.
    mutating func match() {
        for position in tables.indices {
            if tables[position].column == "cluster" {
                tables[position].matchByOverlap()
            } else {
                tables[position].matchByName()
            }
        }
    }

    /// Whether a customer moved, came or left.
    mutating func isMoved(_ old: SegmentsJoin.Row?, _ new: SegmentsJoin.Row?) -> Bool {
        guard let old, let new else { return true }
        for position in tables.indices {
            let start = tables[position].startNumber(old.label(position))
            let end = tables[position].endNumber(new.label(position))
            if tables[position].isMoved(start, end) { return true }
        }
        return false
    }

    /// The movements with names for people.
    func movements(decimals: Int) -> [RunDifference.Movement] {
        tables.map { table in
            let isCluster = table.column == "cluster"
            func name(_ label: String, _ names: [String: String]) -> String {
                if label.isEmpty { return isCluster ? "no cluster" : "no \(table.column)" }
                guard isCluster, let name = names[label], !name.isEmpty else { return label }
                return "\(label) \(name)"
            }
            return RunDifference.Movement(
                table, decimals: decimals, isMatched: isCluster,
                fromName: {
                    $0 == Movements.notThere ? Movements.notThereName : name(table.from.names[$0], namesBefore)
                },
                toName: { $0 == Movements.notThere ? Movements.notThereName : name(table.to.names[$0], namesAfter) })
        }
    }
}
