import CustomerData
import Export
import Matching
import Models
import Statistics

/// The files of a matching.
struct MatchFiles {
    static let pairs = "pairs.csv"
    static let clusters = "clusters.csv"
    static let golden = "golden.csv"
    static let review = "review.csv"
    static let model = "model.json"
    static let summary = "summary.json"
    static let blocking = "blocking.yml"

    /// All files, in the order in which they are written.
    static let all = [
        pairs, clusters, golden, review, model, summary, MatchedFolder.records, MatchedFolder.log,
        MatchedFolder.decisions, blocking,
    ]

    private let table: RecordTable
    private let matcher: Matcher
    private let result: MatchResult
    private let goldenRecords: GoldenRecords
    private let names: EntityNames
    private let folder: MatchedFolder?
    private let decisions: MatchDecisions

    init(
        _ table: RecordTable, _ matcher: Matcher, _ result: MatchResult, golden: GoldenRecords,
        known folder: MatchedFolder?, decisions: MatchDecisions
    ) {
        self.table = table
        self.matcher = matcher
        self.result = result
        goldenRecords = golden
        names = EntityNames(table, result, matcher.constraints, folder)
        self.folder = folder
        self.decisions = decisions
    }

    /// Writes all of them, and gives them back without their names.
    func write(to folder: String, summary: MatchSummary, parallel: Parallel) throws -> [OutputFile] {
        func output(_ name: String) throws -> OutputFile {
            try OutputFile(path: OutputFolder.path(name, in: folder), personal: true)
        }
        let files = try MatchFiles.all.map(output)
        try writePairs(files[0], parallel)
        let entities = result.entities.entities
        try files[1].write(MatchFiles.clusters(table) { names.name(Int(entities[$0])) })
        try MatchFiles.writeGolden(
            files[2], table, goldenRecords, groups: MatchFiles.groups(entities), parallel: parallel
        ) { names.name(Int($0)) }
        try files[3].write(review())
        let model = try ModelFile(kind: MatchJob.modelKind, result.model).bytes()
        try model.withUnsafeBytes { try files[4].write($0) }
        try files[5].write(try JSONText.snake(summary))
        try writeRecords(files[6], parallel)
        try files[7].write(MatchLog.text((self.folder?.log ?? []) + names.log))
        try files[8].write(MatchFiles.text(decisions))
        try files[9].write(BlockingText.yaml(matcher.blockingRules))
        return files
    }

    /// What happens to a pair.
    private func decision(_ pair: ScoredPair) -> String {
        let entities = result.entities.entities
        return entities[Int(pair.left)] == entities[Int(pair.right)] ? "merge" : "review"
    }

    static func fixed(_ value: Double, _ decimals: Int) -> String {
        let scale = decimals == 4 ? 10_000.0 : 100.0
        let whole = Int((abs(value) * scale).rounded())
        let digits = String(whole + Int(scale)).dropFirst()
        let sign = value < 0 && whole > 0 ? "-" : ""
        return
            "\(sign)\(whole / Int(scale)).\(whole >= Int(scale) ? String(whole % Int(scale) + Int(scale)).dropFirst() : digits)"
    }

    private func writePairs(_ file: OutputFile, _ parallel: Parallel) throws {
        let columns = result.model.columns.map(\.name)
        try file.write(
            CSVText.header(
                ["id_a", "id_b", "probability", "weight", "decision", "prior"] + columns.map { "\($0)_weight" }
                    + ["household"] + columns.map { "\($0)_level" }))
        let waterfall = matcher.waterfalls(result.model)
        let size = 4096
        let parts = (result.pairs.count + size - 1) / size
        // In groups of blocks, so that the text in memory stays small.
        var first = 0
        while first < parts {
            let count = min(64, parts - first)
            let shared = UncheckedSendable(waterfall)
            let texts = parallel.map(count) { block -> CSVText in
                var text = CSVText()
                let start = (first + block) * size
                for pair in result.pairs[start..<min(result.pairs.count, start + size)] {
                    text.put(table.name(of: Int(pair.left)))
                    text.put(table.name(of: Int(pair.right)))
                    text.put(MatchFiles.fixed(pair.probability, 4))
                    text.put(MatchFiles.fixed(Double(pair.weight), 2))
                    text.put(decision(pair))
                    for bits in shared.value(pair) { text.put(MatchFiles.fixed(Double(bits), 2)) }
                    for level in matcher.levels(pair, result.model) { text.put(level) }
                    text.endRow()
                }
                return text
            }
            for text in texts { try file.write(text) }
            first += count
        }
    }

    /// Lines that are new in the log.
    var newLogLines: [MatchLog.Line] { names.log }

