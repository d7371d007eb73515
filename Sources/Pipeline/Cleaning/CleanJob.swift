import Cleaning
import CustomerData
import Export
import Foundation
import Ingest
import Models
import Semantics
import Statistics

/// `strata clean`: a table of customers made right, with every change in a ledger.
public struct CleanJob: Sendable {
    /// The files, the most trusted first.
    public var files: [String] = []
    /// The folder for the results.
    public var out = "strata-clean"
    /// Form of the files, where it is not to be detected.
    public var form = TableFile.Options()
    /// What columns are: `KIND=HEADER`.
    public var columns: [String] = []
    /// Alpha-2 of the country of phones without one.
    public var region = ""
    /// The day from which ages are told.
    public var asOf: Day?
    /// The order of day and month where dates leave it open.
    public var dateOrder: DateLayout?
    /// A file that says what becomes of spellings.
    public var mapping: String?
    /// Columns whose empty cells are filled, and how: `HEADER=METHOD`.
    public var fills: [String] = []
    /// Days without contact after which a record is archived.
    public var archiveAfterDays: Int?
    /// The column of the last contact.
    public var contacted: String?
    /// Whether columns are added that follow from others.
    public var enriches = false
    /// Whether the cleaned records that are one person or company are looked for.
    public var matches = false
    /// A file of further columns by a key.
    public var lookup: String?
    /// The column of a customer's value, for the order in which customers are asked.
    public var value: String?
    /// The column of the last change, for what wins among sources.
    public var modified: String?
    /// By column, what wins among sources: `HEADER=POLICY`.
    public var policies: [String] = []
    /// Whether phones stay as they are.
    public var skipsPhones = false
    /// The largest share of rows that may be rejected.
    public var maxRejectShare = 0.2
    /// Where the timings go.
    public var timings: String?
    /// The threads.
    public var parallel = Parallel()

    /// A job with the defaults.
    public init() {}

