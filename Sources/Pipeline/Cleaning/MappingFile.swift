import Cleaning
import CustomerData
import Export
import Ingest
import Statistics

/// The file of spellings: what a cleaning found, for a person to edit and give to `--mapping`.
enum MappingFile {
    /// Reads one.
    ///
    /// - Throws: `Problem` when it can't be opened, lacks a column, or has an unknown decision.
    static func read(_ path: String) throws -> SpellingMapping {
        let table = try TableFile(path: path)
        func column(_ name: String) throws -> Int {
            guard let column = table.headers.firstIndex(of: name) else {
                throw Problem(.data, "\(path) has no column \(name): a mapping has column, from, to and decision")
            }
            return column
        }
        let (name, from, to) = (try column("column"), try column("from"), try column("to"))
        let decision = try column("decision")
        var mapping = SpellingMapping()
        var line = 1
        try table.forEachTextBlock(parallel: Parallel(threads: 1)) { rows in
            (0..<rows.count).map { row in
                rows.cells(ofRow: row).map { String(decoding: $0, as: UTF8.self) }
            }
        } commit: { rows in
            for row in rows {
                line += 1
                guard let decided = SpellingClusters.Decision(rawValue: row[decision].lowercased()) else {
                    throw Problem(
                        .data, "\(path) row \(line): decision must be merge, doubtful or keep; got \(row[decision])")
                }
                mapping.add(column: row[name], from: row[from], to: row[to], decided)
            }
        }
        return mapping
    }

    /// What a cleaning found, the columns from left to right, the most frequent spellings first.
    static func text(_ source: CleanSource) -> CSVText {
        var text = CSVText.header(CleanFiles.mappingHeader)
        let pairs = source.spellings.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            return (a.column, -a.pair.count, left.offset) < (b.column, -b.pair.count, right.offset)
        }
        for (_, (column, pair)) in pairs {
            text.put(source.options.columns.name(of: column))
            text.put(pair.from)
            text.put(pair.to)
            text.put(pair.decision.rawValue)
            text.put(pair.count)
            text.put(pair.method)
            text.put(CleanBlockRows.share(pair.confidence))
            text.endRow()
        }
        return text
    }
}