    static func text(_ decisions: MatchDecisions) -> CSVText {
        var text = CSVText.header(["id_a", "id_b", "decision"])
        for (pair, isSame) in decisions.sorted {
            text.put(pair.left)
            text.put(pair.right)
            text.put(isSame ? "same" : "different")
            text.endRow()
        }
        return text
    }

    /// The records as they were compared, for the next time.
    private func writeRecords(_ file: OutputFile, _ parallel: Parallel) throws {
        let headers = table.columns.headers
        try file.write(CSVText.header(headers))
        let size = 4096
        let texts = parallel.map((table.rowCount + size - 1) / size) { block -> CSVText in
            var text = CSVText()
            for row in block * size..<min(table.rowCount, (block + 1) * size) {
                for column in headers.indices { text.put(table.text(row: row, column: column) ?? "") }
                text.endRow()
            }
            return text
        }
        for text in texts { try file.write(text) }
    }

    /// Ids and entities.
    static func clusters(_ table: RecordTable, _ name: (Int) -> String) -> CSVText {
        var text = CSVText.header([table.columns.id.map { table.columns.headers[$0] } ?? "row", "entity_id"])
        for row in 0..<table.rowCount {
            text.put(table.columns.id == nil ? String(table.rowNumbers[row]) : table.name(of: row))
            text.put(name(row))
            text.endRow()
        }
        return text
    }

    /// The records of each entity, entities in the order of their first records.
    static func groups<Entity: Hashable>(_ entities: [Entity]) -> [(entity: Entity, records: [Int])] {
        var places: [Entity: Int] = [:]
        var groups: [(entity: Entity, records: [Int])] = []
        for (row, entity) in entities.enumerated() {
            if let place = places[entity] {
                groups[place].records.append(row)
            } else {
                places[entity] = groups.count
                groups.append((entity, [row]))
            }
        }
        return groups
    }

    static func writeGolden<Entity: Hashable & Sendable>(
        _ file: OutputFile, _ table: RecordTable, _ golden: GoldenRecords, groups: [(entity: Entity, records: [Int])],
        parallel: Parallel, _ name: (Entity) -> String
    ) throws {
        let headers = table.columns.headers
        try file.write(CSVText.header(["entity_id", "records"] + headers + headers.map { "\($0)_from" }))
        let size = 2048
        let texts = parallel.map((groups.count + size - 1) / size) { block -> CSVText in
            var text = CSVText()
            for (entity, records) in groups[block * size..<min(groups.count, (block + 1) * size)] {
                text.put(name(entity))
                text.put(records.count)
                let survivors = headers.indices.map { golden.survivor(column: $0, among: records) }
                for (column, row) in survivors.enumerated() {
                    text.put(row.flatMap { table.text(row: $0, column: column) } ?? "")
                }
                for row in survivors { text.put(row.map(table.name) ?? "") }
                text.endRow()
            }
            return text
        }
        for text in texts { try file.write(text) }
    }

    /// Doubtful pairs, those whose answer tells most first.
    private func review() -> CSVText {
        let columns = table.columns.compared
        let names = columns.map { table.columns.name(of: $0) }
        var text = CSVText.header(
            ["id_a", "id_b", "probability", "reason", "decision"] + names.flatMap { ["\($0)_a", "\($0)_b"] })
        for (pair, reason) in MatchFiles.doubtful(result) {
            text.put(table.name(of: Int(pair.left)))
            text.put(table.name(of: Int(pair.right)))
            text.put(MatchFiles.fixed(pair.probability, 4))
            text.put(reason)
            text.put("")
            for column in columns {
                text.put(table.text(row: Int(pair.left), column: column) ?? "")
                text.put(table.text(row: Int(pair.right), column: column) ?? "")
            }
            text.endRow()
        }
        return text
    }

    /// Pairs between the thresholds and links that were cut, the least certain first.
    static func doubtful(_ result: MatchResult) -> [(pair: ScoredPair, reason: String)] {
        let entities = result.entities.entities
        let bridges = Set(result.entities.bridges)
        let pairs = result.pairs.compactMap { pair -> (pair: ScoredPair, reason: String)? in
            if entities[Int(pair.left)] == entities[Int(pair.right)] { return nil }
            if bridges.contains(pair) { return (pair, "only link of two groups") }
            return pair.probability < result.thresholds.merge ? (pair, "doubtful") : nil
        }
        return pairs.sorted {
            (abs($0.pair.weight), $0.pair.left, $0.pair.right) < (abs($1.pair.weight), $1.pair.left, $1.pair.right)
        }
    }
}
