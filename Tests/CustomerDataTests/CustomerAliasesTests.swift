import Testing

@testable import CustomerData

/// Customers on record under several ids go by one.
@Suite struct CustomerAliasesTests {
    /// A batch whose ids stand one behind the other in a text.
    private func withBatch<Result>(_ ids: [String], _ body: (TransactionBatch, Int) -> Result) -> Result {
        let text = Array(ids.joined().utf8) + [UInt8](repeating: 0, count: 8)
        return text.withUnsafeBufferPointer { bytes in
            let batch = TransactionBatch(columns: [])
            batch.removeAll(reserving: ids.count)
            if let base = bytes.baseAddress { batch.text = base }
            var start = 0
            for (row, id) in ids.enumerated() {
                batch.customers[row] = Span(start: start, length: id.utf8.count)
                start += id.utf8.count
            }
            batch.count = ids.count
            return body(batch, text.count)
        }
    }

    private func names(_ batch: TransactionBatch) -> [String] {
        (0..<batch.count).map { row in
            let span = batch.customers[row]
            return String(
                decoding: UnsafeBufferPointer(start: batch.text + Int(span.start), count: Int(span.length)),
                as: UTF8.self)
        }
    }

    @Test func idsOfAnyLengthFollow() {
        let long = String(repeating: "very-long-id-", count: 9)
        let aliases = CustomerAliases([("b", long), ("d", "a"), ("é", "e")])
        let ids = ["a", "b", "b", "c", "d", "é", "e\u{301}", "b", long]
        let (renamed, found) = withBatch(ids) { batch, extent in (batch.follow(aliases, extent: extent), names(batch)) }
        // By bytes: e with an accent behind it is another id.
        #expect(found == ["a", long, long, "c", "a", "e", "e\u{301}", long, long])
        #expect(renamed == 5 && aliases.count == 3)
    }

    @Test func withoutAliasesTheTextStays() {
        let aliases = CustomerAliases([(alias: String, id: String)]())
        let isSame = withBatch(["a", "b"]) { batch, extent in
            let text = batch.text
            return batch.follow(aliases, extent: extent) == 0 && batch.text == text
        }
        #expect(isSame)
    }
}
