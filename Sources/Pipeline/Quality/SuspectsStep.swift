import CustomerData
import Export
import Ingest
import Quality
import Report
import Statistics

/// The search for wrong cells: a part of `strata profile`.
public struct SuspectsStep: Sendable {
    private let out: String
    private let budget: Int
    private let truth: String?

    /// A search that writes so many cells; `truth` names a file of the cells that are wrong, with the columns
    /// `customer_id` and `column`.
    public init(out: String, budget: Int, truth: String?) {
        self.out = out
        self.budget = budget
        self.truth = truth
    }

    /// Searches, writes the cells, and tells how many there are.
    func run(_ table: TableFile, _ input: TableInput) throws -> [String] {
        let search = SuspectSearch(headers: table.headers, samples: table.samples)
        _ = try input.read(table, writesRejects: false) { block, _ in
            search.read(block)
        } commit: { part, firstLine, _ in
            search.commit(part, firstLine: firstLine)
        }
        let suspects = search.suspects(budget: budget, parallel: input.parallel)
        let result = ResultTable(
            name: "suspects",
            columns: [
                .init("line", .integers(suspects.map { Int64($0.line) })),
                .init("column", .texts(suspects.map { table.headers[$0.column] })),
                .init("value", .texts(suspects.map(\.text))), .init("usual", .texts(suspects.map(\.usual))),
                .init("reason", .texts(suspects.map(\.reason.rawValue))),
                .init("score", .fixed(suspects.map(\.score), decimals: 3)),
            ])
        let file = try OutputFile(path: out, personal: true)
        try CSVWriter(parallel: input.parallel).write(result, to: file)
        try file.commit()
        var line = "\(Figures.counted(suspects.count, "suspicious cell")) in \(out)"
        if let truth { line += try judgement(truth, suspects, search, table, input) }
        guard search.rowsBeyond > 0 else { return [line] }
        return [
            line,
            "suspicious cells were looked for in the first \(Figures.counted(search.rowCount, "row")): "
                + "\(Figures.counted(search.rowsBeyond, "row")) are beyond the limit of "
                + "\(Figures.count(SuspectSearch.cellLimit)) cells",
        ]
    }

    private struct WrongCell: Hashable {
        let id: String
        let column: String
    }

    /// Precision and recall against the cells that are wrong.
    private func judgement(
        _ path: String, _ suspects: [Suspect], _ search: SuspectSearch, _ table: TableFile, _ input: TableInput
    ) throws -> String {
        let file = try TableFile(path: path, options: .init())
        guard let id = file.headers.firstIndex(of: "customer_id"), let column = file.headers.firstIndex(of: "column"),
            let own = table.headers.firstIndex(of: "customer_id")
        else {
            throw Problem(
                .usage,
                "--truth \(path): expected columns customer_id and column, and a customer_id in \(table.input.name)")
        }
        var wrong: Set<WrongCell> = []
        try file.forEachTextBlock(parallel: input.parallel) { rows in
            (0..<rows.count).map { row in
                let cells = rows.cells(ofRow: row)
                return WrongCell(
                    id: String(decoding: cells[id], as: UTF8.self),
                    column: String(decoding: cells[column], as: UTF8.self))
            }
        } commit: {
            wrong.formUnion($0)
        }
        wrong = wrong.filter { table.headers.contains($0.column) }
        guard !wrong.isEmpty, !suspects.isEmpty else { return "; nothing to judge them by" }
        let hits = suspects.count { suspect in
            wrong.contains(
                WrongCell(id: search.text(row: suspect.row, column: own), column: table.headers[suspect.column]))
        }
        return
            ": \(Figures.count(hits)) are wrong (precision \(Figures.percent(Double(hits) / Double(suspects.count)))), of "
            + "\(Figures.counted(wrong.count, "wrong cell")) (recall \(Figures.percent(Double(hits) / Double(wrong.count))))"
    }
}
