import CustomerData
import Export
import Foundation
import Ingest
import Matching
import Report
import Statistics

/// `strata match --undo N --known DIR`: a merge of the log taken back, and kept apart from then on.
public struct MatchUndoJob: Sendable {
    /// The folder of the matching.
    public var folder = ""
    /// The number of the merge in `log.csv`.
    public var number = 0
    /// How golden records are made anew.
    public var match = MatchJob()

    /// A job with the defaults.
    public init() {}

    /// Takes it back.
    ///
    /// - Throws: `Problem`.
    public func run() throws -> JobReport {
        let known = try MatchedFolder(folder)
        let moved = known.log.filter { $0.number == number && $0.action == "merge" }
        guard let entity = moved.first?.entity else {
            throw Problem(
                .usage, "--undo \(number): \(OutputFolder.path(MatchedFolder.log, in: folder)) has no such merge")
        }
        guard !known.log.contains(where: { $0.of == number }) else {
            throw Problem(.usage, "--undo \(number): that merge was taken back before")
        }
        var job = match
        job.input.file = OutputFolder.path(MatchedFolder.records, in: folder)
        job.input.form = .init(encoding: .utf8, delimiter: UInt8(ascii: ","))
        let (table, _, _) = try job.read()
        var numbers = (0..<table.rowCount).map { known.entities[table.name(of: $0)] ?? 0 }
        var rows: [String: Int] = [:]
        for row in 0..<table.rowCount { rows[table.name(of: row)] = row }
        let away = Set(moved.map(\.record))
        let stays = (0..<table.rowCount).filter { numbers[$0] == entity && !away.contains(table.name(of: $0)) }
        var next = known.lastEntity
        let last = (known.log.last?.number ?? 0) + 1
        var lines: [MatchLog.Line] = []
        var decisions = known.decisions
        for line in moved {
            guard let row = rows[line.record], numbers[row] == entity else { continue }
            let back: Int32
            if let from = line.from {
                back = from
            } else {
                next += 1
                back = next
            }
            numbers[row] = back
            lines.append(
                .init(number: last, action: "undo", entity: back, from: entity, record: line.record, of: number))
            for other in stays { decisions.add(line.record, table.name(of: other), isSame: false) }
        }
        try write(table, numbers, known.log + lines, decisions, try job.goldenRecords(table))
        var report = JobReport()
        report.lines.append(
            "merge \(number) of E\(entity) taken back: \(Figures.counted(lines.count, "record")) apart again, and kept apart; "
                + "files in \(folder)")
        return report
    }

    private func write(
        _ table: RecordTable, _ numbers: [Int32], _ log: [MatchLog.Line], _ decisions: MatchDecisions,
        _ golden: GoldenRecords
    ) throws {
        func output(_ name: String) throws -> OutputFile {
            try OutputFile(path: OutputFolder.path(name, in: folder), personal: true)
        }
        let clusters = try output(MatchFiles.clusters)
        let goldenFile = try output(MatchFiles.golden)
        let logFile = try output(MatchedFolder.log)
        let decisionsFile = try output(MatchedFolder.decisions)
        try clusters.write(MatchFiles.clusters(table) { "E\(numbers[$0])" })
        try MatchFiles.writeGolden(
            goldenFile, table, golden, groups: MatchFiles.groups(numbers), parallel: match.input.parallel
        ) { "E\($0)" }
        try logFile.write(MatchLog.text(log))
        try decisionsFile.write(MatchFiles.text(decisions))
        for file in [clusters, goldenFile, logFile, decisionsFile] { try file.commit() }
    }
}
