import CustomerData
import Statistics
import Synchronization

/// Profiles a table in one pass over its blocks, in bounded memory: an accumulator that workers fill at the same time.
///
/// What is counted is the same for any number of threads: counts, sets, sketches and samples do not depend on the order in
/// which they are filled, and what does is committed in the order of the file.
public final class TableProfiler {
    private let plans: [ColumnPlan]
    private let workers: [BlockProfiler]
    private var values: [FrequentTexts]
    private var patterns: [FrequentTexts]
    private var sums: [(sum: Double, squares: Double)]
    private var sample: RowSample
    private var rowCount = 0
    private let sampleLevel = Atomic<Int>(0)

    /// What a block contributes in the order of the file.
    public struct Findings: Sendable {
        fileprivate let findings: BlockFindings
        fileprivate let rowCount: Int
    }

    /// A profiler of a table.
    ///
    /// - Parameters:
    ///   - headers: the columns' headers.
    ///   - samples: the first rows, which say in what form numbers and dates are written.
    ///   - threads: workers that add at the same time.
    public init(headers: [String], samples: [[String]], threads: Int) {
        plans = ColumnPlan.all(headers: headers, samples: samples)
        let plans = plans
        workers = (0..<threads).map { _ in BlockProfiler(plans) }
        values = plans.map { _ in FrequentTexts() }
        patterns = values
        sums = plans.map { _ in (0, 0) }
        sample = RowSample(columnCount: headers.count)
    }

    /// Looks at a block; `worker` is used by one thread at a time.
    public func read(_ block: CellBlock, worker: Int) -> Findings {
        Findings(
            findings: workers[worker].read(block, level: sampleLevel.load(ordering: .relaxed)), rowCount: block.rowCount
        )
    }

    /// Adds what a block gave; blocks come in the order of the file.
    public func commit(_ part: Findings) {
        for column in plans.indices {
            values[column].merge(part.findings.values[column])
            patterns[column].merge(part.findings.patterns[column])
            sums[column].sum += part.findings.sums[column].sum
            sums[column].squares += part.findings.sums[column].squares
        }
        sample.add(part.findings.sample, rowsBefore: rowCount)
        sampleLevel.store(sample.level, ordering: .relaxed)
        rowCount += part.rowCount
    }

    /// What is asked of the age of records.
    public struct AgeLimit: Sendable {
        /// The column of dates; nil for the one whose header says when a record was last changed.
        public var column: String?
        /// The day from which ages are counted; nil for the last day of the column.
        public var asOf: Day?
        /// The largest age, in days.
        public var maxAgeDays: Int

        /// A limit.
        public init(column: String? = nil, asOf: Day? = nil, maxAgeDays: Int) {
            self.column = column
            self.asOf = asOf
            self.maxAgeDays = maxAgeDays
        }
    }

    /// The profile of what was read; to be asked for once, since it takes the memory over.
    ///
    /// - Throws: `Problem(.usage)` when ages are asked for and there is no such column of dates.
    public func profile(ages: AgeLimit? = nil) throws -> TableProfile {
        var tallies = workers[0].tallies
        for worker in workers.dropFirst() {
            for column in tallies.indices { tallies[column].merge(worker.tallies[column]) }
        }
        let columns = plans.indices.map { column in
            ColumnProfile(
                plans[column], tallies[column], values: values[column], patterns: patterns[column],
                sum: sums[column].sum, squares: sums[column].squares)
        }
        let names = plans.map(\.header)
        let relations = ColumnRelations(sample, names: names) { tallies[$0].digest == tallies[$1].digest }
        let identities = plans.filter(\.isIdentity).map(\.header)
        let exact = TableProfiler.repeats(workers.map { $0.takeRows() })
        return TableProfile(
            rowCount: rowCount, sampledRowCount: sample.rows.count, columns: columns,
            dependencies: relations.dependencies, equalColumns: relations.equalColumns,
            missingTogether: relations.missingTogether, exactRepeats: exact,
            // A table of ids alone has nothing in which rows could be nearly equal.
            nearRepeats: identities.count == plans.count
                ? exact : TableProfiler.repeats(workers.map { $0.takeNearRows() }),
            identityColumns: identities, applicableRows: relations.applicableRows,
            violatingRows: relations.violatingRows, freshness: try ages.map { try freshness($0, tallies) })
    }

    private func freshness(_ limit: AgeLimit, _ tallies: [ColumnTally]) throws -> TableProfile.Freshness {
        let column: Int
        if let name = limit.column {
            guard let found = plans.firstIndex(where: { $0.header == name }) else {
                throw Problem(
                    .usage,
                    "--date-column \(name): there is no such column; the columns are "
                        + plans.map(\.header).joined(separator: ", "))
            }
            column = found
        } else {
            guard let found = plans.firstIndex(where: { $0.hints.contains(.updated) }) else {
                throw Problem(
                    .usage,
                    "--max-age: no column's header says when a record was last changed; name one with --date-column")
            }
            column = found
        }
        let days = tallies[column].days
        guard days.count > 0 else {
            throw Problem(.data, "column \"\(plans[column].header)\": no cell is a date in a known layout")
        }
        let asOf = limit.asOf ?? Day(number: Int32(days.largest))
        let bound = Int64(asOf.number) - Int64(limit.maxAgeDays)
        return .init(
            column: plans[column].header, asOf: asOf, maxAgeDays: limit.maxAgeDays, dated: days.count,
            fresh: days.count(from: bound) - days.count(from: Int64(asOf.number) + 1))
    }

    private static func repeats(_ samples: consuming [DigestSample]) -> TableProfile.Repeats {
        var sample = samples.removeFirst()
        while let other = samples.popLast() { sample.merge(other) }
        let found = sample.repeats()
        return .init(
            extraRows: found.extra, clusters: found.clusters, largestCluster: found.largest, share: sample.share)
    }
}
