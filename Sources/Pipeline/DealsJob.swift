import CustomerData
import Export
import Ingest
import Report
import Segmentation
import Semantics
import Statistics

/// `strata deals`: the sales funnel of deals files.
public struct DealsJob: Sendable {
    /// The input: its files are deals.
    public var input = InputOptions()
    /// Further names of stages whose deals are won.
    public var won: [String] = []
    /// Further names of stages whose deals are lost.
    public var lost: [String] = []
    /// Where the table goes; nil for nowhere.
    public var out: String?
    /// Where the timings go.
    public var timings: String?

    /// A job with the defaults.
    public init() {}

    /// Reads the deals, writes the table and the rejects, and tells what was found.
    public func run() throws -> JobReport {
        for name in won where lost.contains(where: { DealStages.isSame($0, name) }) {
            throw Problem(.usage, "--won and --lost both name \(name): a stage is won or lost")
        }
        guard !input.files.isEmpty else { throw Problem(.usage, "no deals: name a file of them, strata deals FILE") }
        if let other = input.columns.first(where: { $0.table ?? .deals != .deals }) {
            throw Problem(
                .usage, "--column \(other.table?.rawValue ?? "").\(other.role.rawValue): strata deals reads deals only")
        }
        var phases = Phases()
        let files = try InputFile.expand(input.files).map { try TableFile(path: $0, options: input.form) }
        let reader = try DealReader(
            files: files, overrides: input.overrides(for: .deals), dateOrder: input.dateOrder, parallel: input.parallel)
        let rejectsFile = try input.rejects.map { try OutputFile(path: $0, personal: true) }
        let redaction = input.pseudonyms.map { _ in RejectsRedaction() }
        let rejects = rejectsFile.map { file in
            RejectsWriter { bytes in
                guard let redaction else { return try file.write(bytes) }
                try redaction.pass(bytes).withUnsafeBytes { try file.write($0) }
            }
        }
        var deals: Deals
        let accounts: RowAccounts
        do {
            (deals, accounts) = try phases.measure("read") {
                try reader.read(
                    asOf: input.asOf, rejects: rejects,
                    limits: RejectLimits(strict: input.strict, maxShare: input.maxRejectShare))
            }
        } catch {
            // When too much was bad, the rejects are wanted most.
            if let rejects, rejects.isComplete {
                try rejects.flush()
                try rejectsFile?.commit()
            }
            throw error
        }
        try rejects?.flush()
        if let key = input.pseudonyms {
            func pseudonym(_ name: String) -> String { name.isEmpty ? "" : key.pseudonym(of: name) }
            deals.accounts = deals.accounts.renamed(pseudonym)
            deals.owners = deals.owners.renamed(pseudonym)
        }
        let stages = DealStages(won: won, lost: lost)
        try checkNamedStages(in: deals.stages.names, files)
        let result = phases.measure("score") {
            DealFunnel(.init(asOf: input.asOf, stages: stages)).result(of: deals)
        }
        if let out {
            try phases.measure("write") {
                let file = try OutputFile(path: out, personal: true)
                try CSVWriter(parallel: input.parallel).write(result.table, to: file)
                try file.commit()
            }
        }
        try rejectsFile?.commit()
        if let timings {
            try TextOutput.write(try phases.timings(rows: accounts.read), to: timings, personal: false)
        }
        var report = JobReport()
        report.lines.append(JobReport.sentence(of: accounts, what: "row"))
        for (file, roles) in zip(reader.files, reader.roles) {
            let columns = TableRole.deals.roles.compactMap { role in
                roles.header(of: role).map { "\(role.rawValue) \"\($0)\"" }
            }
            report.lines.append("\(file.input.name): \(columns.joined(separator: ", "))")
        }
        report.lines += notes(reader, accounts, result).map { "note: \($0)" }
        report.lines += DealsText.lines(of: result)
        return report
    }

    /// Refuses a name of `--won` or `--lost` that no deal's stage has.
    private func checkNamedStages(in names: [String], _ files: [TableFile]) throws {
        for (option, wanted) in [("--won", won), ("--lost", lost)] {
            for name in wanted where !names.contains(where: { DealStages.isSame($0, name) }) {
                throw Problem(
                    .usage,
                    "\(option) \(name): no deal of \(files.map(\.input.name).joined(separator: ", ")) has that stage; the "
                        + "stages are \(names.prefix(20).joined(separator: ", "))")
            }
        }
    }

    private func notes(_ reader: DealReader, _ accounts: RowAccounts, _ result: DealFunnelResult) -> [String] {
        var notes = reader.notes
        if accounts.roundedAmounts > 0 {
            notes.append(
                "\(Figures.counted(accounts.roundedAmounts, "amount")) of more than four decimals "
                    + "\(accounts.roundedAmounts == 1 ? "was" : "were") rounded half to even")
        }
        let known = result.accounts
        func note(_ count: Int, _ one: String, _ many: String) {
            if count > 0 { notes.append("\(Figures.counted(count, "deal")) \(count == 1 ? one : many)") }
        }
        note(
            known.closedLater, "was closed after the as-of date and counts as open, without its amount",
            "were closed after the as-of date and count as open, without their amounts")
        note(known.withoutAmount, "has no amount", "have no amount")
        note(known.openWithoutDate, "is open without a date of opening", "are open without a date of opening")
        note(
            known.closedWithoutDates, "was won or lost without both dates: days to close leave it out",
            "were won or lost without both dates: days to close leave them out")
        note(
            known.closedBeforeOpened, "was closed before it was opened: days to close leave it out",
            "were closed before they were opened: days to close leave them out")
        if result.total.won.count == 0, result.total.lost.count == 0 {
            notes.append("no stage is known as won or lost: name them with --won NAME and --lost NAME")
        }
        return notes + [input.pseudonyms?.warning].compactMap(\.self)
    }
}
