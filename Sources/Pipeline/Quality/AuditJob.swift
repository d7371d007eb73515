import CustomerData
import Export
import Ingest
import Quality
import Report
import Statistics

/// `strata audit`: cells for a person to mark, and what the marks say.
public struct AuditJob: Sendable {
    /// The table; unused where marks are read.
    public var input = TableInput()
    /// Cells that are drawn.
    public var sampleSize = 200
    /// Seed of the draw.
    public var seed: UInt64 = 1
    /// Where the cells go.
    public var out: String?
    /// A file of marks; nil to draw cells.
    public var marks: String?

    /// A job with the defaults.
    public init() {}

    /// Draws cells, or reads marks.
    public func run() throws -> JobReport { try marks.map(judge) ?? draw() }

    private func draw() throws -> JobReport {
        guard let out else { throw Problem(.usage, "--out is missing: name the file of cells that are to be marked") }
        let table = try input.open()
        let sample = try AuditSample(size: sampleSize, seed: seed, columnCount: table.headers.count)
        let accounts = try input.read(table) { block, _ in
            sample.draw(block)
        } commit: { part, firstLine, _ in
            sample.commit(part, firstLine: firstLine)
        }
        let cells = sample.cells
        let result = ResultTable(
            name: "audit",
            columns: [
                .init("line", .integers(cells.map { Int64($0.line) })),
                .init("column", .texts(cells.map { table.headers[$0.column] })),
                .init("value", .texts(cells.map(\.text))),
                .init("column_cells", unit: "cells", .integers(cells.map { Int64(sample.filled[$0.column]) })),
                .init("mark", .texts(cells.map { _ in "" })),
            ])
        let file = try OutputFile(path: out, personal: true)
        try CSVWriter(parallel: input.parallel).write(result, to: file)
        try file.commit()
        var report = JobReport()
        report.lines.append(JobReport.sentence(of: accounts, what: "row"))
        report.lines.append(
            "\(Figures.counted(cells.count, "cell")) of \(Figures.counted(table.headers.count, "column")) to mark; write "
                + "right or wrong into the column mark, then strata audit --marks FILE")
        return report
    }

    private func judge(_ path: String) throws -> JobReport {
        let result = try AuditJob.result(path, form: input.form, parallel: input.parallel)
        if let out { try TextOutput.write(try JSONText.snake(result), to: out, personal: false) }
        var text = TextTable(["column", "cells", "marked", "right", "share", "95 % interval"], right: [1, 2, 3, 4])
        func interval(_ bounds: [Double]?) -> String {
            bounds.map { "\(Figures.percent($0[0])) – \(Figures.percent($0[1]))" } ?? ""
        }
        for column in result.columns {
            text.add([
                column.name, Figures.count(column.cells), Figures.count(column.marked), Figures.count(column.right),
                Figures.percent(column.marked > 0 ? Double(column.right) / Double(column.marked) : nil),
                interval(column.interval),
            ])
        }
        var report = JobReport()
        report.lines += text.lines
        report.lines.append(
            "accuracy \(Figures.percent(result.accuracy)) (\(interval(result.interval)))"
                + (result.unmarked > 0 ? "; \(Figures.counted(result.unmarked, "cell")) without a mark" : ""))
        return report
    }

    /// What a file of marks says.
    ///
    /// - Throws: `Problem(.data)` when it is none.
    static func result(_ path: String, form: TableFile.Options, parallel: Parallel) throws -> AuditResult {
        let file = try TableFile(path: path, options: form)
        let places = try ["column", "column_cells", "mark"].map { name -> Int in
            guard let place = file.headers.firstIndex(of: name) else {
                throw Problem(
                    .data, "\(path) has no column \(name): expected a file that strata audit wrote, with marks")
            }
            return place
        }
        var marks: [AuditResult.Mark] = []
        try file.forEachTextBlock(parallel: parallel) { rows in
            (0..<rows.count).map { row in
                let cells = rows.cells(ofRow: row)
                return places.map { String(decoding: cells[$0], as: UTF8.self) }
            }
        } commit: { rows in
            for row in rows {
                marks.append(
                    try .init(
                        column: row[0], columnCells: row[1], mark: row[2], place: "\(path) row \(marks.count + 1)"))
            }
        }
        return try AuditResult(of: marks)
    }
}
