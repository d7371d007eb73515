import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Encodings") struct EncodingTests {
    /// A table whose text does not stay in step with any size of buffer.
    private static func table(_ words: [String], rows: Int) -> (text: String, records: [[String]]) {
        var records = [["customer_id", "date", "amount", "name"]]
        for row in 0..<rows {
            let name = (0..<row % 5 + 1).map { words[(row + $0) % words.count] }.joined(separator: " ")
            records.append(["C\(row % 977)", "2024-01-0\(row % 9 + 1)", "\(row).25", name])
        }
        return (records.map { $0.joined(separator: ",") + "\r\n" }.joined(), records)
    }

    private static let words: [TextEncoding: [String]] = [
        .utf8: ["Müller", "客户", "مشتری", "€", "😀x"],
        .utf16LittleEndian: ["Müller", "客户", "مشتری", "€", "😀x", "plain words of ascii"],
        .utf16BigEndian: ["Müller", "客户", "مشتری", "€", "😀x", "plain words of ascii"],
        .gb18030: ["客户", "张伟", "数据挖掘", "㐂x", "订单A"],
        .windows1256: ["مشتري", "سلام", "تهران", "پرداخت"],
        .windows1252: ["Müller", "São", "café", "Zoë", "naïve €"],
    ]

    @Test(arguments: TextEncoding.allCases, [1, 3])
    func `Each encoding is detected, and its file read to the end`(encoding: TextEncoding, threads: Int) throws {
        let table = Self.table(try #require(Self.words[encoding]), rows: 40_000)
        let folder = try TestFolder()
        let file = try TableFile(path: folder.file(encoded(table.text, as: encoding.iconvName)))
        #expect(file.encoding == encoding)
        #expect(file.headers == table.records[0])
        #expect(try file.everyRecord(threads: threads) == table.records)
        // Packed, it is the same.
        let packed = try TableFile(path: folder.file(packed(encoded(table.text, as: encoding.iconvName)), name: "p"))
        #expect(packed.encoding == encoding)
        #expect(try packed.everyRecord(threads: threads) == table.records)
    }

    @Test(
        arguments: [
            (TextEncoding.utf8, [0xEF, 0xBB, 0xBF]), (.utf16LittleEndian, [0xFF, 0xFE]),
            (.utf16BigEndian, [0xFE, 0xFF]),
        ] as [(TextEncoding, [UInt8])])
    func `A byte order mark says the encoding and is no part of the header`(
        encoding: TextEncoding, mark: [UInt8]
    ) throws {
        // Chinese only: without the mark nothing would tell UTF-16.
        let table = "编号,姓名\n壹,张伟\n"
        let folder = try TestFolder()
        let path = try folder.file(mark + encoded(table, as: encoding.iconvName))
        let expected = [["编号", "姓名"], ["壹", "张伟"]]
        let file = try TableFile(path: path)
        #expect(file.encoding == encoding)
        #expect(file.headers == expected[0])
        #expect(try file.everyRecord() == expected)
        // The same when a person names it, and for UTF-16 whichever half of it they name.
        let names = encoding == .utf8 ? ["utf8"] : ["utf-16", "UTF-16LE", "utf-16be"]
        for name in names {
            let named = try TableFile(path: path, options: .init(encoding: TextEncoding(name: name)))
            #expect(named.encoding == encoding)
            #expect(try named.everyRecord() == expected)
        }
    }

    @Test(arguments: TextEncoding.allCases)
    func `An encoding that a person names is taken`(encoding: TextEncoding) throws {
        let folder = try TestFolder()
        let words = try #require(Self.words[encoding])
        let table = Self.table(words, rows: 3)
        let path = try folder.file(encoded(table.text, as: encoding.iconvName))
        let named = TextEncoding(name: encoding.rawValue.uppercased())
        #expect(named == encoding)
        #expect(try TableFile(path: path, options: .init(encoding: named)).everyRecord() == table.records)
    }

    @Test func `Lone accents before Latin letters and delimiters are no Chinese`() throws {
        let folder = try TestFolder()
        for table in [
            "id;sum\n1;2,50 €\n", "id|name|age\n1|René|5\n2|José|7\n", "id;n\n1;Müller\n2;Größe\n", "id,n\n1,caf\u{E9}",
            "id;n\n1;Größe\n",
        ] {
            let file = try TableFile(path: folder.file(encoded(table, as: "CP1252")))
            #expect(file.encoding == .windows1252)
        }
    }

    @Test func `Chinese with rarer characters before delimiters and Latin letters is Chinese`() throws {
        let folder = try TestFolder()
        // 喆 and 珺 have a second byte below 0x80 in GBK.
        let table = "编号|姓名|等级\n1|王喆|B\n2|李珺|喆A\n3|赵敏|普通\n"
        let file = try TableFile(path: folder.file(encoded(table, as: "GB18030")))
        #expect(file.encoding == .gb18030)
        #expect(file.headers == ["编号", "姓名", "等级"])
    }

    @Test func `A byte that is not UTF-8 behind the first MiB is named by its line`() throws {
        let folder = try TestFolder()
        var bytes = Array("customer_id,date,amount\n".utf8)
        for row in 0..<60_000 { bytes += Array("C\(row),2024-01-01,1.50\n".utf8) }
        bytes += Array("\"x\ny\",2024-01-01,2\nM\u{FC}ller,2024-01-01,2\n".utf8.map { $0 })
        bytes.append(contentsOf: try encoded("Müller,2024-01-01,1\n", as: "CP1252"))
        let path = try folder.file(bytes)
        for threads in [1, 3] {
            let found = problem { _ = try TableFile(path: path).everyRecord(threads: threads) }
            #expect(found?.kind == .data)
            // The header, 60,000 rows, one row of two lines, one more.
            #expect(found?.description.hasPrefix("\(path) line 60005: ") == true)
            #expect(found?.description.contains("--encoding") == true)
        }
        let named = try TableFile(path: path, options: .init(encoding: .windows1252))
        #expect(try named.everyRecord().last?[0] == "Müller")
    }

    @Test(
        arguments: [
            (TextEncoding.windows1252, [0x81]), (.gb18030, [0xFF]), (.gb18030, [0x81]),
            (.utf16LittleEndian, [0x00, 0xDC]), (.utf16LittleEndian, [0x41]),
        ] as [(TextEncoding, [UInt8])])
    func `Bytes that are not of the encoding are named by their line`(encoding: TextEncoding, bad: [UInt8]) throws {
        let folder = try TestFolder()
        for rows in [2, 90_000] {
            var text = "customer_id,date,amount\n"
            for row in 0..<rows { text += "C\(row),2024-01-01,1.5\n" }
            let path = try folder.file(encoded(text, as: encoding.iconvName) + bad)
            let found = problem {
                _ = try TableFile(path: path, options: .init(encoding: encoding)).everyRecord()
            }
            #expect(found?.kind == .data)
            #expect(
                found?.description.hasPrefix("\(path) line \(rows + 2): bytes that are not \(encoding.rawValue)")
                    == true)
        }
    }

    @Test(arguments: [
        "", "a", "é", "€uro", "😀", "\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}", "abcdefghijklmnopé", "\u{D7FF}\u{E000}",
    ])
    func `Text is UTF-8, and no proper prefix of a character is`(text: String) {
        let bytes = Array(text.utf8)
        bytes.withUnsafeBufferPointer { #expect(UTF8Check.firstInvalid($0, isWhole: true) == nil) }
        for length in 0..<bytes.count where String(validating: bytes[..<length], as: UTF8.self) == nil {
            Array(bytes[..<length]).withUnsafeBufferPointer {
                #expect(UTF8Check.firstInvalid($0, isWhole: true) != nil)
                #expect(UTF8Check.firstInvalid($0, isWhole: false) == nil)
            }
        }
    }

    @Test func `Every sequence of four bytes of interest is judged as Swift judges it`() {
        let interesting: [UInt8] = [
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
            0xF0,
            0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        var differing = 0
        for first in interesting {
            for second in interesting {
                for third in interesting {
                    for fourth in interesting {
                        let bytes = [first, second, third, fourth]
                        let isValid = String(validating: bytes, as: UTF8.self) != nil
                        let found = bytes.withUnsafeBufferPointer { UTF8Check.firstInvalid($0, isWhole: true) }
                        if isValid != (found == nil) { differing += 1 }
                    }
                }
            }
        }
        #expect(differing == 0)
    }
}
