import CustomerData
import Statistics

/// Rows of a table as text, a block at a time.
public struct TextRows {
    private let records: Records
    private let rows: [Int]
    private let fieldCount: Int

    init(_ file: TableFile, _ block: RecordBlock, _ records: Records) {
        self.records = records
        fieldCount = file.headers.count
        rows = (file.firstRow(block, records)..<records.count).filter {
            records.fieldCount($0) == file.headers.count && !(file.headers.count == 1 && records.isBlank($0))
        }
    }

    /// Rows.
    public var count: Int { rows.count }

    /// The cells of a row, without quotes; good until the block's work ends.
    public func cells(ofRow row: Int) -> [UnsafeBufferPointer<UInt8>] {
        (0..<fieldCount).map { records.bytes(records.field(rows[row], $0)) }
    }
}

extension TableFile {
    /// Works on the file's rows as text: `process` on every worker at the same time, `commit` in the order of the file.
    ///
    /// - Throws: `Problem(.data)` when a row has another number of fields than the header.
    public func forEachTextBlock<Outcome>(
        parallel: Parallel, process: (TextRows) throws -> Outcome, commit: (Outcome) throws -> Void
    ) throws {
        try forEachBlock(parallel: parallel) { block, records, _ in
            for record in firstRow(block, records)..<records.count
            where records.fieldCount(record) != headers.count && !records.isBlank(record) {
                let line = block.bytes[..<records.start(record)].count { $0 == dialect.newline }
                throw BlockProblem(
                    block: block.number, line: line,
                    sentence: "\(records.fieldCount(record)) fields where the header has \(headers.count)")
            }
            return try process(TextRows(self, block, records))
        } commit: { outcome, _ in
            try commit(outcome)
        }
    }
}
