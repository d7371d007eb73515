import CustomerData
import Export
import Statistics
import Testing

@Suite struct CSVWriterTests {
    func text(_ table: ResultTable, _ mode: CSVWriter.Mode = .machine, rows: [Int]? = nil) -> String {
        String(decoding: CSVWriter(mode: mode).bytes(of: table, rows: rows), as: UTF8.self)
    }

    func column(_ values: ResultTable.Values) -> [String] {
        let table = ResultTable(name: "t", columns: [.init("a", values), .init("b", values)])
        return text(table).split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(cells.count == 2 && cells[0] == cells[1])
            return String(cells[0])
        }
    }

    @Test func everyKindOfColumnHasItsBytes() {
        let table = ResultTable(
            name: "t",
            columns: [
                .init("id", .identifiers(IdentifierList(["007", "a,b", "say \"hi\"", ""]))),
                .init("day", .days([0, 19_802, PurchaseHistory.noDay, -719_528])),
                .init("count", .integers([0, -7, .min, .max])),
                .init("money", .money([12_345, -50, .min, 1_000_000], decimals: 2)),
                .init("real", .reals([0.1, 1, .nan, 1e16])),
                .init("fixed", .fixed([0.125, -0.001, .nan, 2.5], decimals: 2)),
                .init("label", .categories([0, 1, 2, 1], labels: ["x", "y;z"])),
                .init("flag", .flags([true, false, true, false])),
                .init("text, free", .texts(["two\nlines", "آرمان", "金额", "cr\r"])),
            ])
        #expect(
            text(table) == """
                id,day,count,money,real,fixed,label,flag,"text, free"
                007,1970-01-01,0,1.23,0.1,0.12,x,true,"two
                lines"
                "a,b",2024-03-20,-7,0.00,1,0.00,y;z,false,آرمان
                "say ""hi""\",,,,,,,true,金额
                ,0000-01-01,9223372036854775807,100.00,1e+16,2.50,y;z,false,"cr\r"

                """)
    }

    @Test func aTableOfOneColumnHasNoEmptyLine() {
        #expect(text(ResultTable(name: "t", columns: [.init("a", .texts(["", "x"]))])) == "a\n\"\"\nx\n")
    }

    @Test func aTableWithoutRowsIsItsHeader() {
        let empty = ResultTable(
            name: "t", columns: [.init("a", .integers([])), .init("b", .categories([], labels: []))])
        #expect(text(empty) == "a,b\n")
    }

    @Test func aSpreadsheetGetsAMarkLineEndsAndNoFormulas() {
        let cells = ["=1+1", "+4917", "-2", "-2.5", "-x", "@a", "\tb", "\rc", "＝1", "－5", "a=b", "=\"x\",y"]
        let table = ResultTable(
            name: "t",
            columns: [
                .init("=name", .texts(cells)), .init("n", .integers(cells.indices.map { -Int64($0) })),
                .init("k", .categories(cells.map { _ in 0 }, labels: ["@k"])),
            ])
        let expected = [
            "'=1+1", "'+4917", "-2", "-2.5", "'-x", "'@a", "'\tb", "\"'\rc\"", "'＝1", "'－5", "a=b", "\"'=\"\"x\"\",y\"",
        ]
        let lines = expected.enumerated().map { "\($1),\(-$0),'@k\r\n" }.joined()
        #expect(text(table, .spreadsheet) == "\u{FEFF}'=name,n,k\r\n" + lines)
    }

    @Test func namedRowsComeInTheirOrder() {
        let table = ResultTable(name: "t", columns: [.init("a", .integers([10, 11, 12]))])
        #expect(text(table, rows: [2, 0, 2]) == "a\n12\n10\n12\n")
        #expect(text(table, rows: []) == "a\n")
    }

    @Test func moneyIsRoundedAsMoneyItself() {
        var random = SeededGenerator(seed: 1)
        for decimals in 0...4 {
            var values: [Int128] = [0, 5, -5, 50, 150, -150, 5000, 15_000, Int128(Int64.max), Int128(Int64.min), .max]
            for shift in 0..<60 { values.append(Int128(Int64(truncatingIfNeeded: random.next()) >> shift)) }
            #expect(
                column(.money(values, decimals: decimals))
                    == values.map { Money(tenThousandths: $0).formatted(decimals: decimals) })
        }
    }

    @Test func daysAreWrittenAsTheyDescribeThemselves() {
        let days = stride(from: Int32(-719_528), through: 2_932_896, by: 997).map { $0 }
        #expect(column(.days(days)) == days.map { Day(number: $0).description })
    }

    @Test func realsReadBackToTheSameNumber() {
        var random = SeededGenerator(seed: 2)
        var values: [Double] = [
            0, -0.0, 0.1, -0.3, 1e15, 1e17, .leastNonzeroMagnitude, 1.7976931348623157e308, .infinity, 123.4567,
        ]
        for _ in 0..<2000 {
            values.append(Double(bitPattern: random.next()))
            values.append(Double(random.index(below: 1_000_000_000)) / 10_000)
            values.append(random.unit())
        }
        values.removeAll { $0.isNaN }
        for (cell, value) in zip(column(.reals(values)), values) {
            #expect(Double(cell)?.bitPattern == value.bitPattern, "\(cell)")
            let description = value.description
            #expect(cell == (description.hasSuffix(".0") ? String(description.dropLast(2)) : description))
        }
    }

    @Test func fixedDecimalsRoundTheExactValueHalfToEven() {
        // The expected cells are Python 3's "%.*f", which rounds the exact binary value half to even.
        let cases: [(Double, Int, String)] = [
            (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.675, 2, "2.67"),
            (1.005, 2, "1.00"), (1.115, 2, "1.11"), (0.285, 2, "0.28"),
            (1234567890123.125, 2, "1234567890123.12"), (0.00005, 4, "0.0001"), (0.00015, 4, "0.0001"),
            (-0.004, 2, "0.00"), (-1234567890123.0, 1, "-1234567890123.0"), (99.995, 2, "100.00"),
            (0.1, 17, "0.10000000000000001"),
        ]
        for (value, decimals, cell) in cases {
            #expect(column(.fixed([value], decimals: decimals)) == [cell], "\(value) with \(decimals)")
        }
        #expect(column(.fixed([.infinity, -.infinity], decimals: 1)) == ["inf", "-inf"])
    }

    @Test func bytesAreTheSameForAnyThreads() {
        var random = SeededGenerator(seed: 3)
        let count = 30_001
        let table = ResultTable(
            name: "t",
            columns: [
                .init("id", .identifiers(IdentifierList((0..<count).map { _ in String(random.next(), radix: 36) }))),
                .init("real", .reals((0..<count).map { _ in random.unit() })),
            ])
        let bytes = CSVWriter(parallel: Parallel(threads: 1)).bytes(of: table)
        for threads in [2, 3, 8] { #expect(CSVWriter(parallel: Parallel(threads: threads)).bytes(of: table) == bytes) }
        #expect(bytes.count { $0 == 10 } == count + 1)
    }

    /// A parser of RFC 4180 that shares nothing with the writer.
    func parse(_ text: String) -> [[String]] {
        var records: [[String]] = [[]]
        var cell = ""
        var quoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if quoted {
                if scalar != "\"" {
                    cell.unicodeScalars.append(scalar)
                } else if scalars.first == "\"" {
                    cell.unicodeScalars.append("\"")
                    scalars.removeFirst()
                } else {
                    quoted = false
                }
            } else if scalar == "\"" {
                quoted = true
            } else if scalar == "," || scalar == "\n" {
                records[records.count - 1].append(cell)
                cell = ""
                if scalar == "\n" { records.append([]) }
            } else {
                cell.unicodeScalars.append(scalar)
            }
        }
        records.removeLast()
        return records
    }

    @Test func whatIsWrittenIsRead() {
        let alphabet = ["\"", ",", "\n", "\r", "'", "=", " ", "a", "م", "金", ""]
        var random = SeededGenerator(seed: 4)
        func cells() -> [String] {
            (0..<500).map { _ in (0..<random.index(below: 6)).map { _ in alphabet[random.index(below: 11)] }.joined() }
        }
        let (first, second) = (cells(), cells())
        let table = ResultTable(
            name: "t", columns: [.init("a", .texts(first)), .init("b", .identifiers(IdentifierList(second)))])
        #expect(parse(text(table)) == [["a", "b"]] + zip(first, second).map { [$0, $1] })
    }
}
