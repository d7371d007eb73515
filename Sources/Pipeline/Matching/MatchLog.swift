import CustomerData
import Export

/// Merges and splits of entities, in the order in which they came: `log.csv`, to which lines are only ever added.
enum MatchLog {
    /// A record that came to an entity.
    struct Line: Equatable {
        /// What happened together has one number.
        let number: Int
        /// `merge` or `undo`.
        let action: String
        /// The entity that the record is of since.
        let entity: Int32
        /// The entity that it was of before; nil for a new record.
        let from: Int32?
        /// The record's id.
        let record: String
        /// For an undo: the number of the merge that was taken back.
        let of: Int?
    }

    static let header = ["number", "action", "entity", "from", "record", "of"]

    static func read(_ path: String) throws -> [Line] {
        try MatchedFolder.rows(path, headers: header).enumerated().map { place, row in
            guard let number = Int(row[0]), let entity = MatchedFolder.number(row[2]),
                row[1] == "merge" || row[1] == "undo", row[3].isEmpty || MatchedFolder.number(row[3]) != nil
            else { throw Problem(.data, "\(path) row \(place + 1): expected a line that strata match wrote") }
            return Line(
                number: number, action: row[1], entity: entity, from: MatchedFolder.number(row[3]), record: row[4],
                of: Int(row[5]))
        }
    }

    static func text(_ lines: [Line]) -> CSVText {
        var text = CSVText.header(header)
        for line in lines {
            text.put(line.number)
            text.put(line.action)
            text.put("E\(line.entity)")
            text.put(line.from.map { "E\($0)" } ?? "")
            text.put(line.record)
            text.put(line.of.map(String.init) ?? "")
            text.endRow()
        }
        return text
    }
}
