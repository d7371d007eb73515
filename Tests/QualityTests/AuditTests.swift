import CustomerData
import Statistics
import Testing

@testable import Quality

/// Cells drawn for a person, and what the marks say.
@Suite struct AuditTests {
    private func draw(_ rows: [[String]], size: Int, seed: UInt64 = 1) throws -> AuditSample {
        let sample = try AuditSample(size: size, seed: seed, columnCount: rows[0].count)
        for (number, begin) in stride(from: 0, to: rows.count, by: 100).enumerated() {
            let part = Array(rows[begin..<min(rows.count, begin + 100)])
            sample.commit(
                TableText.withBlock(number, part, columns: rows[0].count) { sample.draw($0) }, firstLine: begin + 2)
        }
        return sample
    }

    @Test func everyColumnHasAsManyCells() throws {
        let rows = (0..<1000).map { ["\($0)", $0 % 2 == 0 ? "x\($0)" : "-", $0 < 3 ? "y" : ""] }
        let sample = try draw(rows, size: 60)
        let counts = Dictionary(sample.cells.map { ($0.column, 1) }, uniquingKeysWith: +)
        #expect(counts == [0: 20, 1: 20, 2: 3] && sample.filled == [1000, 500, 3])
        for cell in sample.cells { #expect(rows[cell.line - 2][cell.column] == cell.text) }
        #expect(try draw(rows, size: 60, seed: 2).cells.map(\.line) != sample.cells.map(\.line))
        #expect(throws: Problem.self) { try draw(rows, size: 0) }
    }

    /// Over many seeds each row is drawn about as often as any other.
    @Test func cellsHaveTheSameChance() throws {
        let rows = (0..<300).map { ["\($0)"] }
        var halves = [0, 0]
        for seed in 0..<60 {
            for cell in try draw(rows, size: 20, seed: UInt64(seed)).cells { halves[cell.line - 2 < 150 ? 0 : 1] += 1 }
        }
        // 1200 draws, standard deviation 17.
        #expect(halves[0] + halves[1] == 1200 && abs(halves[0] - 600) < 70)
    }

    @Test func marksBecomeSharesWithTheirInterval() throws {
        func marks(_ column: String, _ cells: Int, _ right: Int, _ wrong: Int) throws -> [AuditResult.Mark] {
            try (0..<(right + wrong)).map {
                try .init(column: column, columnCells: String(cells), mark: $0 < right ? "Right" : "w", place: "row")
            }
        }
        let result = try AuditResult(
            of: marks("a", 900, 9, 1) + marks("b", 100, 5, 5)
                + [.init(column: "b", columnCells: "100", mark: "?", place: "row")])
        #expect(abs(result.accuracy - (0.9 * 0.9 + 0.1 * 0.5)) < 1e-12 && result.unmarked == 1)
        #expect(result.columns.map(\.marked) == [10, 10] && result.columns.map(\.right) == [9, 5])
        // Kish: 1 / (0.9² / 10 + 0.1² / 10).
        let size = 10 / (0.81 + 0.01)
        let interval = WilsonInterval(share: result.accuracy, size: size)
        #expect(abs(result.interval[0] - interval.low) < 1e-12)
        #expect(throws: Problem.self) { try AuditResult(of: []) }
        #expect(throws: Problem.self) {
            try AuditResult.Mark(column: "a", columnCells: "1", mark: "perhaps", place: "row")
        }
    }
}
