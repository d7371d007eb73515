import CustomerData
import Export
import Foundation
import Glibc
import Report
import Simulation
import Statistics

/// `strata simulate`: a company with planted truth, as files.
public struct SimulateJob: Sendable {
    /// What to simulate.
    public let options: Simulation.Options
    /// The folder.
    public var out: String
    /// Where the timings go.
    public var timings: String?
    /// The threads.
    public var parallel = Parallel()

    /// A job of those options into that folder.
    public init(_ options: Simulation.Options, out: String) {
        self.options = options
        self.out = out
    }

    /// Orders, contacts and records a block of a file.
    private static let blockSize = 8192

    /// The files, in the order in which they appear.
    private static let files = [
        "customers.csv", "transactions.csv", "interactions.csv", "products.csv", "truth/persons.csv", "truth/cells.csv",
        "truth/stages.csv", "truth/segments.csv", "truth/rules.csv", "truth/fraud.csv", "truth/parameters.json",
    ]

    /// Simulates and writes.
    ///
    /// - Returns: the summary, line by line.
    /// - Throws: `Problem` of kind usage or outputFailed.
    public func run() throws -> JobReport {
        guard out != "-" else { throw Problem(.usage, "--out must be a folder for the files of a company; got -") }
        var phases = Phases()
        let made = try makeFolders()
        do {
            let company = phases.measure("simulate") { Simulation(options).run(parallel: parallel) }
            let counts = try phases.measure("write") { try write(company) }
            if let timings {
                try TextOutput.write(try phases.timings(rows: counts.lines), to: timings, personal: false)
            }
            return report(company, counts)
        } catch {
            for folder in made.reversed() { rmdir(folder) }
            throw error
        }
    }

    /// Rows whose number shows when they are written.
    private struct Counts {
        var lines = 0
        var cells = 0
    }

    private func write(_ company: SimulatedCompany) throws -> Counts {
        var counts = Counts()
        // All are complete before the first appears.
        var outputs: [String: OutputFile] = [:]
        let rates = company.rates()
        let files = SimulateJob.files + (rates == nil ? [] : ["rates.csv"])
        for name in files { outputs[name] = try OutputFile(path: path(name), personal: false) }
        func output(_ name: String) -> OutputFile {
            guard let output = outputs[name] else { preconditionFailure("every file of the list is open") }
            return output
        }
        let writer = CSVWriter(parallel: parallel)
        try forEachBlock(company.recordCount, company.records) { tables, isFirst in
            try writer.write(tables.customers, header: isFirst, to: output("customers.csv"))
            try writer.write(tables.cells, header: isFirst, to: output("truth/cells.csv"))
            counts.cells += tables.cells.rowCount
        }
        try forEachBlock(company.orderCount, company.transactions) { table, isFirst in
            try writer.write(table, header: isFirst, to: output("transactions.csv"))
            counts.lines += table.rowCount
        }
        try forEachBlock(company.contactCount, company.interactions) { table, isFirst in
            try writer.write(table, header: isFirst, to: output("interactions.csv"))
        }
        try writer.write(company.products(), to: output("products.csv"))
        try writer.write(company.persons(), to: output("truth/persons.csv"))
        try writer.write(company.stages(), to: output("truth/stages.csv"))
        try writer.write(company.segments(), to: output("truth/segments.csv"))
        try writer.write(company.rules(), to: output("truth/rules.csv"))
        try writer.write(company.fraud(), to: output("truth/fraud.csv"))
        try output("truth/parameters.json").write(JSONText.pretty(company.parameters))
        if let rates { try writer.write(rates, to: output("rates.csv")) }
        for name in files { try output(name).commit() }
        // What an earlier company of several currencies left.
        if rates == nil { unlink(path("rates.csv")) }
        return counts
    }

    /// Makes blocks of rows on all threads and hands them on in their order; one empty block where there are no rows.
    private func forEachBlock<Made>(
        _ count: Int, _ make: (Range<Int>) -> Made, _ use: (Made, _ isFirst: Bool) throws -> Void
    ) throws {
        let size = SimulateJob.blockSize
        let blockCount = max(1, (count + size - 1) / size)
        let roundSize = parallel.threadCount * 2
        for round in stride(from: 0, to: blockCount, by: roundSize) {
            let blocks = parallel.map(min(roundSize, blockCount - round)) { index in
                let first = (round + index) * size
                return make(first..<min(count, first + size))
            }
            for (index, block) in blocks.enumerated() { try use(block, round + index == 0) }
        }
    }

    private func path(_ name: String) -> String { OutputFolder.path(name, in: out) }

    /// Makes the folders for the files; those that were not there before, the outer first.
    private func makeFolders() throws -> [String] {
        var made: [String] = []
        for folder in [out, path("truth")] {
            guard !FileManager.default.fileExists(atPath: folder) else { continue }
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw Problem(
                    .outputFailed, "can't make the folder \(folder) for the company: name another one with --out")
            }
            made.append(folder)
        }
        return made
    }

    private func report(_ company: SimulatedCompany, _ counts: Counts) -> JobReport {
        var report = JobReport()
        func list(_ entries: [(name: String, count: Int)]) -> String {
            entries.map { "\(Figures.count($0.count)) \($0.name)" }.joined(separator: ", ")
        }
        let first = options.firstDay
        report.lines.append("\(first) to \(options.asOf.advanced(byDays: -1)), truth as of \(options.asOf)")
        let stages = company.stageCounts
        report.lines.append(
            "\(Figures.counted(company.recordCount, "customer")) of \(Figures.counted(company.personCount, "person")): "
                + list(["prospect", "responder", "active", "former"].map { ($0, stages[$0, default: 0]) }))
        report.lines.append(
            "\(Figures.counted(company.orderCount, "order")) of \(Figures.counted(counts.lines, "line")), "
                + "\(Figures.counted(company.returnCount, "return")) among them · "
                + Figures.counted(company.contactCount, "interaction"))
        let fraud = company.fraudCounts
        report.lines.append("\(Figures.counted(counts.cells, "cell")) of customers soiled")
        report.lines.append(
            "\(Figures.counted(fraud.values.reduce(0, +), "order")) of fraud"
                + (fraud.isEmpty
                    ? ""
                    : ": "
                        + list(
                            SimulationRate.allCases.compactMap { kind in fraud[kind].map { (kind.rawValue, $0) } })))
        let isMixed = options.currencies.count > 1
        let files = SimulateJob.files.prefix(4) + (isMixed ? ["rates.csv"] : [])
        report.lines.append("Files in \(out): \(files.joined(separator: ", ")), and truth/")
        guard counts.lines > 0 else { return report }
        let rates = isMixed ? " --rates \(path("rates.csv"))" : ""
        report.lines.append(
            "Next: strata run \(path("customers.csv")) \(path("transactions.csv")) \(path("interactions.csv"))\(rates)")
        return report
    }
}
