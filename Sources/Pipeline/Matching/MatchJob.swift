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
        var phases = Phases()
        let options = try Matcher.Options(precision: precision, pairBudget: pairBudget, seed: seed)
        let given = try model.map(MatchJob.readModel)
        let (table, accounts) = try phases.measure("read") { try read() }
        if let given { try MatchJob.check(given, table.columns, path: model ?? "") }
        let golden = try goldenRecords(table)
        let truth = try truthColumn(table)
        let folder = try OutputFolder(out, what: "the results")
        do {
            let matcher = phases.measure("block") { Matcher(table, options, parallel: input.parallel) }
            let estimated = phases.measure("estimate") { given ?? matcher.model() }
            let result = phases.measure("score") { matcher.result(model: estimated) }
            let accuracy = truth.map { column in
                PairAccuracy(
                    found: result.entities.entities,
                    truth: table.cells[column].codes.map { $0 < 0 ? nil : $0 })
            }
            let files = MatchFiles(table, matcher, result, golden: golden)
            let summary = MatchSummary(matcher, result, accounts: accounts, accuracy: accuracy)
            try phases.measure("write") { try files.write(to: out, summary: summary, parallel: input.parallel) }
            if let timings {
                try TextOutput.write(try phases.timings(rows: accounts.read), to: timings, personal: false)
            }
            return MatchText.report(self, table, result, accounts, summary)
        } catch {
            folder.removeIfMade()
            throw error
        }
    }

    /// The records of the file.
    func read() throws -> (RecordTable, RowAccounts) {
        let file = try input.open()
        var stated = columns
        if let truth {
            guard file.headers.contains(truth) else { throw missing(truth, option: "--truth", file) }
            stated.append("ignored=\(truth)")
        }
        let columns = try ComparedColumns.detect(
            headers: file.headers, samples: file.samples, id: id, stated: stated)
        let builder = RecordTableBuilder(columns: columns)
        let accounts = try input.read(file) { block, _ in
            RecordPart(block, columns: columns)
        } commit: { part, _, _ in
            builder.add(part)
        }
        return (builder.finish(parallel: input.parallel), accounts)
    }

    private func missing(_ name: String, option: String, _ file: TableFile) -> Problem {
        let list = file.headers.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
        return Problem(.usage, "\(option) \(name): there is no such column; the columns are \(list)")
    }

    private func truthColumn(_ table: RecordTable) throws -> Int? {
        truth.flatMap { table.columns.headers.firstIndex(of: $0) }
    }

    /// What survives, by what a person said; the most frequent value by default.
    private func goldenRecords(_ table: RecordTable) throws -> GoldenRecords {
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
