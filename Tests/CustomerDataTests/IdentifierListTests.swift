import CustomerData
import Statistics
import Testing

@Suite("Lists of identifiers") struct IdentifierListTests {
    @Test func `Identifiers come back as they went in`() {
        let ids = ["", "a", "", "مشتری", "客户 1", String(repeating: "x", count: 1000), ""]
        let list = IdentifierList(ids)
        #expect(list.count == ids.count)
        #expect((0..<list.count).map { list[$0] } == ids)
        #expect((0..<list.count).map { list.withBytes(at: $0) { Array($0) } } == ids.map { Array($0.utf8) })
        list.withStorage { bytes, ends in
            #expect(bytes.elementsEqual(ids.joined().utf8))
            #expect(ends.last == bytes.count && ends.count == ids.count)
        }
        #expect(IdentifierList().count == 0)
        #expect(IdentifierList().firstIndex(of: "") == nil)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `An ascending list finds what it has and nothing else`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func word() -> String {
            String(
                (0..<random.index(below: 4)).map { _ in ["a", "b", "é", "z", "\u{1F600}"][random.index(below: 5)] }
                    .joined())
        }
        let ids = Set((0..<60).map { _ in Array(word().utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
        var list = IdentifierList()
        for id in ids { list.append(id) }
        for (position, id) in ids.enumerated() {
            #expect(list.firstIndex(of: String(decoding: id, as: UTF8.self)) == position)
        }
        for _ in 0..<200 {
            let wanted = word()
            #expect(list.firstIndex(of: wanted) == ids.firstIndex(of: Array(wanted.utf8)))
        }
    }

    @Test func `Attributes of customers are found by id`() {
        let customers = Customers(
            ids: IdentifierList(["b", "x", "a"]),
            attributes: [.init(name: "age", cells: IdentifierList(["2", "9", ""]))])
        #expect(customers.cells(customers.attributes[0], for: IdentifierList(["a", "b", "c"])) == ["", "2", ""])
    }
}
