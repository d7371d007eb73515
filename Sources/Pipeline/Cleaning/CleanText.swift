import Cleaning
import CustomerData
import Ingest
import Report

/// What a cleaning tells a person.
enum CleanText {
    /// What became of the rows of all sources, and how many cells of the whole were changed.
    static func summary(
        _ sources: [CleanSource], _ source: CleanSource, _ tally: CleanTally, conflicts: Int
    ) -> [String] {
        let archived = source.count(.archived)
        let read = sources.reduce(0) { $0 + $1.rowCount }
        let rejected = sources.reduce(into: [UnreadReason: Int]()) { counts, source in
            counts.merge(source.unreadCounts.filter { $0.key != .blank }, uniquingKeysWith: +)
        }
        let rejectedCount = rejected.values.reduce(0, +)
        let accepted = source.acceptedCount - archived - source.count(.merged)
        // Repeated rows of the sources, those that became one row of the whole, and repeated rows of the whole.
        let repeated = sources.reduce(0) { $0 + $1.count(.merged) }
        let joined =
            sources.count > 1
            ? sources.reduce(0) { $0 + $1.acceptedCount } - repeated - source.rowCount + source.count(.merged) : 0
        let merged = repeated + joined
        precondition(read == accepted + merged + archived + rejectedCount, "every row is in one of the files")
        let list = rejected.sorted { $0.key.rawValue < $1.key.rawValue }
        let reasons =
            list.isEmpty
            ? "" : " (" + list.map { "\(Figures.count($0.value)) \($0.key.rawValue)" }.joined(separator: ", ") + ")"
        var lines = [
            "\(Figures.counted(read, "row")) read = \(Figures.count(accepted)) accepted + "
                + "\(Figures.count(merged)) merged + "
                + (archived > 0 ? "\(Figures.count(archived)) archived + " : "")
                + "\(Figures.count(rejectedCount)) rejected\(reasons)"
        ]
        if sources.count > 1 {
            lines.append(
                "\(Figures.counted(sources.count, "source")), \(Figures.counted(conflicts, "cell")) in conflict: "
                    + CleanFiles.conflicts)
        }
        lines.append(
            (sources.count > 1 ? "of the whole: " : "")
                + "\(Figures.counted(tally.changedCount, "cell")) changed, \(Figures.count(tally.reviewCount)) left to review"
        )
        return lines
    }

    /// The summary, the columns, and the quality before and after.
    static func report(
        _ job: CleanJob, _ sources: [CleanSource], _ source: CleanSource, _ tally: CleanTally, conflicts: Int,
        _ quality: CleanQuality
    ) -> JobReport {
        var report = JobReport()
        report.lines = summary(sources, source, tally, conflicts: conflicts)
        let columns = source.options.columns
        for column in source.plans.last?.crowdedColumns ?? [] {
            report.lines.append(
                "note: \(columns.name(of: column)) has more than a million distinct values: each was brought to its form, and "
                    + "spellings were not compared")
        }
        for (from, to) in source.plans.last?.crowdedPairs ?? [] {
            let name = from.map { "\(columns.name(of: $0)) and " } ?? ""
            report.lines.append(
                "note: \(name)\(columns.name(of: to)) have more than a million distinct values together: what one says of the "
                    + "other was not looked at")
        }
        var text = TextTable(
            ["column", "kind", "filled", "after", "changed", "review", "most often"], right: [2, 3, 4, 5])
        for (column, header) in columns.headers.enumerated() {
            let changed = tally.changed[column].values.reduce(0, +)
            let review = tally.review[column].values.reduce(0, +)
            let rules = CleanTally.byRule(tally.changed[column]).sorted {
                ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
            }
            text.add([
                header, columns.kinds[column].rawValue, Figures.count(tally.filledBefore[column]),
                Figures.count(tally.filledAfter[column]), Figures.count(changed), Figures.count(review),
                rules.prefix(3).map { "\($0.key.rawValue) \(Figures.count($0.value))" }.joined(separator: ", "),
            ])
        }
        report.lines += text.lines
        report.lines += quality.lines
        if !source.isSettled {
            report.lines.append(
                "note: after \(CleanSource.planLimit) rounds cleaning still changed cells; cleaning the result again may "
                    + "change more")
        }
        if columns.first(.id) == nil {
            report.lines.append(
                "note: no column was taken for an id, so that repeated rows stay; name it with --column id=HEADER")
        }
        report.lines.append(
            "Files in \(job.out): \(CleanFiles.customers), \(CleanFiles.ledger), and what is left to do")
        return report
    }
}
