import Ingest
import Matching
import Report

/// What `strata match` tells a person.
enum MatchText {
    /// How many entities the records are.
    static func entities(_ table: RecordTable, _ summary: MatchSummary) -> String {
        let entities = summary.entities
        return
            "\(Figures.counted(table.rowCount, "record")) = \(Figures.count(entities.single)) alone + "
            + "\(Figures.count(entities.mergedRecords)) in "
            + "\(Figures.counted(entities.merged, "entity", "entities")) of several; "
            + "\(Figures.counted(entities.count, "entity", "entities")), the largest of "
            + Figures.counted(entities.largest, "record")
    }

    static func report(
        _ job: MatchJob, _ table: RecordTable, _ result: MatchResult, _ accounts: RowAccounts, _ summary: MatchSummary
    ) -> JobReport {
        var report = JobReport()
        report.lines.append(JobReport.sentence(of: accounts, what: "row"))
        let compared = summary.columns.map { "\($0.name) (\($0.kind.rawValue))" }.joined(separator: ", ")
        report.lines.append("compared: \(compared)")
        if !summary.notCompared.isEmpty {
            report.lines.append("not compared: " + summary.notCompared.joined(separator: ", "))
        }
        if table.columns.id == nil {
            report.lines.append("note: no column of ids: records go by the number of their row")
        }
        report.lines.append(MatchText.entities(table, summary))
        if table.rowCount < 100 {
            report.lines.append(
                "note: a model that is estimated from \(Figures.counted(table.rowCount, "record")) says little: look through "
                    + MatchFiles.pairs)
        }
        let telling = summary.columns.filter { $0.missing?.isEvidence == true }.map { column in
            let bits = column.missing?.bits
            return "\(column.name) (missing in one \(MatchFiles.fixed(bits?.one ?? 0, 2)) bits, in both "
                + "\(MatchFiles.fixed(bits?.both ?? 0, 2)))"
        }
        if summary.columns.contains(where: { $0.missing != nil }) {
            report.lines.append(
                "a missing value says "
                    + (telling.isEmpty ? "nothing" : "something in \(telling.joined(separator: ", ")), else nothing"))
        }
        let pairs = summary.pairs
        report.lines.append(
            "\(Figures.counted(pairs.inBlocks, "pair")) compared, \(Figures.count(pairs.listed)) listed = "
                + "\(Figures.count(pairs.merged)) merged + \(Figures.count(pairs.review)) for review"
                + (pairs.bridges > 0 ? ", \(Figures.count(pairs.bridges)) of them links of groups that were cut" : ""))
        for rule in summary.blocking.rules where summary.blocking.isGiven && rule.oversizedRecords > 0 {
            report.lines.append(
                "note: blocks by \(rule.rule) of more than \(Figures.counted(rule.largestBlock, "record")) were not "
                    + "compared: \(Figures.counted(rule.oversizedRecords, "record")) in them; --pairs or largest_block "
                    + "allow more")
        }
        report.lines.append(
            "merged from \(Figures.fixed(result.thresholds.merge, decimals: 3)), review from "
                + "\(Figures.fixed(result.thresholds.review, decimals: 3)); expected precision "
                + "\(Figures.percent(result.thresholds.expectedPrecision)), recall of the compared "
                + "\(Figures.percent(result.thresholds.expectedRecall)), of blocking "
                + Figures.percent(summary.blocking.recall))
        if let known = summary.known {
            report.lines.append(
                "\(Figures.count(known.records)) known - \(Figures.count(known.updated)) replaced + "
                    + "\(Figures.count(known.updated + known.new)) read; "
                    + "\(Figures.counted(known.merges, "merge")) in \(MatchedFolder.log)")
        }
        if let judged = summary.accuracy {
            let accuracy = judged.all
            func four(_ value: Double) -> String { Figures.fixed(value, decimals: 4) }
            report.lines.append(
                "against the truth: precision \(four(accuracy.precision)), recall \(four(accuracy.recall)), F1 "
                    + "\(four(accuracy.f1)); B³ \(four(accuracy.bCubedPrecision)), \(four(accuracy.bCubedRecall)), "
                    + "\(four(accuracy.bCubedF1)); \(Figures.count(accuracy.truePairs)) true pairs")
            if judged.acrossScripts.truePairs > 0 {
                report.lines.append(
                    "across scripts: \(Figures.count(judged.acrossScripts.commonPairs)) of "
                        + "\(Figures.counted(judged.acrossScripts.truePairs, "true pair")) found, recall "
                        + "\(four(judged.acrossScripts.recall ?? 1)), precision "
                        + four(judged.acrossScripts.precision ?? 1))
            }
        }
        report.lines.append(
            "Files in \(job.out): \(MatchFiles.pairs), \(MatchFiles.clusters), \(MatchFiles.golden), "
                + "\(MatchFiles.review), \(MatchFiles.model), \(MatchFiles.summary), \(MatchFiles.blocking)")
        return report
    }
}
