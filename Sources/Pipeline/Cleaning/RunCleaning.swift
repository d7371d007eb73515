import CustomerData
import Export
import Ingest
import Report

/// The customers files of a run: measured, cleaned, measured again, and read on as they are cleaned.
final class RunCleaning {
    private let input: InputOptions
    private let out: String
    private var cleaned: [Cleaned] = []

    private struct Cleaned {
        let source: String
        let folder: OutputFolder?
        let path: String
        let cleaning: PreparedCleaning
        /// Stays open until the run has read it; never gets a name.
        let table: OutputFile
    }

    /// Nothing cleaned yet.
    ///
    /// - Parameter out: the folder of the run.
    init(_ input: InputOptions, out: String) {
        self.input = input
        self.out = out
    }

    /// Whether the cleaned customers stay, in a folder of their own: not in a run without ids.
    private var isKept: Bool { input.pseudonyms == nil }

    /// Cleans a file, and opens it anew with its cleaned cells: the same rows on the same lines.
    ///
    /// - Parameter asOf: the day from which ages are told; nil for the latest in the file.
    /// - Throws: `Problem`.
    func clean(_ file: TableFile, asOf: Day?, _ phases: inout Phases) throws -> TableFile {
        var job = CleanJob()
        job.out = isKept ? OutputFolder.path(RunCleaning.folder(cleaned.count), in: out) : out
        job.form = input.form
        job.form.allowsDamage = true
        job.asOf = asOf
        job.dateOrder = input.dateOrder
        job.parallel = input.parallel
        let folder = isKept ? try OutputFolder(job.out, what: "the cleaned customers") : nil
        do {
            let source = try job.source(of: try TableFile(of: file.input, options: job.form))
            let table = try OutputFile(path: OutputFolder.path(CleanFiles.customers, in: job.out), personal: true)
            let cleaning = try job.prepare(source, table: table, &phases)
            let damaged = source.unreadCounts.reduce(0) { $0 + ($1.key.isEscaped ? $1.value : 0) }
            guard damaged == 0 else {
                throw RunCleaning.damage(file, damaged)
            }
            cleaned.append(
                Cleaned(source: file.input.name, folder: folder, path: job.out, cleaning: cleaning, table: table))
            guard let path = table.pathBeforeCommit else { return file }
            return try TableFile(
                path: path, name: file.input.name,
                options: .init(encoding: .utf8, delimiter: file.dialect.delimiter))
        } catch {
            folder?.removeIfMade()
            throw error
        }
    }

    /// What is said of a file some of whose rows are no text.
    static func damage(_ file: TableFile, _ rows: Int) -> Problem {
        Problem(
            .data,
            "\(file.input.name): \(Figures.counted(rows, "row")) \(rows == 1 ? "holds" : "hold") NUL bytes or bytes of "
                + "another encoding; name the file's encoding with --encoding, or take them out with strata clean")
    }

    /// Whether no file was cleaned.
    var isEmpty: Bool { cleaned.isEmpty }

    /// The files of the cleanings, by their paths in the run's folder.
    var outputs: [String] {
        guard isKept else { return [] }
        return cleaned.indices.flatMap { number in
            cleaned[number].cleaning.files.map { "\(RunCleaning.folder(number))/\($0)" }
        }
    }

    /// `customers` for the first file, `customers-2` for the second.
    private static func folder(_ number: Int) -> String { number == 0 ? "customers" : "customers-\(number + 1)" }

    /// The scores of all files before and after.
    var quality: ResultTable { CleanQuality.table(cleaned.flatMap(\.cleaning.quality.scorecards)) }

    /// What a person is told: each file's rows, changes, and quality before and after.
    var lines: [String] {
        cleaned.flatMap { entry in
            entry.cleaning.summary.map { "\(entry.source): \($0)" }
                + entry.cleaning.quality.lines
                + (isKept ? ["cleaned customers, every change and what is left to do: \(entry.path)"] : [])
        }
    }

    /// Gives the files of the cleanings their names, where they are kept.
    ///
    /// - Throws: `Problem(.outputFailed)`.
    func commit() throws {
        guard isKept else { return }
        for entry in cleaned { try entry.cleaning.folder.commit() }
    }

    /// Removes the folders of a run that failed, as far as nothing is in them.
    func removeFolders() {
        for entry in cleaned { entry.folder?.removeIfMade() }
    }
}
