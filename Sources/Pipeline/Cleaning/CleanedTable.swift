import Cleaning
import CustomerData
import Export
import Ingest

/// A table as it was, row for row and in its own dialect, with the cleaned cells in it: what a job reads on, so that rows
/// keep their lines and what can't be read is still there to be rejected.
enum CleanedTable {
    /// What stands before the first row.
    static func header(of source: CleanSource) -> CSVText {
        var text = CSVText(delimiter: source.file.dialect.delimiter)
        // Blank lines before the header stay lines.
        text.append(line: source.head.prefix { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") })
        for header in source.file.headers { text.put(header) }
        text.endRow()
        return text
    }

    /// The rows of a block.
    static func rows(
        of block: CellRows, _ cells: CleanedCells, _ states: [CleanSource.RowState], _ source: CleanSource
    ) -> CSVText {
        var text = CSVText(capacity: 1 << 17, delimiter: source.file.dialect.delimiter)
        var unread = block.unread[...]
        for row in 0..<cells.rowCount {
            while let next = unread.first, next.position < Int(block.positions[row]) {
                text.append(line: next.text + [UInt8(ascii: "\n")])
                unread = unread.dropFirst()
            }
            for column in 0..<cells.columnCount { text.put(cells.cell(row, column)) }
            text.endRow()
        }
        for next in unread { text.append(line: next.text + [UInt8(ascii: "\n")]) }
        return text
    }
}
