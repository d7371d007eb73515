import CustomerData
import Foundation
import Ingest
import Matching
import Statistics
import Testing

/// A table of records for tests, from rows or from a file.
struct MatchedTable {
    let table: RecordTable

    init(path: String, id: String?, columns: [String] = [], threads: Int = 2) throws {
        let file = try TableFile(path: path)
        let compared = try ComparedColumns.detect(
            headers: file.headers, samples: file.samples, id: id, stated: columns)
        let builder = RecordTableBuilder(columns: compared)
        let parallel = Parallel(threads: threads)
        _ = try file.forEachCellBlock(parallel: parallel, limits: RejectLimits(strict: false, maxShare: 0)) {
            block, _ in
            RecordPart(block, columns: compared)
        } commit: { part, _, _ in
            builder.add(part)
        }
        table = builder.finish(parallel: parallel)
    }

    init(_ lines: [String], id: String? = "id", columns: [String] = []) throws {
        let path = NSTemporaryDirectory() + "strata-match-\(UUID().uuidString).csv"
        try lines.joined(separator: "\n").appending("\n").write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try self.init(path: path, id: id, columns: columns)
    }

    func result(threads: Int = 2, precision: Double = 0.95) throws -> MatchResult {
        try Matcher(table, Matcher.Options(precision: precision), parallel: Parallel(threads: threads)).result()
    }

    /// The records' names of each entity of several.
    func groups(_ result: MatchResult) -> [[String]] {
        var groups: [UInt32: [String]] = [:]
        for (row, entity) in result.entities.entities.enumerated() {
            groups[entity, default: []].append(table.name(of: row))
        }
        return groups.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }

    /// Accuracy against what `truth` makes of a record's name.
    func accuracy(_ result: MatchResult, _ truth: (Int) -> String?) -> PairAccuracy {
        var numbers: [String: Int32] = [:]
        return PairAccuracy(
            found: result.entities.entities,
            truth: (0..<table.rowCount).map { row in
                truth(row).map { key in
                    if let number = numbers[key] { return number }
                    numbers[key] = Int32(numbers.count)
                    return numbers[key, default: 0]
                }
            })
    }
}

/// The data of the anchors, beside the package.
enum SharedData {
    static let folder: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appending(path: "../shared/data").standardizedFileURL.path
    }()

    static func path(_ name: String) -> String { folder + "/" + name }

    static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
