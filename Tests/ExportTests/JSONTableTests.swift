import CustomerData
import Export
import Foundation
import Testing

@Suite struct JSONTableTests {
    private let table = ResultTable(
        name: "t",
        columns: [
            .init("id", .identifiers(IdentifierList(["a\"b\\c\n", "数\u{1}"]))),
            .init("day", .days([19_802, PurchaseHistory.noDay])), .init("count", .integers([-5, .min])),
            .init("paid", .money([123_456, .min], decimals: 2)), .init("share", .fixed([0.25, .nan], decimals: 4)),
            .init("real", .reals([0.1, .infinity])), .init("label", .categories([1, 9], labels: ["x", "y"])),
            .init("ok", .flags([true, false])), .init("text", .texts(["", "é"])),
        ])

    @Test func cellsAreThoseOfCSVAndReadBack() throws {
        let bytes = JSONTable.bytes(of: table)
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
        #expect(rows.count == 2)
        #expect(rows[0]["id"] as? String == "a\"b\\c\n" && rows[1]["id"] as? String == "数\u{1}")
        #expect(rows[0]["day"] as? String == "2024-03-20" && rows[1]["day"] is NSNull)
        #expect(rows[0]["count"] as? Int == -5 && rows[1]["count"] is NSNull)
        #expect(rows[0]["paid"] as? String == "12.35" && rows[1]["paid"] is NSNull)
        #expect(rows[0]["share"] as? Double == 0.25 && rows[1]["share"] is NSNull)
        #expect(rows[0]["real"] as? Double == 0.1 && rows[1]["real"] is NSNull)
        #expect(rows[0]["label"] as? String == "y" && rows[1]["label"] is NSNull)
        #expect(rows[0]["ok"] as? Bool == true && rows[1]["ok"] as? Bool == false)
        #expect(rows[0]["text"] as? String == "" && rows[1]["text"] as? String == "é")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"share\": 0.2500,") && text.hasSuffix("}\n]\n"))
    }

    @Test func noRowsAreAnEmptyArray() {
        let empty = ResultTable(name: "t", columns: [.init("x", .integers([]))])
        #expect(String(decoding: JSONTable.bytes(of: empty), as: UTF8.self) == "[]\n")
    }
}
