import Foundation
import Testing

/// `strata clean` on tables that `Benchmarks/corrupted.py --write` spoilt and kept right: 400 rows, seed 7.
@Suite struct CleanSpoiltTests {
    let folder = Scratch()

    static let spoilt = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Spoilt")
    static let tables = [("english", "GB"), ("persian", "IR"), ("chinese", "CN")]

    /// What stands in the right table after the cleaning, or means the same.
    private func isSame(_ now: String, _ right: String, header: String) -> Bool {
        guard ["Income", "مبلغ", "金额"].contains(header) else { return now == right }
        func number(_ text: String) -> Double? { Double(text.prefix { $0.isNumber || $0 == "." }) }
        return number(now) == number(right)
    }

    @Test(arguments: tables) func nearlyAllIsRestoredAndNothingRightIsHarmed(table: String, region: String) throws {
        let spoilt = ResultFile(try Data(contentsOf: Self.spoilt.appending(path: "\(table)-400-spoilt.csv")))
        let right = ResultFile(try Data(contentsOf: Self.spoilt.appending(path: "\(table)-400-right.csv")))
        try folder.write("in.csv", Data(contentsOf: Self.spoilt.appending(path: "\(table)-400-spoilt.csv")))
        try folder.strata("clean", "in.csv", "--out", "out", "--region", region)
        let cleaned = ResultFile(folder.data("out/customers.csv"))
        #expect(cleaned.rows.count == right.rows.count)
        var (wrong, restored, untouched, harmed) = (0, 0, 0, 0)
        for (row, cells) in right.rows.enumerated() {
            for (column, header) in right.headers.enumerated() {
                let isGood = isSame(cleaned.rows[row][column], cells[column], header: header)
                if spoilt.rows[row][column] == cells[column] {
                    untouched += 1
                    harmed += isGood ? 0 : 1
                } else {
                    wrong += 1
                    restored += isGood ? 1 : 0
                }
            }
        }
        #expect(wrong > 100)
        #expect(restored * 100 >= wrong * 95, "\(restored) of \(wrong)")
        #expect(harmed == 0, "of \(untouched)")
    }

    @Test(arguments: tables) func theCleanedStaysAndTheSpoiltComesBack(table: String, region: String) throws {
        let data = try Data(contentsOf: Self.spoilt.appending(path: "\(table)-400-spoilt.csv"))
        try folder.write("in.csv", data)
        try folder.strata("clean", "in.csv", "--out", "out", "--region", region)
        try folder.strata("clean", "out/customers.csv", "--out", "again", "--region", region)
        #expect(folder.data("again/customers.csv") == folder.data("out/customers.csv"))
        #expect(ResultFile(folder.data("again/ledger.csv")).rows.isEmpty)
        try folder.strata("clean", "--undo", "out", "--out", "back.csv")
        #expect(folder.data("back.csv") == data)
    }
}
