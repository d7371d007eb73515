import CustomerData
import Export
import Ingest
import Quality
import Report
import Statistics

/// The quality of tables before they were cleaned and of what came of them: `quality.json` of a cleaning's folder, the
/// scorecards that `strata profile` gives for the same files.
struct CleanQuality: Encodable {
    /// A file's scorecard.
    struct Card: Encodable {
        let file: String
        let rows: Int
        let scorecard: Scorecard
    }

    /// The sources as they came, in their order.
    let before: [Card]
    /// `customers.csv`; nil when no row is left in it.
    let after: Card?

    /// Measures both.
    ///
    /// - Parameters:
    ///   - whole: what all sources became.
    ///   - added: headers of columns that the cleaning added, which need not be filled.
    init(
        _ job: CleanJob, sources: [CleanSource], whole: CleanSource, added: [String]
    ) throws {
        let ages = whole.archive.map { archive in
            TableProfiler.AgeLimit(
                column: whole.options.columns.headers[archive.column], asOf: whole.asOf, maxAgeDays: archive.days)
        }
        before = try sources.map { source in
            try CleanQuality.card(source.file, job.parallel, ages, required: source.file.headers)
        }
        guard whole.acceptedCount > whole.count(.merged) + whole.count(.archived) else {
            after = nil
            return
        }
        let path = CleanFiles.path(CleanFiles.customers, in: job.out)
        let table = try TableFile(path: path, options: .init(encoding: .utf8, delimiter: UInt8(ascii: ",")))
        let required = table.headers.filter { !added.contains($0) }
        after = try CleanQuality.card(table, job.parallel, ages, required: required)
    }

    private static func card(
        _ table: TableFile, _ parallel: Parallel, _ ages: TableProfiler.AgeLimit?, required: [String]
    ) throws -> Card {
        var input = TableInput()
        // What could not be read was refused by the cleaning where that is too much.
        input.maxRejectShare = 1
        input.parallel = parallel
        let hasDates = ages?.column.map(table.headers.contains) ?? false
        let (profile, accounts) = try input.profile(table, ages: hasDates ? ages : nil)
        let hidden = profile.hidingPersons(of: table)
        let isWhole = required.count == table.headers.count
        return Card(
            file: table.input.name, rows: accounts.accepted,
            scorecard: Scorecard(of: hidden, .init(required: isWhole ? nil : required)))
    }

    /// The scorecards side by side.
    var lines: [String] {
        var names = before.map { before.count > 1 ? $0.file : "before" }
        if after != nil { names.append("after") }
        let cards = before + [after].compactMap(\.self)
        var text = TextTable(
            ["quality"] + names + ["worst before", "worst after"], right: Set(1...names.count))
        for (place, dimension) in Scorecard.Dimension.allCases.enumerated() {
            let scores = cards.map(\.scorecard.scores[place])
            func worst(_ score: Scorecard.Score) -> String {
                score.worst.prefix(2).map { "\($0.name) \(Figures.count($0.bad))" }.joined(separator: ", ")
            }
            text.add(
                [dimension.rawValue] + scores.map { $0.value == nil ? "not measured" : Figures.percent($0.value) }
                    + [worst(scores[0]), worst(scores[scores.count - 1])])
        }
        return text.lines
    }
}
