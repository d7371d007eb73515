import Cleaning
import CustomerData
import Ingest
import Report

/// What a cleaning tells a person.
enum CleanText {
    static func report(_ job: CleanJob, _ source: CleanSource, _ tally: CleanTally) -> JobReport {
        var report = JobReport()
        let (merged, archived) = (source.count(.merged), source.count(.archived))
        let rejected = source.unreadCounts.filter { $0.key != .blank }.sorted { $0.key.rawValue < $1.key.rawValue }
        let reasons =
            rejected.isEmpty
            ? "" : " (" + rejected.map { "\(Figures.count($0.value)) \($0.key.rawValue)" }.joined(separator: ", ") + ")"
        report.lines.append(
            "\(Figures.counted(source.rowCount, "row")) read = "
                + "\(Figures.count(source.acceptedCount - merged - archived)) accepted + \(Figures.count(merged)) merged + "
                + (archived > 0 ? "\(Figures.count(archived)) archived + " : "")
                + "\(Figures.count(source.rejectedCount)) rejected\(reasons)")
        let columns = source.options.columns
        report.lines.append(
            "\(Figures.counted(tally.changedCount, "cell")) changed, \(Figures.count(tally.reviewCount)) left to review")
        var text = TextTable(["column", "kind", "filled", "after", "changed", "review", "most often"], right: [2, 3, 4, 5])
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
        if !source.isSettled {
            report.lines.append(
                "note: after \(CleanSource.planLimit) rounds cleaning still changed cells; cleaning the result again may "
                    + "change more")
        }
        if columns.first(.id) == nil {
            report.lines.append("note: no column was taken for an id, so that repeated rows stay; name it with --column id=HEADER")
        }
        report.lines.append("Files in \(job.out): \(CleanFiles.customers), \(CleanFiles.ledger), and what is left to do")
        return report
    }
}
