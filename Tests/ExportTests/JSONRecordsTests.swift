import CustomerData
import Export
import Foundation
import Testing

@Suite struct JSONRecordsTests {
    @Test func everyKindOfValueIsReadBack() throws {
        let table = ResultTable(
            name: "t",
            columns: [
                .init("text \"1\"", .texts(["a,\"b\"\\\n\u{1}", ""])),
                .init("id", .identifiers(IdentifierList(["۱", "\"x\""]))),
                .init("whole", .integers([-3, .min])), .init("real", .reals([0.1, .nan])),
                .init("money", .money([-12_345, .min], decimals: 2)),
                .init("fixed", .fixed([0.125, .nan], decimals: 2)),
                .init("day", .days([0, PurchaseHistory.noDay])),
                .init("kind", .categories([1, 9], labels: ["p", "q, r"])),
                .init("flag", .flags([true, false])),
            ])
        let text = JSONRecords().text(of: table)
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(rows.count == 2)
        #expect(rows[0]["text \"1\""] as? String == "a,\"b\"\\\n\u{1}" && rows[1]["id"] as? String == "\"x\"")
        #expect(rows[0]["whole"] as? Int == -3 && rows[0]["real"] as? Double == 0.1)
        #expect(rows[0]["money"] as? Double == -1.23 && rows[0]["fixed"] as? Double == 0.12)
        #expect(rows[0]["day"] as? String == "1970-01-01" && rows[0]["kind"] as? String == "q, r")
        #expect(rows[0]["flag"] as? Bool == true && rows[1]["flag"] as? Bool == false)
        for name in ["whole", "real", "money", "fixed", "day", "kind"] { #expect(rows[1][name] is NSNull, "\(name)") }
        #expect(JSONRecords().text(of: ResultTable(name: "t", columns: [.init("a", .texts([]))])) == "[]\n")
    }
}
