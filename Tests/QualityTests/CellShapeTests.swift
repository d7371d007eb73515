import CKernels
import CustomerData
import Foundation
import Statistics
import Testing

@testable import Quality

/// Reading cells by their shapes tells what looking at every byte tells.
@Suite struct CellShapeTests {
    private static let pieces = [
        "a", "B", "z", "Q7", "0", "00", "19", "1900", "2024", "-01", "-12", "-30", "-", "/", ".", ",", " ", "  ", "@",
        "+", "(",
        ")", "&amp;", "<b>", "=", "x@y.org", ".de", "USD", "1e5", "0000", "n/a", "Test", "unknown", "9999", "12345678",
        "30/",
        "é", "ی", "上海", "１", "\t", "13800138000", "4444444", "1234567", "DE", "11010519491231002X", "0012345679",
        "2024-02-29", "1899-12-30", "9999-12-31", "1403-01-31", "1900-01-01", "2100-01-01", "12.50",
    ]

    /// Cells of one to five pieces each; a few are long.
    private func cells(_ count: Int, seed: UInt64) -> [String] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let length = random.index(below: 40) == 0 ? 30 : 1 + random.index(below: 5)
            return (0..<length).map { _ in CellShapeTests.pieces[random.index(below: CellShapeTests.pieces.count)] }
                .joined()
        }
    }

    private func classString(_ cell: String) -> [UInt8] {
        cell.utf8.map { byte in
            switch byte {
            case 48...57: UInt8(ascii: "9")
            case 65...90: UInt8(ascii: "A")
            case 97...122: UInt8(ascii: "a")
            default: byte
            }
        }
    }

    @Test func cellsHaveOneClassWhenTheirClassStringsAreEqual() {
        var cells = Array(Set(cells(20_000, seed: 1)))
        cells += [String(repeating: "x", count: 64), String(repeating: "x", count: 65)]
        let classes = TableText.withBlock(0, cells.map { [$0] }, columns: 1) { block -> [UInt64] in
            var classes = [UInt64](repeating: 1, count: cells.count)
            strata_cell_classes(
                block.text, UnsafeRawPointer(block.column(0)).assumingMemoryBound(to: UInt32.self), cells.count,
                &classes)
            return classes
        }
        var known: [[UInt8]: UInt64] = [:]
        for (cell, found) in zip(cells, classes) {
            let isPlain = !cell.isEmpty && cell.utf8.count <= 64 && cell.utf8.allSatisfy { $0 < 0x80 }
            #expect((found != 0) == isPlain)
            if isPlain { #expect(known.updateValue(found, forKey: classString(cell)) ?? found == found) }
        }
        #expect(Set(known.values).count == known.count && known.count > 1000)
    }

    /// A column's tally, patterns and folded forms as JSON and as they are.
    private func reading(
        _ header: String, _ samples: [String], _ blocks: [[String]], usesShapes: Bool
    ) throws -> (profile: Data, folded: [UInt64], sums: [Double]) {
        let plan = ColumnPlan(header: header, samples: samples)
        let reader = ColumnReader(plan, usesShapes: usesShapes)
        let (values, scratch) = (BlockValues(), CellScratch())
        var (texts, patterns, folded, sums) = (FrequentTexts(), FrequentTexts(), [UInt64](), [Double]())
        for (number, cells) in blocks.enumerated() {
            var findings = BlockFindings()
            TableText.withBlock(number, cells.map { [$0] }, columns: 1) { block in
                scratch.reserve(block.rowCount)
                values.fill(block, column: 0)
                reader.read(block, column: 0, values, scratch, into: &findings)
                folded += (0..<values.count).map { plan.isIdentity ? 0 : scratch.folded[$0] }
            }
            texts.merge(findings.values[0])
            patterns.merge(findings.patterns[0])
            sums += [findings.sums[0].sum, findings.sums[0].squares]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let profile = ColumnProfile(plan, reader.tally, values: texts, patterns: patterns, sum: 1, squares: 1)
        return (try encoder.encode(profile), folded, sums)
    }

    @Test(arguments: [
        ("x", ["abc", "12"]), ("amount", ["12.50", "1,200.00"]), ("amount", ["1.200,00", "3,5"]),
        ("country", ["DE", "France"]),
        ("order_date", ["20240101", "20240102"]), ("order_date", ["13/01/2024", "02/03/2024"]),
        ("phone", ["+49 170 1"]),
        ("customer_id", ["C1", "C2"]), ("name", ["Anna", "Na"]), ("date", ["1403/01/02"]),
    ])
    func shapesChangeNothing(header: String, samples: [String]) throws {
        // The first block has more shapes than are kept; the second meets some of them again.
        let blocks = [
            cells(6000, seed: 2), Array(cells(6000, seed: 2).prefix(2000)) + cells(500, seed: 3), ["1", "00000"],
        ]
        let whole = try reading(header, samples, blocks, usesShapes: false)
        let byShape = try reading(header, samples, blocks, usesShapes: true)
        #expect(byShape.profile == whole.profile)
        #expect(byShape.folded == whole.folded)
        #expect(byShape.sums == whole.sums)
    }
}