    /// Cleans, and writes the folder.
    ///
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        guard !files.isEmpty else { throw Problem(.usage, "no file to clean: strata clean FILE --out DIR") }
        guard out != "-" else { throw Problem(.usage, "--out must be a folder for the results; got -") }
        var phases = Phases()
        let sources = try files.count > 1 ? openSources() : [open(files[0])]
        if sources.count == 1, !policies.isEmpty || modified != nil {
            throw Problem(.usage, "--policy and --modified say what wins among sources: name more with --source")
        }
        let policies = try policies(of: sources)
        let earlier = CleanManifest.files(in: out)
        try checkInputsStay(earlier)
        let folder = try OutputFolder(out, what: "the results")
        do {
            let cleaning =
                sources.count > 1
                ? try merge(sources, policies, &phases) : try prepare(sources[0], &phases)
            // Of several sources each has been checked before they were put together.
            if sources.count == 1 { try checkRejected(sources[0]) { try cleaning.folder.commitOnly(cleaning.rejects) } }
            let matching = try matches ? match(cleaning, sources, &phases) : nil
            try cleaning.folder.commit()
            for file in matching?.files ?? [] { try file.commit() }
            // What an earlier cleaning left and this one has not would be taken for its result.
            for name in earlier where !cleaning.files.contains(name) {
                try? FileManager.default.removeItem(atPath: OutputFolder.path(name, in: out))
            }
            if let timings {
                phases.add(
                    "phones",
                    seconds: sources.reduce(0) { $0 + $1.phoneSeconds } / Double(parallel.threadCount))
                let rows = sources.reduce(0) { $0 + $1.rowCount }
                try TextOutput.write(try phases.timings(rows: rows), to: timings, personal: false)
            }
            var report = cleaning.report
            report.lines += matching?.lines ?? []
            return report
        } catch {
            // A folder with something in it, such as the rejects, stays.
            folder.removeIfMade()
            throw error
        }
    }

    /// Matches the cleaned customers, which have no name yet.
    private func match(
        _ cleaning: PreparedCleaning, _ sources: [CleanSource], _ phases: inout Phases
    ) throws -> MatchJob.Prepared? {
        guard let path = cleaning.customers.pathBeforeCommit else { return nil }
        var job = MatchJob()
        job.input.file = OutputFolder.path(CleanFiles.customers, in: out)
        job.input.source = try InputFile(path: path, name: job.input.file)
        job.input.form = .init(encoding: .utf8, delimiter: UInt8(ascii: ","))
        job.input.parallel = parallel
        let columns = sources[0].options.columns
        job.id = columns.first(.id).map { columns.headers[$0] }
        // What follows from other columns says nothing that they have not said.
        let headers = try TableFile(of: InputFile(path: path), options: job.input.form).headers
        job.columns = headers.filter { !columns.headers.contains($0) && sources.count == 1 }.map { "ignored=\($0)" }
        job.out = OutputFolder.path(RunCustomers.folder, in: out)
        _ = try OutputFolder(job.out, what: "the matching")
        return try job.prepare(&phases)
    }

    /// Refuses a folder of results that holds an input which they would replace.
    private func checkInputsStay(_ earlier: [String]) throws {
        func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        let inputs = Set(files.map(place))
        for name in CleanFiles.all + earlier where inputs.contains(place(OutputFolder.path(name, in: out))) {
            throw Problem(
                .usage,
                "--out \(out) holds \(name), which is to be cleaned and would be replaced: name another folder")
        }
    }

    /// Opens a file and settles what is said about it.
    func open(_ path: String) throws -> CleanSource {
        var form = form
        form.allowsDamage = true
        return try source(of: try TableFile(path: path, options: form))
    }

    /// What is said about an opened file; single damaged rows must be allowed in it.
    func source(of file: TableFile) throws -> CleanSource {
        let columns = try CleaningColumns.detect(headers: file.headers, samples: file.samples, stated: self.columns)
        var options = try CleaningOptions(
            columns: columns, region: region, asOf: asOf,
            mapping: try mapping.map(MappingFile.read) ?? SpellingMapping(),
            dateOrder: dateOrder, fills: try fills.map { try FillText.rule($0, columns) })
        options.skipsPhones = skipsPhones
        return CleanSource(file, options, archive: try archive(columns), parallel: parallel)
    }

    private func archive(_ columns: CleaningColumns) throws -> (column: Int, days: Int)? {
        guard let days = archiveAfterDays else { return nil }
        guard let column = try lastContact(columns) else {
            throw Problem(
                .usage,
                "--archive-after needs a column that says when a customer was last heard of: name it with --contacted HEADER"
            )
        }
        return (column, days)
    }

    /// The column of the last contact: the one named, or one whose header says so.
    private func lastContact(_ columns: CleaningColumns) throws -> Int? {
        if let contacted { return try CleanJob.column(contacted, columns, option: "--contacted") }
        let known: Set<String> = [
            "lastcontact", "lastcontacted", "lastcontactdate", "lastactivity", "lastactivitydate", "lastseen",
            "lastorder",
            "lastorderdate", "lastpurchase", "lastpurchasedate", "lastfollowedtime", "最后联系时间", "آخرینتماس",
        ]
        return columns.headers.indices.first {
            columns.kinds[$0] == .date && known.contains(PlainText.matchKey(columns.headers[$0]))
        }
    }

    static func column(_ name: String, _ columns: CleaningColumns, option: String) throws -> Int {
        guard let column = columns.column(named: name) else {
            throw Problem(
                .usage,
                "\(option) \(name): there is no such column; the columns are "
                    + columns.headers.prefix(40).joined(separator: ", "))
        }
        return column
    }

    /// Refuses a source of which too much was rejected; `keep` sees to it that the rejects stay.
    func checkRejected(_ source: CleanSource, keep: () throws -> Void) throws {
        let (read, rejected) = (source.rowCount, source.rejectedCount)
        let name = source.file.input.name
        guard source.acceptedCount == 0 || Double(rejected) > maxRejectShare * Double(read) else { return }
        // The rejects of a refused file never replace those of an earlier cleaning, without which it can't be undone.
        let isFree = CleanManifest.files(in: out).isEmpty
        if isFree { try keep() }
        let worst = source.unreadCounts.filter { $0.key != .blank }.max {
            ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue)
        }
        throw Problem(
            .data,
            "\(name): \(rejected) of \(read) rows could not be read, most often: "
                + "\(worst?.key.rawValue ?? "blank line"); "
                + (isFree
                    ? "see them in \(OutputFolder.path(CleanFiles.rejects, in: out))"
                    : "\(out) has an earlier cleaning: to see them, name another folder")
                + (source.acceptedCount == 0 ? "" : ", or raise --max-reject-share"))
    }

    func enrichment(_ columns: CleaningColumns, _ source: CleanSource) throws -> Enrichment? {
        let lookup = try self.lookup.map { try LookupFile.read($0, columns) }
        guard enriches || lookup != nil else { return nil }
        guard !enriches || columns.first(.phone) == nil || PhoneParser.knowsAreas else {
            throw Problem(
                .inputMissing,
                "--enrich tells the regions of phone numbers by libgeocoding: apt-get install libgeocoding8")
        }
        let enrichment = Enrichment(
            columns, derives: enriches, asOf: source.asOf, contacted: try lastContact(columns), lookup: lookup,
            plan: source.plans.last)
        if let twice = enrichment.headers.first(where: columns.headers.contains) {
            throw Problem(
                .usage,
                "\(source.file.input.name) has a column \(twice) already, which \(enriches ? "--enrich" : "--lookup") adds: it is "
                    + "enriched, or name the column otherwise")
        }
        return enrichment
    }
}
