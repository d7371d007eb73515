import Statistics
import Testing

@testable import Matching

/// Emails made of names tell nothing that the names have not told, however many records lack one.
@Suite struct NamesakeTests {
    /// Persons of few names whose emails are made of these, two in five without one; one in ten is on record twice.
    private func lines() -> [String] {
        let given = ["anna", "emma", "john", "mark", "paul", "sara", "tom", "zoe", "rosa", "liam"]
        let family = ["smith", "jones", "brown", "white", "green", "evans", "hall", "king", "wood", "cole"]
        var generator = SeededGenerator(seed: 5)
        var lines = ["id,given_name,family_name,email,phone,birth_date"]
        for person in 0..<1500 {
            let (first, last) = (given[person * 7 % 10], family[(person / 10) * 3 % 10])
            let email = person % 5 < 2 ? "" : "\(first).\(last)\(1000 + person * 37 % 9000)@mail\(person % 7).example"
            let phone = person % 5 == 4 ? "" : "+4474\(10_000_000 + person * 6_151)"
            let (year, month) = (Int.random(in: 50...99, using: &generator), Int.random(in: 1...9, using: &generator))
            let birth = "19\(year)-0\(month)-\(Int.random(in: 10...28, using: &generator))"
            lines.append("a\(person),\(first),\(last),\(email),\(phone),\(birth)")
            if person % 10 == 0 { lines.append("b\(person),\(first),\(last)s,\(email),\(phone),\(birth)") }
        }
        return lines
    }

    @Test func namesakesStayApart() throws {
        let records = try MatchedTable(lines())
        let result = try records.result()
        let found = records.accuracy(result) { row in String(records.table.name(of: row).dropFirst()) }
        #expect(found.precision > 0.97 && found.recall > 0.9, "\(found)")
    }
}
