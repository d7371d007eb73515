import CustomerData
import Export
import Ingest
import Quality
import Statistics

/// A table that is looked at whatever it holds, and what became of its rows.
public struct TableInput: Sendable {
    /// The file.
    public var file = ""
    /// The file when it is open already, under whatever path.
    var source: InputFile?
    /// Its form, where it is not to be detected.
    public var form = TableFile.Options()
    /// Whether the first row that can't be read ends the run.
    public var strict = false
    /// The largest share of rows that may be rejected.
    public var maxRejectShare = 0.2
    /// Where the rows go that can't be read.
    public var rejects: String?
    /// The threads.
    public var parallel = Parallel()

    /// No file.
    public init() {}

    /// Opens the file; single damaged rows are rejected rows.
    func open() throws -> TableFile {
        var form = form
        form.allowsDamage = true
        return try source.map { try TableFile(of: $0, options: form) } ?? TableFile(path: file, options: form)
    }

    /// Works on the blocks of the opened file, and writes the rejected rows where they are asked for.
    func read<Outcome>(
        _ table: TableFile, writesRejects: Bool = true,
        process: (_ block: CellBlock, _ worker: Int) throws -> Outcome,
        commit: (_ outcome: Outcome, _ firstLine: Int, _ rowsBefore: Int) throws -> Void
    ) throws -> RowAccounts {
        let output = writesRejects ? try rejects.map { try OutputFile(path: $0, personal: true) } : nil
        let writer = output.map { output in RejectsWriter { try output.write($0) } }
        do {
            let accounts = try table.forEachCellBlock(
                parallel: parallel, limits: RejectLimits(strict: strict, maxShare: maxRejectShare), rejects: writer,
                process: process, commit: commit)
            try writer?.flush()
            try output?.commit()
            return accounts
        } catch {
            // When too much was bad, the rejects are wanted most.
            if let writer, writer.isComplete {
                try writer.flush()
                try output?.commit()
            }
            throw error
        }
    }

    /// The profile of the opened file.
    func profile(_ table: TableFile, ages: TableProfiler.AgeLimit?) throws -> (TableProfile, RowAccounts) {
        let profiler = TableProfiler(
            headers: table.headers, samples: table.samples, threads: parallel.threadCount)
        let accounts = try read(table) {
            profiler.read($0, worker: $1)
        } commit: { part, _, _ in
            profiler.commit(part)
        }
        return (try profiler.profile(ages: ages), accounts)
    }
}

extension TableProfile {
    /// The profile without the values of private columns, by what they mean, by their headers and by their first cells.
    func hidingPersons(of table: TableFile) -> TableProfile {
        let hidden = Set(PrivateColumns.columns(of: table).map { table.headers[$0] })
        return hidingValues { hidden.contains($0.name) }
    }
}
