import CustomerData
import Foundation
import Statistics
import Testing

@testable import Ingest

@Suite("Reading tables of numbers") struct FeatureTableReaderTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func read(_ text: String, columns: [String]? = nil, id: String? = nil, threads: Int = 2) throws
        -> FeatureTable
    {
        try FeatureTableReader.read(
            TableFile(path: folder.file(text, name: "t.csv")), columns: columns, id: id,
            parallel: Parallel(threads: threads))
    }

    @Test func `Columns of numbers, and the id by its header`() throws {
        let table = try read("x,customer_id,y\n1,a,2.5\n\n-3e2,b,NA\n\"4\",c,\n")
        #expect(table.columns.map(\.name) == ["x", "y"])
        #expect(table.idName == "customer_id")
        #expect(table.rowCount == 3)
        #expect(table.values.asDoubles[..<3] == [1, 2.5, -300])
        #expect(table.values.asDoubles[3].isNaN && table.values.asDoubles[4] == 4 && table.values.asDoubles[5].isNaN)
        #expect(table.ids?[2] == "c")
        let chosen = try read("x,name,y\n1,\"a \"\"q\"\"\",2\n", columns: ["y", "x", "y"], id: "name")
        #expect(chosen.values.asDoubles == [2, 1, 2])
        #expect(chosen.ids?[0] == "a \"q\"")
        #expect(try read("x\n1\n\n2\n").values.asDoubles == [1, 2])
        let plain = try read("x,ID\n1,7\n2,8\n")
        #expect(plain.idName == "ID" && plain.columns.map(\.name) == ["x"] && plain.ids?[1] == "8")
    }

    @Test func `Columns of words beside numbers, their categories ascending by bytes`() throws {
        let cells = ["z", "\"é, b\"", ""]
        let rows: [String] = (0..<50_000).map { row in "c\(row),\(row),\(cells[row % 3])" }
        let path = try folder.file((["customer_id,x,town"] + rows).joined(separator: "\n"), name: "w.csv")
        for threads in [1, 3] {
            let (numbers, categories) = try FeatureTableReader.read(
                TableFile(path: path), columns: nil, categories: ["town"], id: nil, parallel: Parallel(threads: threads)
            )
            #expect(numbers.columns.map(\.name) == ["x"])
            #expect(numbers.values.asDoubles == (0..<50_000).map(Double.init))
            #expect(numbers.ids?.count == 50_000)
            #expect(categories.map(\.name) == ["town"])
            #expect(categories[0].labels == ["", "z", "é, b"])
            let codes: [UInt32] = [1, 2, 0]
            #expect(categories[0].codes == (0..<50_000).map { row in codes[row % 3] })
        }
        let only = try FeatureTableReader.read(
            TableFile(path: path), columns: [], categories: ["town", "customer_id"], id: nil,
            parallel: Parallel(threads: 2))
        #expect(only.numbers.rowCount == 50_000 && only.numbers.columns.isEmpty && only.numbers.ids == nil)
        #expect(only.categories[1].labels.count == 50_000)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `A cell that is no number is named by line and column`(ending: String) throws {
        let lines = ["x,y", "1,2"] + (0..<40_000).map { "\($0),\"\($0).5\"" } + ["7,seven", "8,9"]
        let path = "\(folder.path)/t.csv"
        for threads in [1, 3] {
            #expect(
                problem { _ = try read(lines.joined(separator: ending), threads: threads) }
                    == Problem(
                        .data,
                        "\(path) line 40003: column \"y\": expected a number; leave the column out with --columns"))
            #expect(
                problem { _ = try read((lines.dropLast(2) + ["1,2,3"]).joined(separator: ending), threads: threads) }
                    == Problem(.data, "\(path) line 40003: 3 fields where the header has 2"))
        }
    }

    @Test func `Columns that are not there, or hold no number`() throws {
        let path = "\(folder.path)/t.csv"
        #expect(
            problem { _ = try read("x,y\n1,2\n", columns: ["z"]) }
                == Problem(.usage, "--columns z: \(path) has no such column; its columns are x, y"))
        #expect(problem { _ = try read("x,y\n1,2\n", id: "z") }?.kind == .usage)
        let words = problem { _ = try read("x,colour,size\n1,red,big\n") }
        #expect(words?.description.contains("no numbers in columns \"colour\", \"size\"") == true)
        #expect(problem { _ = try read("customer_id\na\n") }?.description.contains("has no column of numbers") == true)
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `Decimal numbers are read to the nearest double`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789".utf8)
        for _ in 0..<20_000 {
            var text = random.index(below: 3) == 0 ? Array("-".utf8) : []
            for _ in 0..<random.index(below: 20) { text.append(alphabet[random.index(below: 10)]) }
            if random.index(below: 4) > 0 {
                text.append(UInt8(ascii: "."))
                for _ in 0..<random.index(below: 12) { text.append(alphabet[random.index(below: 10)]) }
            }
            if random.index(below: 8) == 0 { text += Array("e\(random.index(below: 60) - 30)".utf8) }
            // strtod of the C library is correctly rounded.
            let expected: Double? = String(decoding: text, as: UTF8.self).withCString { start in
                var end: UnsafeMutablePointer<CChar>?
                let value = strtod(start, &end)
                return end.map { $0 - UnsafeMutablePointer(mutating: start) } == text.count && !text.isEmpty
                    ? value : nil
            }
            let found = text.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.flatMap { DecimalNumber.parse($0, bytes.count) }
            }
            #expect(found == expected, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test func `The same table for any number of threads`() throws {
        var random = SeededGenerator(seed: 2)
        let text = "a,b\n" + (0..<60_000).map { "\($0),\(random.unit())\n" }.joined()
        let tables = try [1, 2, 5].map { try read(text, threads: $0) }
        for table in tables { #expect(table.values.asDoubles == tables[0].values.asDoubles) }
        #expect(tables[0].rowCount == 60_000)
    }
}
