import CustomerData
import Foundation
import Matching
import Statistics
import Testing

/// Records that are easily taken for one, or not.
@Suite struct HardCaseTests {
    /// So many people of no consequence, each once, so that a model can be estimated.
    static func crowd(_ count: Int, from first: Int = 0) -> [String] {
        let given = [
            "Anna", "Boris", "Carla", "Derek", "Erwin", "Fiona", "Gustav", "Heidi", "Ivan", "Jutta", "Klaus", "Lotte",
            "Marek", "Nadja", "Otto", "Petra", "Quentin", "Rosa", "Stefan", "Tanja", "Ulrich", "Vera", "Wanda",
        ]
        let family = [
            "Adler", "Brandt", "Claussen", "Dietrich", "Ebner", "Fischer", "Gruber", "Hartmann", "Iversen", "Jansen",
            "Keller", "Lindner", "Moser", "Neumann", "Oswald", "Pichler", "Quast", "Richter", "Schuster", "Thaler",
            "Unger", "Vogt", "Winkler", "Xander", "Ziegler", "Aumann", "Bergmann", "Cordes", "Dorn",
        ]
        return (first..<(first + count)).map { number in
            var generator = SeededGenerator(seed: UInt64(number))
            let name = given[generator.index(below: given.count)]
            let surname = family[generator.index(below: family.count)]
            let day = Day(number: Int32(-9000 + generator.index(below: 20000)))
            return
                "p\(number),\(name),\(surname),\(day),+49 30 \(1_000_000 + number * 7919 % 8_999_999),"
                + "\(number % 97 + 1) \(family[number * 11 % family.count])weg"
        }
    }

    static let header = "id,given_name,family_name,birth_date,phone,address"

    /// The same people once more, with a slip in each: what the model learns from.
    static func duplicates(_ count: Int) -> [String] {
        crowd(count).map { line in
            var cells = line.components(separatedBy: ",")
            cells[0] = "d" + cells[0]
            let place = Int(cells[0].dropFirst(2)) ?? 0
            switch place % 4 {
            case 0: cells[1] = String(cells[1].dropLast())
            case 1: cells[2] += "s"
            case 2: cells[5] = cells[5].uppercased()
            default: cells[4] = ""
            }
            return cells.joined(separator: ",")
        }
    }

    static let base = [header] + crowd(500) + duplicates(60)

    func groups(_ further: [String]) throws -> [[String]] {
        let records = try MatchedTable(HardCaseTests.base + further)
        return records.groups(try records.result())
    }

    @Test func duplicatesWithASlipAreFound() throws {
        let groups = try groups([])
        #expect(groups.count == 60)
        #expect(groups.allSatisfy { $0.count == 2 && "d" + $0[1] == $0[0] || "d" + $0[0] == $0[1] })
    }

    @Test func twinsStayTwo() throws {
        let found = try groups([
            "t1,Mathilda,Obermoser,1984-03-07,+49 30 7776661,12 Lerchenweg",
            "t2,Leopold,Obermoser,1984-03-07,+49 30 7776662,12 Lerchenweg",
        ])
        #expect(!found.contains { $0.contains("t1") && $0.contains("t2") })
    }

    @Test func fatherAndSonStayTwo() throws {
        let found = try groups([
            "f1,Leopold,Obermoser,1951-08-21,+49 30 7776661,12 Lerchenweg",
            "f2,Leopold,Obermoser,1984-03-07,+49 30 7776662,12 Lerchenweg",
        ])
        #expect(!found.contains { $0.contains("f1") && $0.contains("f2") })
    }

    @Test func aFamilyWithOnePhoneStaysApart() throws {
        let family = [
            "a1,Leopold,Obermoser,1951-08-21,+49 30 7776661,12 Lerchenweg",
            "a2,Mathilda,Obermoser,1953-01-02,+49 30 7776661,12 Lerchenweg",
            "a3,Kunibert,Obermoser,1984-03-07,+49 30 7776661,12 Lerchenweg",
        ]
        let found = try groups(family)
        #expect(!found.contains { $0.contains { $0.hasPrefix("a") } })
    }

