import CustomerData
import Export
import Foundation
import Ingest
import Matching
import Models
import Report
import Statistics

/// `strata match`: the records that are one person or company, found, and merged into golden records.
public struct MatchJob: Sendable {
    /// The file, and how it is read.
    public var input = TableInput()
    /// The header of the ids; nil takes the column that a header names so.
    public var id: String?
    /// What columns are: `KIND=HEADER`.
    public var columns: [String] = []
    /// The folder for the results.
    public var out = "strata-match"
    /// Share of right pairs among those merged that is aimed at.
    public var precision = 0.95
    /// Pairs that are compared at most, about.
    public var pairBudget: Int?
    /// Rules by which records are brought together, in place of those chosen from the data.
    public var blocking: BlockingRules?
    /// Seed of the pairs taken at random.
    public var seed: UInt64 = 1
    /// What survives into golden records: `HEADER=RULE`.
    public var survivors: [String] = []
    /// The column of the last change.
    public var modified: String?
    /// The column of the source.
    public var source: String?
    /// A column of true entities, by which the result is judged; never compared.
    public var truth: String?
    /// A model to match by, in place of one estimated from the records.
    public var model: String?
    /// The folder of an earlier matching, against which only what is new is matched.
    public var known: String?
    /// A review.csv with decisions.
    public var decisionsFile: String?
    /// Where the timings go.
    public var timings: String?

    /// A job with the defaults.
    public init() {}

    /// What a model file of matching is called.
    static let modelKind = "record matching"

