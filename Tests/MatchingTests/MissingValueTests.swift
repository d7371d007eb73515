import CustomerData
import Statistics
import Testing

@testable import Matching

/// What a missing value says is decided by the data.
@Suite struct MissingValueTests {
    /// Persons, each in two sources, with a slip in the second; `phone` says whether a record of a source has one.
    static func twoSources(_ count: Int, seed: UInt64, phone: (_ isSecond: Bool, inout SeededGenerator) -> Bool)
        -> [String]
    {
        var generator = SeededGenerator(seed: seed, stream: 1)
        let first = HardCaseTests.crowd(count, from: Int(seed) * 10_000)
        let second = first.enumerated().map { place, line in
            var cells = line.components(separatedBy: ",")
            cells[0] = "d" + cells[0]
            switch place % 3 {
            case 0: cells[1] = String(cells[1].dropLast())
            case 1: cells[2] += "s"
            default: cells[5] = cells[5].uppercased()
            }
            return cells.joined(separator: ",")
        }
        let lines = (first + second).map { line in
            var cells = line.components(separatedBy: ",")
            if !phone(cells[0].hasPrefix("d"), &generator) { cells[4] = "" }
            return cells.joined(separator: ",")
        }
        return [HardCaseTests.header] + lines
    }

    @Test(arguments: [1, 2, 3]) func aSourceThatNeverHoldsAPhoneIsASign(seed: UInt64) throws {
        // Whoever is twice is in both sources: in a true pair one phone is missing, among others one, none or both.
        let records = try MatchedTable(MissingValueTests.twoSources(300, seed: seed) { isSecond, _ in isSecond })
        let result = try records.result()
        let column = try #require(result.model.columns.first { $0.name == "phone" })
        let missing = try #require(column.missing)
        #expect(missing.isEvidence)
        #expect(column.missingMeaning == "evidence")
        // One of 600 is without in one of two: log2(1 / 0.5); both are never without.
        #expect(abs(missing.bits.one - 1) < 0.1)
        #expect(missing.bits.both < -3)
        #expect(abs(missing.u.one - 0.5) < 0.05)
        // The bits are in the waterfall.
        let pair = try #require(result.pairs.first { MatchModel.missingState($0.pattern, 3) == 1 })
        let matcher = try Matcher(records.table, Matcher.Options(), parallel: Parallel(threads: 1))
        #expect(abs(Double(matcher.waterfall(pair, result.model)[4]) - missing.bits.one) < 0.001)
        #expect(records.groups(result).count >= 295)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6]) func phonesMissingAtRandomSayNothing(seed: UInt64) throws {
        let records = try MatchedTable(
            MissingValueTests.twoSources(300, seed: seed) { _, generator in generator.index(below: 10) >= 3 })
        let result = try records.result()
        let column = try #require(result.model.columns.first { $0.name == "phone" })
        let missing = try #require(column.missing)
        #expect(!missing.isEvidence)
        #expect(column.missingMeaning == "no evidence")
        #expect(missing.bits.all == [0, 0, 0])
        #expect(abs(missing.m.present - missing.u.present) < 0.1)
        #expect(result.model.columns.first { $0.name == "given_name" }?.missing == nil)
    }

    @Test func whatIsMissingTogetherCountsOnce() throws {
        var lines = MissingValueTests.twoSources(300, seed: 4) { isSecond, _ in isSecond }
        lines = lines.enumerated().map { place, line in
            var cells = line.components(separatedBy: ",")
            if place > 0, cells[4].isEmpty { cells[5] = "" }
            return cells.joined(separator: ",")
        }
        let model = try MatchedTable(lines).result().model
        let missing = model.columns.filter { $0.name == "phone" || $0.name == "address" }.compactMap(\.missing)
        #expect(missing.count == 2)
        #expect(missing.count(where: \.isEvidence) == 1)
        #expect(missing.compactMap(\.countsIn).count == 1)
    }

    @Test func equalSharesAreNoGainAndOthersAre() {
        var sums = MissingEvidence.Sums()
        for half in 0..<2 {
            for (state, share) in [0.5, 0.4, 0.1].enumerated() {
                sums[half, 0, state] = 200 * share
                sums[half, 1, state] = 10_000 * share
            }
        }
        #expect(!MissingEvidence.isEvidence(gain: MissingEvidence.finding(sums, recordCount: 5000).gain))
        // What one half has and the other has not, does not hold.
        var half = sums
        half[0, 0, 1] += 100
        #expect(!MissingEvidence.isEvidence(gain: MissingEvidence.finding(half, recordCount: 5000).gain))
        for half in 0..<2 { sums[half, 0, 1] += 100 }
        #expect(MissingEvidence.isEvidence(gain: MissingEvidence.finding(sums, recordCount: 5000).gain))
    }
}
