import CustomerData
import Export
import Ingest
import Quality
import Report
import Statistics

/// `strata profile`: what a table is like and how good it is.
public struct ProfileJob: Sendable {
    /// The table.
    public var input = TableInput()
    /// Where the profile goes: JSON, or CSV where the name ends so; nil for nowhere.
    public var out: String?
    /// Whether values of personal columns are shown.
    public var showsValues = false
    /// Headers of the columns that must be filled; nil for all.
    public var required: [String]?
    /// How old records may be; nil where that is not measured.
    public var ages: TableProfiler.AgeLimit?
    /// A table that is known to be right.
    public var reference: String?
    /// The column of ids by which the reference is compared.
    public var id: String?
    /// Cells that a person marked.
    public var audit: String?
    /// Where the most improbable cells go; nil where they are not looked for.
    public var suspects: SuspectsStep?
    /// Whether rules that the table keeps are written to standard output.
    public var suggestsRules = false
    /// A file to which metrics are appended; nil for none.
    public var history: String?
    /// The day of the history's record; nil for today.
    public var day: Day?
    /// Where the timings go.
    public var timings: String?

    /// A job with the defaults.
    public init() {}

    /// What is written as JSON.
    struct Document: Encodable {
        let file: String
        let rows: Rows
        let profile: TableProfile
        let scorecard: Scorecard

        struct Rows: Encodable {
            let read: Int
            let accepted: Int
            let rejected: Int
        }
    }

    /// Profiles the table.
    public func run() throws -> JobReport {
        var phases = Phases()
        let table = try input.open()
        try check(table)
        let (measured, accounts) = try phases.measure("read") { try input.profile(table, ages: ages) }
        let comparison = try phases.measure("match") { try compare(table) }
        let profile = showsValues ? measured : measured.hidingPersons(of: table)
        let scorecard = Scorecard(
            of: profile,
            .init(
                required: required, comparison: comparison,
                audit: try audit.map { try AuditJob.result($0, form: .init(), parallel: input.parallel) }))
        try phases.measure("write") {
            guard let out else { return }
            let file = try OutputFile(path: out, personal: true)
            if out.hasSuffix(".csv") {
                try CSVWriter(parallel: input.parallel).write(ProfileTables.columns(of: profile), to: file)
            } else {
                let rows = Document.Rows(read: accounts.read, accepted: accounts.accepted, rejected: accounts.rejected)
                try file.write(
                    JSONText.snake(Document(file: table.input.name, rows: rows, profile: profile, scorecard: scorecard))
                )
            }
            try file.commit()
        }
        let suspectLines = try phases.measure("score") { try suspects?.run(table, input) ?? [] }
        if suggestsRules {
            // Never values of persons, whatever is shown.
            let text = RuleSuggestions.text(of: measured.hidingPersons(of: table), file: table.input.name)
            try TextOutput.write(text, to: "-", personal: false)
        }
        if let history {
            try MetricHistory.append(
                .init(day: day ?? MetricHistory.today, file: table.input.name, metrics: profile.metrics), to: history)
        }
        if let timings { try TextOutput.write(try phases.timings(rows: accounts.read), to: timings, personal: false) }
        var report = JobReport()
        report.lines.append(JobReport.sentence(of: accounts, what: "row"))
        report.lines += ProfileText.lines(of: profile)
        report.lines += ScorecardText.lines(of: scorecard)
        report.lines += suspectLines
        return report
    }

    private func check(_ table: TableFile) throws {
        for name in required ?? [] where !table.headers.contains(name) {
            throw Problem(
                .usage,
                "--required \(name): \(table.input.name) has no such column; its columns are "
                    + table.headers.joined(separator: ", "))
        }
    }

    private func compare(_ table: TableFile) throws -> ReferenceComparison.Result? {
        guard let reference else { return nil }
        guard let id = id ?? PrivateColumns.idColumns(of: table).first.map({ table.headers[$0] }) else {
            throw Problem(.usage, "--reference: no column's header says that it holds ids; name it with --id")
        }
        var form = input.form
        form.allowsDamage = true
        let known = try TableFile(path: reference, options: form)
        let comparison = try ReferenceComparison(id: id, headers: table.headers, reference: known.headers)
        let limits = RejectLimits(strict: input.strict, maxShare: input.maxRejectShare)
        _ = try known.forEachCellBlock(parallel: input.parallel, limits: limits) { block, _ in
            comparison.hashes(of: block, isReference: true)
        } commit: { hashes, _, _ in
            comparison.enter(hashes)
        }
        var counts = comparison.noCounts
        _ = try input.read(table, writesRejects: false) { block, _ in
            comparison.compare(block)
        } commit: { part, _, _ in
            counts.merge(part)
        }
        return comparison.result(counts)
    }
}