    /// Matches.
    ///
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        guard out != "-" else { throw Problem(.usage, "--out must be a folder for the results; got -") }
        let output = try OutputFolder(out, what: "the results")
        do {
            var phases = Phases()
            let prepared = try prepare(&phases)
            for file in prepared.files { try file.commit() }
            if let timings {
                try TextOutput.write(
                    try phases.timings(rows: prepared.accounts.read), to: timings, personal: false)
            }
            return prepared.report
        } catch {
            output.removeIfMade()
            throw error
        }
    }

    /// A matching all of whose files are written and have no names yet.
    struct Prepared {
        let files: [OutputFile]
        let accounts: RowAccounts
        let table: RecordTable
        let result: MatchResult
        let golden: GoldenRecords
        let report: JobReport
        /// In two lines, for whoever did it along the way.
        let lines: [String]
    }

    /// Matches, up to giving the files their names.
    ///
    /// - Throws: `Problem`.
    func prepare(_ phases: inout Phases) throws -> Prepared {
        let options = try matcherOptions()
        let folder = try known.map(MatchedFolder.init)
        let decided = try decisions(folder)
        let stated = try model.map { (model: try MatchJob.readModel($0), path: $0) }
        let (table, accounts, updated) = try phases.measure("read") { try read(folder) }
        var constraints = MatchJob.constraints(table, folder)
        constraints.decisions = decided.constraints(table)
        let given =
            try stated ?? knownModel(folder, isDecided: !constraints.decisions.isEmpty, rowCount: table.rowCount)
        if let given { try MatchJob.check(given.model, table.columns, path: given.path) }
        let golden = try goldenRecords(table)
        let matcher = try phases.measure("block") {
            try Matcher(table, options, constraints, parallel: input.parallel)
        }
        let estimated = phases.measure("estimate") { given?.model ?? matcher.model() }
        let result = phases.measure("score") { matcher.result(model: estimated) }
        let judged = truth.flatMap { table.columns.headers.firstIndex(of: $0) }.map { column in
            MatchAccuracy(matcher, result, truth: table.cells[column].codes.map { $0 < 0 ? nil : $0 })
        }
        let files = MatchFiles(table, matcher, result, golden: golden, known: folder, decisions: decided)
        let summary = MatchSummary(
            matcher, result, accounts: accounts, accuracy: judged, known: table.files.count { $0 == 0 },
            updated: updated, log: files.newLogLines, isKnown: folder != nil)
        return Prepared(
            files: try phases.measure("write") {
                try files.write(to: out, summary: summary, parallel: input.parallel)
            }, accounts: accounts, table: table, result: result, golden: golden,
            report: MatchText.report(self, table, result, accounts, summary),
            lines: [
                MatchText.entities(table, summary),
                "pairs, golden records and what is left to a person: \(out)",
            ])
    }

    func matcherOptions() throws -> Matcher.Options {
        try Matcher.Options(precision: precision, pairBudget: pairBudget, seed: seed, blocking: blocking)
    }

    /// What was decided before, and in a file that a person names.
    private func decisions(_ folder: MatchedFolder?) throws -> MatchDecisions {
        var result = folder?.decisions ?? MatchDecisions()
        if let decisionsFile { try result.read(decisionsFile) }
        return result
    }

    /// How many times as many records as it was estimated from a model may judge: it knows no more of them.
    private static let largestGrowth = 1.5

    /// The model of the known; nil where one is to be estimated: after a person's decisions, and where the records have
    /// become many more.
    private func knownModel(
        _ folder: MatchedFolder?, isDecided: Bool, rowCount: Int
    ) throws -> (model: MatchModel, path: String)? {
        guard let folder, !isDecided else { return nil }
        let path = OutputFolder.path(MatchFiles.model, in: folder.path)
        let model = try MatchJob.readModel(path)
        return Double(rowCount) > MatchJob.largestGrowth * Double(model.recordCount) ? nil : (model, path)
    }

    /// What is known of the records of a table that was read with a folder.
    static func constraints(_ table: RecordTable, _ folder: MatchedFolder?) -> MatchConstraints {
        var constraints = MatchConstraints()
        guard let folder else { return constraints }
        constraints.isNew = table.files.map { $0 == 1 }
        constraints.entities = (0..<table.rowCount).map { folder.entities[table.name(of: $0)] ?? -1 }
        return constraints
    }

    /// The records of the file, behind those of the folder (file 0 of the table) where there is one; and how many of the
    /// known were replaced by a row of their id.
    func read(_ folder: MatchedFolder? = nil) throws -> (RecordTable, RowAccounts, updated: Int) {
        let file = try input.open()
        var stated = columns
        if let truth {
            guard file.headers.contains(truth) else { throw missing(truth, option: "--truth", file) }
            stated.append("ignored=\(truth)")
        }
        var columns = try ComparedColumns.detect(
            headers: file.headers, samples: file.samples, id: id, stated: stated)
        guard let folder else {
            let builder = RecordTableBuilder(columns: columns)
            let accounts = try MatchJob.add(file, input, to: builder, columns, number: 0)
            return (builder.finish(parallel: input.parallel), accounts, 0)
        }
        var knownInput = TableInput()
        knownInput.file = OutputFolder.path(MatchedFolder.records, in: folder.path)
        knownInput.form = .init(encoding: .utf8, delimiter: UInt8(ascii: ","))
        knownInput.parallel = input.parallel
        let known = try knownInput.open()
        guard known.headers == file.headers else {
            throw Problem(
                .data,
                "\(input.file) has other columns than \(knownInput.file): expected \(known.headers.joined(separator: ", "))"
            )
        }
        // What columns are, the known records say: there are more of them.
        columns = try ComparedColumns.detect(
            headers: known.headers, samples: known.samples, id: id, stated: stated)
        guard let column = columns.id else {
            throw Problem(.usage, "--known needs a column of ids, by which records are known again: name it with --id")
        }
        let builder = RecordTableBuilder(columns: columns)
        _ = try MatchJob.add(known, knownInput, to: builder, columns, number: 0)
        let accounts = try MatchJob.add(file, input, to: builder, columns, number: 1)
        let table = builder.finish(parallel: input.parallel)
        // A new row of a known id replaces the known one.
        let codes = table.cells[column].codes
        let renewed = Set(codes.indices.filter { table.files[$0] == 1 && codes[$0] >= 0 }.map { codes[$0] })
        let isKept = codes.indices.map { table.files[$0] == 1 || !renewed.contains(codes[$0]) }
        let updated = isKept.count { !$0 }
        return (updated == 0 ? table : table.keeping(isKept), accounts, updated)
    }

    static func add(
        _ file: TableFile, _ input: TableInput, to builder: RecordTableBuilder, _ columns: ComparedColumns,
        number: UInt8
    ) throws -> RowAccounts {
        try input.read(file, writesRejects: number == 1 || input.rejects != nil) { block, _ in
            RecordPart(block, columns: columns)
        } commit: { part, _, _ in
            builder.add(part, file: number)
        }
    }

    private func missing(_ name: String, option: String, _ file: TableFile) -> Problem {
        let list = file.headers.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
        return Problem(.usage, "\(option) \(name): there is no such column; the columns are \(list)")
    }

    /// What survives, by what a person said; the most frequent value by default.
    func goldenRecords(_ table: RecordTable) throws -> GoldenRecords {
        let headers = table.columns.headers
        func column(_ name: String, _ option: String) throws -> Int {
            guard let column = headers.firstIndex(of: name) else {
                let list = headers.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
                throw Problem(.usage, "\(option) \(name): there is no such column; the columns are \(list)")
            }
            return column
        }
        var rules = [Survivorship](repeating: .frequent, count: headers.count)
        let source = try self.source.map { try column($0, "--source") }
        for text in survivors {
            guard let equals = text.lastIndex(of: "="),
                let rule = Survivorship(String(text[text.index(after: equals)...]))
            else {
                throw Problem(
                    .usage,
                    "--survivor \(text): expected HEADER=RULE with recent, frequent, complete, longest or source:A,B")
            }
            if case .sources = rule, source == nil {
                throw Problem(.usage, "--survivor \(text): name the column of the sources with --source")
            }
            rules[try column(String(text[..<equals]), "--survivor")] = rule
        }
        return GoldenRecords(
            table, rules: rules, modified: try modified.map { try column($0, "--modified") }, source: source)
    }

    static func readModel(_ path: String) throws -> MatchModel {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "\(path): can't be opened: expected the model.json of a matching")
        }
        return try ModelFile<MatchModel>(bytes: data, path: path, kind: modelKind).model
    }

    /// Refuses a model of other columns.
    static func check(_ model: MatchModel, _ columns: ComparedColumns, path: String) throws {
        let found = columns.compared.map { "\(columns.kinds[$0].rawValue) \(columns.name(of: $0))" }
        let wanted = model.columns.map { "\($0.kind.rawValue) \($0.name)" }
        guard found == wanted else {
            throw Problem(
                .data,
                "\(path) compares other columns than the file has: it wants \(wanted.joined(separator: ", ")), and the file "
                    + "has \(found.joined(separator: ", ")); say what they are with --column")
        }
    }
}
