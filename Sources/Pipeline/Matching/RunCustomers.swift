import CustomerData
import Export
import Ingest

/// The customers files of a run on their way to the reader: cleaned, and those that are one customer matched, as far as a
/// person wants it.
final class RunCustomers {
    /// Cleans them; nil to read them as they are.
    private let cleaning: RunCleaning?
    /// Whether customers on record several times are looked for.
    private let matches: Bool
    private let input: InputOptions
    private let out: String
    private var matching: (prepared: MatchJob.Prepared, folder: OutputFolder)?
    private var cleaned: TableFile?

    /// The folder of the matching in that of the run.
    static let folder = "matched"

    /// Nothing prepared yet.
    ///
    /// - Parameter out: the folder of the run.
    init(_ input: InputOptions, cleans: Bool, matches: Bool, out: String) {
        self.input = input
        self.matches = matches
        self.out = out
        cleaning = cleans ? RunCleaning(input, out: out) : nil
    }

    /// Finds out which customers are one; nil when nobody wants it.
    ///
    /// - Parameter asOf: the day from which ages are told; nil for the latest in the file.
    /// - Throws: `Problem`; also when there is no customers file, or several.
    func match(_ files: [TableFile], asOf: Day?, _ phases: inout Phases) throws -> MatchedCustomers? {
        guard matches else { return nil }
        guard input.pseudonyms == nil else {
            throw Problem(
                .usage,
                "--match writes who is who: leave --pseudonymise out, or match first with strata match and name its folder "
                    + "with --matched")
        }
        guard let file = files.first, files.count == 1 else {
            throw Problem(
                .usage,
                files.isEmpty
                    ? "--match needs a file of customers: name one with --customers FILE"
                    : "--match takes one file of customers; got \(files.count): put them together with strata clean --source"
            )
        }
        let table = try cleaning?.clean(file, asOf: asOf, &phases) ?? file
        cleaned = table
        var job = MatchJob()
        job.input.file = file.input.name
        job.input.source = table.input
        job.input.form = .init(encoding: table.encoding, delimiter: table.dialect.delimiter)
        job.input.maxRejectShare = 1
        job.input.parallel = input.parallel
        // The column by which transactions find their customers.
        let reader = try CustomerReader(files: [table], overrides: input.overrides(for: .customers))
        job.id = reader.roles[0][.customer].map { table.headers[$0] }
        job.out = OutputFolder.path(RunCustomers.folder, in: out)
        let folder = try OutputFolder(job.out, what: "the matching")
        do {
            let prepared = try job.prepare(&phases)
            matching = (prepared, folder)
            return try MatchedCustomers(prepared.table, prepared.result, golden: prepared.golden)
        } catch {
            folder.removeIfMade()
            throw error
        }
    }

    /// A customers file as it is to be read: cleaned where that is wanted.
    ///
    /// - Throws: `Problem`.
    func prepared(_ file: TableFile, asOf: Day, _ phases: inout Phases) throws -> TableFile {
        if let cleaned { return cleaned }
        return try cleaning?.clean(file, asOf: asOf, &phases) ?? file
    }

    /// The scores of the files before and after cleaning; nil when none was cleaned.
    var quality: ResultTable? { cleaning.flatMap { $0.isEmpty ? nil : $0.quality } }

    /// The files beside those of the run, by their paths in its folder.
    var outputs: [String] {
        (cleaning?.outputs ?? [])
            + (matching == nil ? [] : MatchFiles.all.map { "\(RunCustomers.folder)/\($0)" })
    }

    /// What a person is told.
    var lines: [String] {
        (cleaning?.lines ?? [])
            + (matching?.prepared.lines ?? [])
    }

    /// Gives the files their names.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    func commit() throws {
        try cleaning?.commit()
        for file in matching?.prepared.files ?? [] { try file.commit() }
    }

    /// Removes the folders of a run that failed, as far as nothing is in them.
    func removeFolders() {
        cleaning?.removeFolders()
        matching?.folder.removeIfMade()
    }
}
