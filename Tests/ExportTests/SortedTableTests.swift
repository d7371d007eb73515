import CustomerData
import Foundation
import Testing

@testable import Export

/// A table that was written is read back, row by row and by key.
@Suite struct SortedTableTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "strata-sorted-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    /// Writes a table of ids, ascending, and what belongs to them.
    func write(_ rows: [(id: String, text: String)], _ name: String = "table.csv") throws -> String {
        let sorted = rows.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        let table = ResultTable(
            name: "t",
            columns: [
                .init("id", .identifiers(IdentifierList(sorted.map(\.id)))),
                .init("text", .texts(sorted.map(\.text))),
                .init("number", .integers(sorted.indices.map { Int64($0) })),
            ])
        let path = folder.appending(path: name).path
        try Data(CSVWriter().bytes(of: table)).write(to: URL(filePath: path))
        return path
    }

    @Test func everyRowIsFoundByItsKey() throws {
        let rows = (0..<20_000).map { (id: "C\($0 * 7 % 20_000)", text: "some text to fill the row") }
        let table = try SortedTable(path: try write(rows))
        #expect(table.headers == ["id", "text", "number"])
        for row in rows.prefix(2000) + rows.suffix(10) {
            let found = try table.rows(of: row.id)
            #expect(found.count == 1 && found[0][0] == row.id)
        }
        for missing in ["", "C", "C20000", "B", "D", "C1x"] { #expect(try table.rows(of: missing).isEmpty) }
        #expect(try table.checkedRowCount() == 20_000)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Cells with newlines, quotes and whole rows in them, in tables far larger than what is looked at at once.
    @Test func quotedNewlinesAreNoRows() throws {
        let traps = ["a\nb", "x\ny,z,1\nC500,1,2\n", "\"", "\"\"\n\"", ",,,\n,,", "plain", "C77,false,1\nC77,false,2"]
        let rows = (0..<30_000).map { (id: "C\($0)\($0 % 3 == 0 ? "\n,\"" : "")", text: traps[$0 % traps.count]) }
        let table = try SortedTable(path: try write(rows))
        for row in stride(from: 0, to: rows.count, by: 97).map({ rows[$0] }) {
            let found = try table.rows(of: row.id)
            #expect(found.count == 1, "\(row.id)")
            #expect(found.first?[1] == row.text)
        }
        #expect(try table.rows(of: "C500,1").isEmpty)
        #expect(try table.checkedRowCount() == rows.count)
        try? FileManager.default.removeItem(at: folder)
    }

    @Test func rowsOfOneKeyComeTogether() throws {
        let rows = (0..<30_000).map { (id: "K\($0 / 3000)", text: "row \($0)") }
        let table = try SortedTable(path: try write(rows))
        for key in 0..<10 { #expect(try table.rows(of: "K\(key)").count == 3000) }
        let one = try SortedTable(path: try write([("only", String(repeating: "long\n", count: 50_000))], "one.csv"))
        #expect(try one.rows(of: "only").count == 1)
        #expect(try one.rows(of: "other").isEmpty)
        try? FileManager.default.removeItem(at: folder)
    }

    @Test func aTableOutOfOrderOrCutShortIsRefused() throws {
        let path = folder.appending(path: "bad.csv").path
        try Data("id,n\nb,1\na,2\nc,3\n".utf8).write(to: URL(filePath: path))
        let table = try SortedTable(path: path)
        #expect(throws: Problem.self) { try table.checkedRowCount() }
        #expect(throws: Problem.self) { try table.rows(of: "c") }
        try Data("id,n\na,1\nb,".utf8).write(to: URL(filePath: path))
        #expect(throws: Problem(.data, "\(path) ends in the middle of a row: it is not whole; write it again")) {
            try SortedTable(path: path)
        }
        try Data("id,n\na,1,7\nb,2\n".utf8).write(to: URL(filePath: path))
        #expect(throws: Problem.self) { try SortedTable(path: path).rows(of: "b") }
        try Data().write(to: URL(filePath: path))
        #expect(throws: Problem.self) { try SortedTable(path: path) }
        #expect(throws: Problem.self) { try SortedTable(path: path + "x") }
        try? FileManager.default.removeItem(at: folder)
    }
}
