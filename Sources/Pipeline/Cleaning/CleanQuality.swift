import CustomerData
import Export
import Ingest
import Quality
import Report
import Statistics

/// A table's quality, with the table's name.
struct NamedScorecard {
    let name: String
    let scorecard: Scorecard
}

/// The quality of tables before and after they are cleaned.
struct CleanQuality {
    /// The sources, as far as they have a row that can be read.
    let before: [NamedScorecard]
    /// The cleaned customers; nil when nobody is left.
    let after: NamedScorecard?

    /// All scorecards, the cleaned customers' last.
    var scorecards: [NamedScorecard] { before + [after].compactMap(\.self) }

    /// The scorecard of an opened table.
    ///
    /// - Parameters:
    ///   - required: headers of the columns that must be filled.
    ///   - ages: how old records may be; nil where nothing says so.
    static func scorecard(
        of table: TableFile, name: String, required: [String], ages: TableProfiler.AgeLimit?, parallel: Parallel
    ) throws -> NamedScorecard {
        var input = TableInput()
        // Too many rejected rows have ended the cleaning before.
        input.maxRejectShare = 1
        input.parallel = parallel
        let (profile, _) = try input.profile(table, ages: ages)
        return NamedScorecard(
            name: name,
            scorecard: Scorecard(
                of: profile, .init(required: required.count == table.headers.count ? nil : required)))
    }

    /// The scores of all tables, a row a table and dimension.
    static func table(_ cards: [NamedScorecard]) -> ResultTable {
        let rows = cards.flatMap { card in card.scorecard.scores.map { (card.name, $0) } }
        return ResultTable(
            name: "quality",
            columns: [
                .init("table", .texts(rows.map(\.0))),
                .init("dimension", .texts(rows.map(\.1.dimension.rawValue))),
                .init("score", unit: "share", .fixed(rows.map { $0.1.value ?? .nan }, decimals: 6)),
                .init("good", unit: "cells or rows", .integers(rows.map { Int64($0.1.good) })),
                .init("total", unit: "cells or rows", .integers(rows.map { Int64($0.1.total) })),
                .init("formula", .texts(rows.map(\.1.formula))), .init("note", .texts(rows.map(\.1.note))),
            ])
    }

    /// The scores side by side: a line a dimension, a column a table, and what lowers them most before and after.
    var lines: [String] {
        guard let first = before.first else { return [] }
        let names = (before.count == 1 ? ["before"] : before.map(\.name)) + (after == nil ? [] : ["after"])
        var text = TextTable(["quality"] + names + ["worst before", "worst after"], right: Set(1...names.count))
        func worst(_ score: Scorecard.Score?) -> String {
            (score?.worst ?? []).prefix(2).map { "\($0.name) \(Figures.count($0.bad))" }.joined(separator: ", ")
        }
        for (place, score) in first.scorecard.scores.enumerated() {
            let scores = scorecards.map { $0.scorecard.scores[place].value }
            text.add(
                [score.dimension.rawValue] + scores.map { $0 == nil ? "not measured" : Figures.percent($0) }
                    + [score.value == nil ? score.note : worst(score), worst(after?.scorecard.scores[place])])
        }
        return text.lines
    }
}
