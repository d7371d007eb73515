import CustomerData
import Export
import Foundation
import Ingest
import Report
import Statistics

extension ExportJob {
    /// The columns of ids: the one that was named, or all whose headers say so.
    ///
    /// - Throws: `Problem(.usage)` when there is none, or the table is of a run that has pseudonyms already.
    func idColumns(of file: TableFile) throws -> [Int] {
        try PrivateColumns.checkHasNoPseudonyms(table)
        if let id {
            guard let column = file.headers.firstIndex(of: id) else {
                throw Problem(
                    .usage,
                    "--id \(id): \(table) has no such column; its columns are " + file.headers.joined(separator: ", "))
            }
            return [column]
        }
        let columns = PrivateColumns.idColumns(of: file)
        guard !columns.isEmpty else {
            throw Problem(
                .usage,
                "\(table): no header says that its column holds the customers' ids, which are to become pseudonyms; "
                    + "name it with --id")
        }
        return columns
    }

    /// Exports with pseudonyms, the rows in the order of the first of them: all rows are in memory for that.
    func exportPseudonymous(
        _ file: TableFile, _ chosen: [Int], _ ids: [Int], _ filter: RowFilter?, by key: PseudonymKey,
        _ report: inout JobReport
    ) throws {
        let output = try OutputFile(path: out, personal: true)
        var lists = chosen.map { _ in IdentifierList() }
        // The order is that of the id also when it is not among the columns.
        var keys = IdentifierList()
        var read = 0
        try file.forEachTextBlock(parallel: parallel) { rows in
            var part = chosen.map { _ in IdentifierList() }
            var partKeys = IdentifierList()
            for row in 0..<rows.count {
                let cells = rows.cells(ofRow: row)
                if let filter, !filter.matches({ cells[$0] }) { continue }
                for (position, column) in chosen.enumerated() { part[position].append(cells[column]) }
                partKeys.append(cells[ids[0]])
            }
            return (part, partKeys, rows.count)
        } commit: { part, partKeys, rowCount in
            read += rowCount
            for position in lists.indices {
                for row in 0..<part[position].count {
                    part[position].withBytes(at: row) { lists[position].append($0) }
                }
            }
            for row in 0..<partKeys.count { partKeys.withBytes(at: row) { keys.append($0) } }
        }
        let order = key.pseudonyms(of: keys, parallel: parallel).ascendingOrder()
        let columns = zip(chosen, lists).map { column, list -> ResultTable.Column in
            let names = ids.contains(column) ? pseudonyms(of: list, by: key) : list
            return .init(file.headers[column], .identifiers(names.selecting(order)))
        }
        try CSVWriter(mode: mode, parallel: parallel).write(ResultTable(name: "export", columns: columns), to: output)
        try output.commit()
        report.lines.append(
            "\(Figures.count(order.count)) of \(Figures.counted(read, "row")), "
                + Figures.counted(chosen.count, "column"))
    }

    /// Pseudonyms of a column of ids; an empty cell stays empty.
    private func pseudonyms(of ids: IdentifierList, by key: PseudonymKey) -> IdentifierList {
        let names = key.pseudonyms(of: ids, parallel: parallel)
        var list = IdentifierList()
        for row in 0..<ids.count {
            let isEmpty = ids.withBytes(at: row, \.isEmpty)
            names.withBytes(at: row) { list.append(isEmpty ? UnsafeBufferPointer(rebasing: $0[..<0]) : $0) }
        }
        return list
    }
}
