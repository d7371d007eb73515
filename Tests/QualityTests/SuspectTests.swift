import CustomerData
import Statistics
import Testing

@testable import Quality

/// Wrong cells that were planted, found without a rule.
@Suite struct SuspectTests {
    private let headers = ["id", "name", "city", "country"]

    /// People of three countries whose names are written in the scripts of these.
    private func people(_ count: Int) -> [[String]] {
        var random = SeededGenerator(seed: 4)
        let countries = [
            ("GB", ["London", "Leeds", "Bristol"], ["Anna", "Ben", "Carol", "Daniel"]),
            ("IR", ["تهران", "شیراز", "مشهد"], ["سارا", "علی", "مینا"]), ("CN", ["上海", "北京", "广州"], ["敏", "伟", "芳"]),
        ]
        return (0..<count).map { row in
            let (country, cities, names) = countries[random.index(below: 3)]
            return ["C\(row)", names[random.index(below: names.count)], cities[random.index(below: 3)], country]
        }
    }

    private func search(_ rows: [[String]], budget: Int) -> [Suspect] {
        let search = SuspectSearch(headers: headers, samples: Array(rows.prefix(1000)))
        search.commit(TableText.withBlock(0, rows, columns: headers.count) { search.read($0) }, firstLine: 2)
        return search.suspects(budget: budget, parallel: Parallel(threads: 2))
    }

    @Test func whatNothingSpeaksAgainstIsNotListed() {
        #expect(search(people(2000), budget: 50).isEmpty)
    }

    @Test func plantedCellsComeFirst() throws {
        var rows = people(2000)
        func first(_ city: String, after row: Int) throws -> Int {
            try #require(rows.indices.first { $0 > row && rows[$0][2] == city })
        }
        let planted = try [
            (first("London", after: 100), 2, "Lоndon", Suspect.Reason.spelling),
            (first("London", after: 200), 2, "Lndon", .spelling),
            (first("上海", after: 300), 2, "海上", .spelling), (first("تهران", after: 400), 2, "London", .unlikely),
            (first("北京", after: 500), 1, "Min", .unlikely), (first("Leeds", after: 600), 2, "unknown", .hidden),
        ]
        for (row, column, text, _) in planted { rows[row][column] = text }
        let found = search(rows, budget: planted.count)
        #expect(Set(found.map { "\($0.row) \($0.column)" }) == Set(planted.map { "\($0.0) \($0.1)" }))
        let usual = Dictionary(uniqueKeysWithValues: found.map { ($0.row, $0.usual) })
        #expect(usual[planted[0].0] == "London" && usual[planted[1].0] == "London" && usual[planted[2].0] == "上海")
        for (row, _, _, reason) in planted where reason == .hidden || reason == .unlikely {
            #expect(found.first { $0.row == row }?.reason == reason)
        }
        #expect(
            found.allSatisfy { $0.line == $0.row + 2 }
                && zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
    }

    @Test func rowsBeyondTheLimitAreCountedAndNotSearched() {
        let rows = people(500)
        let search = SuspectSearch(headers: headers, samples: rows, cellLimit: 4 * 300)
        for (number, part) in [rows[..<200], rows[200..<400], rows[400...]].enumerated() {
            search.commit(
                TableText.withBlock(number, Array(part), columns: headers.count) { search.read($0) },
                firstLine: 2 + number * 200)
        }
        #expect(search.rowCount == 300 && search.rowsBeyond == 200)
        #expect(search.suspects(budget: 10, parallel: Parallel(threads: 1)).allSatisfy { $0.row < 300 })
    }
}
