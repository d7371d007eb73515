import CustomerData
import Export
import Foundation
import Ingest
import Matching
import Statistics

/// The folder of an earlier matching: its records, whose entity each is, what was decided and what was merged.
struct MatchedFolder {
    let path: String
    /// The entity of each record by its id, as a number: 12 for `E12`.
    private(set) var entities: [String: Int32] = [:]
    /// Lines of the log.
    private(set) var log: [MatchLog.Line] = []
    /// What persons decided, by ids.
    private(set) var decisions = MatchDecisions()

    static let records = "records.csv"
    static let log = "log.csv"
    static let decisions = "decisions.csv"

    /// Reads one.
    ///
    /// - Throws: `Problem` when a file of it is missing or damaged.
    init(_ path: String) throws {
        self.path = path
        for name in [MatchedFolder.records, MatchFiles.clusters, MatchedFolder.log]
        where !FileManager.default.fileExists(atPath: OutputFolder.path(name, in: path)) {
            throw Problem(
                .inputMissing,
                "\(OutputFolder.path(name, in: path)): can't be opened: expected the folder that strata match wrote")
        }
        let clusters = try MatchedFolder.rows(OutputFolder.path(MatchFiles.clusters, in: path), headers: nil)
        for row in clusters {
            guard row.count == 2, let entity = MatchedFolder.number(row[1]) else {
                throw Problem(
                    .data,
                    "\(OutputFolder.path(MatchFiles.clusters, in: path)): expected an id and an entity such as E12"
                )
            }
            entities[row[0]] = entity
        }
        log = try MatchLog.read(OutputFolder.path(MatchedFolder.log, in: path))
        for name in [MatchedFolder.decisions, MatchFiles.review] {
            let file = OutputFolder.path(name, in: path)
            if FileManager.default.fileExists(atPath: file) { try decisions.read(file) }
        }
    }

    /// The rows of a small file, behind its header; none of one that has a header only.
    static func rows(_ path: String, headers: [String]?) throws -> [[String]] {
        let file: TableFile
        do { file = try TableFile(path: path, options: .init(encoding: .utf8, delimiter: UInt8(ascii: ","))) } catch let
            problem as Problem where problem.description.contains("no rows")
        {
            return []
        }
        if let headers, !headers.allSatisfy(file.headers.contains) {
            throw Problem(.data, "\(path): expected the columns \(headers.joined(separator: ", "))")
        }
        var rows: [[String]] = []
        try file.forEachTextBlock(parallel: Parallel(threads: 1)) { block in
            (0..<block.count).map { row in block.cells(ofRow: row).map { String(decoding: $0, as: UTF8.self) } }
        } commit: {
            rows += $0
        }
        guard let headers else { return rows }
        let places = headers.map { file.headers.firstIndex(of: $0) ?? 0 }
        return rows.map { row in places.map { row[$0] } }
    }

    /// 12 of `E12`; nil of anything else.
    static func number(_ name: String) -> Int32? {
        name.hasPrefix("E") ? Int32(name.dropFirst()).flatMap { $0 > 0 ? $0 : nil } : nil
    }

    /// The greatest number of an entity that there ever was.
    var lastEntity: Int32 {
        max(entities.values.max() ?? 0, log.flatMap { [$0.entity, $0.from ?? 0] }.max() ?? 0)
    }
}
