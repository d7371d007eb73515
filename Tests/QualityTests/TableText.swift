import CustomerData
import Statistics

@testable import Quality

/// Rows of text as the blocks that Ingest would hand over.
struct TableText {
    let headers: [String]
    let rows: [[String]]

    init(_ headers: [String], _ rows: [[String]]) {
        self.headers = headers
        self.rows = rows
    }

    /// The profile, made by so many workers from blocks of so many rows; which worker takes which block is drawn.
    func profile(
        threads: Int = 1, blockRows: Int = 1000, seed: UInt64 = 1, ages: TableProfiler.AgeLimit? = nil
    ) throws -> TableProfile {
        let profiler = TableProfiler(headers: headers, samples: Array(rows.prefix(1000)), threads: threads)
        var random = SeededGenerator(seed: seed)
        for (number, begin) in stride(from: 0, to: rows.count, by: blockRows).enumerated() {
            let part = rows[begin..<min(rows.count, begin + blockRows)]
            let worker = random.index(below: threads)
            let findings = TableText.withBlock(number, Array(part), columns: headers.count) {
                profiler.read($0, worker: worker)
            }
            profiler.commit(findings)
        }
        return try profiler.profile(ages: ages)
    }

    /// Calls `body` with a block of rows.
    static func withBlock<Result>(
        _ number: Int, _ rows: [[String]], columns: Int, _ body: (CellBlock) throws -> Result
    ) rethrows -> Result {
        var text: [UInt8] = []
        var spans: [[Span]] = []
        var starts: [Int] = []
        for row in rows {
            starts.append(text.count)
            spans.append(
                row.map { cell in
                    let span = Span(start: text.count, length: cell.utf8.count)
                    text.append(contentsOf: cell.utf8)
                    text.append(UInt8(ascii: ","))
                    return span
                })
            text[text.count - 1] = UInt8(ascii: "\n")
        }
        text.append(contentsOf: [UInt8](repeating: 0, count: 16))
        return try text.withUnsafeBufferPointer { text in
            let block = CellBlock(columnCount: columns)
            guard let base = text.baseAddress else { preconditionFailure("the text has its padding") }
            block.begin(number: number, text: base, newline: UInt8(ascii: "\n"), reserving: rows.count)
            for (start, row) in zip(starts, spans) { block.addRow(start: start) { (row[$0], false) } }
            return try body(block)
        }
    }
}

extension TableProfile {
    /// The profile of the column of that name.
    func column(_ name: String) -> ColumnProfile? { columns.first { $0.name == name } }
}