    @Test func anOfficeAddressJoinsNobody() throws {
        let office = HardCaseTests.crowd(40, from: 700).map { line in
            line.components(separatedBy: ",").dropLast().joined(separator: ",") + ",1 Bahnhofplatz"
        }
        let found = try groups(office)
        #expect(found.count == 60)
    }

    @Test func aRecordOfANameAloneJoinsNobody() throws {
        let found = try groups(["n1,Anna,Brandt,,,", "n2,Anna,,,,"])
        #expect(!found.contains { $0.contains("n1") || $0.contains("n2") })
    }

    @Test func nobodyIsTwiceWhereNobodyIs() throws {
        let records = try MatchedTable([HardCaseTests.header] + HardCaseTests.crowd(400))
        #expect(records.groups(try records.result()).isEmpty)
    }

    @Test func equalRecordsAreOne() throws {
        let lines = (0..<300).map { "e\($0),Leopold,Obermoser,1951-08-21,+49 30 7776661,12 Lerchenweg" }
        let records = try MatchedTable([HardCaseTests.header] + lines)
        let result = try records.result()
        #expect(result.entities.count == 1)
        #expect(result.pairs.count == 299)
    }

    @Test func aConstantColumnSaysNothing() throws {
        let constant = HardCaseTests.base.enumerated().map {
            $0.offset == 0 ? $0.element + ",country" : $0.element + ",DE"
        }
        let records = try MatchedTable(constant)
        let result = try records.result()
        #expect(records.groups(result).count == 60)
        let column = try #require(result.model.columns.first { $0.name == "country" })
        #expect(column.weights[0].allSatisfy { abs($0) < 0.5 })
    }

    @Test func fiftyThousandPlaceholderPhonesJoinNobody() throws {
        var lines = [HardCaseTests.header]
        for number in 0..<50_000 {
            let day = Day(number: Int32(-12000 + number * 37 % 24000))
            lines.append(
                "q\(number),N\(number * 7919 % 99_991)ra,S\(number * 104_729 % 99_989)ky,\(day),000 000 0001,\(number) Road"
            )
        }
        let records = try MatchedTable(lines)
        let result = try records.result()
        #expect(records.groups(result).count < 50)
    }

    @Test func oneNameInThreeScripts() throws {
        let records = try MatchedTable(
            [HardCaseTests.header] + HardCaseTests.crowd(400) + HardCaseTests.duplicates(40) + [
                "c1,国藩,曾,1971-04-05,13800001111,", "c2,Guofan,Zeng,1971-04-05,13800001111,",
                "c3,GUO-FAN,ZENG,1971-04-05,13800001111,", "i1,محمد,رضایی,1980-02-03,09121112222,",
                "i2,Mohammad,Rezaei,1980-02-03,09121112222,", "i3,محمد,رضايي,1980-02-03,۰۹۱۲۱۱۱۲۲۲۲,",
            ])
        let groups = records.groups(try records.result())
        #expect(groups.contains(["c1", "c2", "c3"]))
        #expect(groups.contains(["i1", "i2", "i3"]))
    }

    @Test(arguments: [1, 3]) func threadsAndTheOrderOfRowsChangeNothing(threads: Int) throws {
        var generator = SeededGenerator(seed: UInt64(threads))
        let rows = Array(HardCaseTests.base.dropFirst())
        let plain = try MatchedTable(HardCaseTests.base)
        let shuffled = try MatchedTable([HardCaseTests.header] + rows.shuffled(using: &generator))
        let (first, second) = (try plain.result(), try shuffled.result(threads: threads))
        #expect(first.entities.entities == second.entities.entities)
        #expect(first.pairs == second.pairs)
        #expect(first.thresholds == second.thresholds)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(try encoder.encode(first.model) == encoder.encode(second.model))
    }
}
