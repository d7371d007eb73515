import Testing

@testable import Matching

/// Tables of more columns than are compared.
@Suite struct WideTableTests {
    /// Sixty records of twenty codes; the last is mostly empty, and so is the sixteenth.
    private func lines() -> [String] {
        let header = "id," + (1...20).map { "code \($0)" }.joined(separator: ",")
        let rows = (0..<60).map { row in
            "r\(row),"
                + (1...20).map { column in
                    (column == 20 || column == 16) && row > 2 ? "" : "x\((row / 2 * 7919 + column * 104_729) % 9973)"
                }.joined(separator: ",")
        }
        return [header] + rows
    }

    private let kinds = (1...20).map { "code=code \($0)" }

    /// A pattern of sixteen levels fills its 64 bits, "missing in both" in the last of them.
    @Test func sixteenColumnsAreCompared() throws {
        let sixteen = (17...20).map { "ignored=code \($0)" }
        let records = try MatchedTable(lines(), columns: kinds.prefix(16) + sixteen)
        #expect(records.table.columns.compared.count == 16)
        let result = try records.result()
        #expect(result.pairs.allSatisfy { (0...1).contains($0.probability) })
        #expect(!records.groups(result).isEmpty)
    }

    /// Of twenty names sixteen are compared: those that hold most.
    @Test func theFullestAreCompared() throws {
        let header = "id," + (1...20).map { "email \($0)" }.joined(separator: ",")
        let rows = (0..<60).map { row in
            "r\(row),"
                + (1...20).map { column in
                    column % 5 == 0 && row > 2 ? "" : "u\(row / 2)v\(column)@x.example"
                }.joined(separator: ",")
        }
        let records = try MatchedTable([header] + rows)
        let left = records.table.columns
        #expect(left.compared.count == 16)
        #expect(left.compared.allSatisfy { !left.headers[$0].hasSuffix("5") && !left.headers[$0].hasSuffix("0") })
    }

    /// Who names more than can be compared is told so.
    @Test func whatIsNamedIsNotLeftOut() {
        #expect(throws: (any Error).self) { try MatchedTable(lines(), columns: kinds) }
    }
}
