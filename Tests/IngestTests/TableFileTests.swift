import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("The form of a file") struct TableFileTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func refusal(_ bytes: [UInt8], name: String = "orders.csv") throws -> Problem? {
        let path = try folder.file(bytes, name: name)
        return problem { _ = try TableFile(path: path).everyRecord() }
    }

    @Test(arguments: ["", "\n", "\r\n\n  \t\n", "\u{FEFF}"])
    func `An empty file`(text: String) throws {
        let found = try refusal(Array(text.utf8))
        #expect(found?.kind == .data)
        #expect(found?.description.hasSuffix("orders.csv is empty: expected a header line and rows") == true)
        let packed = try refusal(packed(Array(text.utf8)))
        #expect(packed == found)
    }

    @Test(arguments: ["a,b,c", "a,b,c\n", "\n\na,b,c\r\n\r\n", "\u{FEFF}a,b\n", "\"a\nb\",c\n"])
    func `A header only`(text: String) throws {
        let found = try refusal(Array(text.utf8))
        #expect(found?.kind == .data)
        #expect(found?.description.hasSuffix("orders.csv has a header line and no rows") == true)
    }

    @Test func `A binary file`() throws {
        let picture: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x81,
        ]
        let archive = Array("PK".utf8) + [3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0, 0x8D, 0x9D]
        var random = SeededGenerator(seed: 1)
        let noise = (0..<5000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for bytes in [picture, archive, noise, Array("a,b\n1,\0\n".utf8)] {
            let found = try refusal(bytes)
            #expect(found?.kind == .data)
            #expect(
                found?.description.hasSuffix("is a binary file: expected delimited text (CSV), plain or gzip") == true)
        }
    }

    @Test func `A quote that is never closed, in every part of the file`() throws {
        let rows = (0..<60_000).map { "C\($0),2024-01-01,1.50\n" }
        for (place, line) in [(0, 2), (3, 5), (30_000, 30_002), (59_999, 60_001)] {
            var changed = rows
            changed[place] = "\"\(rows[place])"
            let found = try refusal(Array(("customer,date,amount\n" + changed.joined()).utf8))
            #expect(found?.kind == .data)
            #expect(
                found?.description.hasSuffix(
                    "line \(line): a quoted field opens here and is never closed: close it, or remove the quote")
                    == true)
        }
        #expect(
            try refusal(Array("\"customer,date\n1,2\n".utf8))?.description.contains("line 1: a quoted field") == true)
    }

    @Test func `A sample that ends in a quoted newline`() throws {
        // The first MiB ends in the middle of a field of many lines.
        let note = String(repeating: "a line of text\n", count: 8000)
        let rows = (0..<20).map { "\($0),\"\(note)\"\n" }
        let file = try TableFile(path: folder.file("id,note\n" + rows.joined()))
        #expect(file.headers == ["id", "note"])
        #expect(try file.everyRecord().count == 21)
    }

    @Test func `A row and a header that are longer than the sample`() throws {
        let long = String(repeating: "x", count: 1_500_000)
        let file = try TableFile(path: folder.file("id,note\n1,\(long)\n2,y\n"))
        #expect(file.headers == ["id", "note"])
        #expect(try file.everyRecord()[1][1].count == 1_500_000)
        #expect(
            try refusal(Array("id,\(long)\n1,2\n".utf8))?.description.contains("line 1: the header line is longer")
                == true)
    }

    @Test func `A text whose first line is a whole story has no roles, and a wide table has columns`() throws {
        let story = String(repeating: "the customer of the order ", count: 20_000)
        let file = try TableFile(path: folder.file("\(story),date\n1,2\n"))
        let found = problem { _ = try file.roles(as: .transactions, overrides: [:]) }
        #expect(found?.kind == .data)
        #expect((found?.description.count ?? 0) < 1000)
        let headers = (0..<3000).map { "customer feature \($0)" }
        let row = headers.map { _ in "1" }.joined(separator: ",")
        let wide = try TableFile(path: folder.file("\(headers.joined(separator: ",")),amount\n\(row),7\n"))
        #expect(try wide.roles(as: .customers, overrides: [.customer: "#1"])[.customer] == 0)
    }

    @Test(arguments: [
        ("a,b,c\n1,2,3\n", ","), ("a;b;c\n1;2;3\n", ";"), ("a|b|c\n1|2|3\n", "|"), ("a\tb\tc\n1\t2\t3\n", "TAB"),
        // Decimal commas, and commas in a header.
        ("id;datum;betrag\n1;2024-01-01;2,50\n2;2024-01-02;3,75\n", ";"),
        ("id;name, first;amount\n1;x;2,50\n2;y;3,75\n", ";"),
        // Delimiters in quotes.
        ("\"a;b\",\"c;d;e\"\n\"1;2\",\"3;4\"\n", ","), ("a|\"b,c,d\"\n1|\"2,3,4\"\n5|\"6,7,8\"\n", "|"),
        ("\"a\tb\";c\n\"1\t2\";3\n", ";"),
        // Text with commas, not in every row.
        ("id\ttext\n1\tone, two, three\n2\tfour\n", "TAB"),
        // One column.
        ("id\n1\n2\n", ","),
    ])
    func `The delimiter is detected`(text: String, delimiter: String) throws {
        #expect(try TableFile(path: folder.file(text)).dialect.delimiterName == delimiter)
    }

    @Test func `A delimiter that a person names is taken`() throws {
        let path = try folder.file("a,b;c\n1,2;3\n")
        for (name, count) in [
            (",", 2), ("comma", 2), (";", 2), ("semicolon", 2), ("|", 1), ("bar", 1), ("TAB", 1), ("\\t", 1),
        ] {
            let delimiter = try Dialect.delimiter(named: name)
            #expect(try TableFile(path: path, options: .init(delimiter: delimiter)).headers.count == count)
        }
        #expect(
            problem { _ = try Dialect.delimiter(named: "::") }
                == Problem(.usage, "--delimiter must be one of , ; | TAB; got ::"))
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `Line endings`(ending: String) throws {
        let lines = ["customer,note,amount", "1,\"a line\nand another\",5", "", "2,x,6"]
        for last in [ending, ""] {
            let file = try TableFile(path: folder.file(lines.joined(separator: ending) + last))
            #expect(file.headers == ["customer", "note", "amount"])
            #expect(file.samples == [["1", "a line\nand another", "5"], ["2", "x", "6"]])
            #expect(try file.everyRecord().filter { $0 != [""] } == [file.headers] + file.samples)
        }
    }

    @Test func `Line feeds in quoted cells of a file whose lines end in carriage returns`() throws {
        let file = try TableFile(path: folder.file("id\r\"\n\n\"\r\"a\nb\"\rc"))
        #expect(try file.everyRecord() == [["id"], ["\n\n"], ["a\nb"], ["c"]])
        // Every line feed is quoted by a quote that is never closed: then the quote is what is wrong.
        let open = problem { _ = try TableFile(path: folder.file("\"id,x\r\n1,2\r\n")) }
        #expect(open?.description.contains("line 1: a quoted field opens here") == true)
    }

    @Test func `Blank lines before the header`() throws {
        let file = try TableFile(path: folder.file("\n\r\n\ncustomer,amount\n\n1,5\n"))
        #expect(file.headers == ["customer", "amount"])
        #expect(file.samples == [["1", "5"]])
        let rows = try #require(try rowsOfText(file))
        #expect(rows == [["1", "5"]])
    }

    private func rowsOfText(_ file: TableFile) throws -> [[String]]? {
        var rows: [[String]] = []
        try file.forEachTextBlock(parallel: Parallel(threads: 2)) { text in
            (0..<text.count).map { row in text.cells(ofRow: row).map { String(decoding: $0, as: UTF8.self) } }
        } commit: {
            rows += $0
        }
        return rows
    }

    @Test func `Rows as text, in their order, and a row of other fields refused by its line`() throws {
        let rows = (0..<30_000).map { ["\($0)", "a \"\($0)\"", ""] }
        let text = rows.map { "\($0[0]),\"\($0[1].replacing("\"", with: "\"\""))\",\($0[2])\n" }.joined()
        #expect(try rowsOfText(TableFile(path: folder.file("a,b,c\n" + text))) == rows)
        #expect(try rowsOfText(TableFile(path: folder.file("a\n1\n\n2\n"))) == [["1"], ["2"]])
        let path = try folder.file("a,b,c\n" + text + "1,2\n")
        #expect(
            problem { _ = try rowsOfText(TableFile(path: path)) }
                == Problem(.data, "\(path) line 30002: 2 fields where the header has 3"))
    }

    @Test func `The first problem of the file is told, whoever finds one first`() throws {
        let file = try TableFile(path: folder.file("a\n" + String(repeating: "word\n", count: 600_000)))
        struct Found: Error { let block: Int }
        for threads in 1...4 {
            for _ in 0..<5 {
                var committed = 0
                let found = #expect(throws: Found.self) {
                    try file.forEachBlock(parallel: Parallel(threads: threads)) { block, _, _ in
                        if block.number == 4 || block.number > 6 { throw Found(block: block.number) }
                        return block.number
                    } commit: { number, _ in
                        #expect(number == committed)
                        committed += 1
                    }
                }
                #expect(found?.block == 4)
                #expect(committed == 4)
            }
        }
    }
}
