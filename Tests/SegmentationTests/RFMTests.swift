import CustomerData
import Foundation
import Segmentation
import Statistics
import Testing

/// A map of two digits for any number of bins, with a segment a recency score.
func plainMap(bins: Int) throws -> SegmentMap {
    try SegmentMap(
        name: "plain", title: "A segment a recency score", bins: bins, scores: [.recency, .frequency],
        segments: (1...bins).map { recency in
            let separator = bins > 9 ? "-" : ""
            return .init(id: "s\(recency)", names: ["en": "S\(recency)"], cells: ["\(recency)\(separator)[1-\(bins)]"])
        })
}

@Suite struct RFMTests {
    let asOf = Day(number: 40)

    /// 1 + the number of cuts below the value, cuts found by counting: cut i is the smallest value that at least
    /// i / bins of the values don't exceed.
    func scores(_ values: [Int128], bins: Int) -> [UInt8] {
        let cuts = (1..<bins).compactMap { i in
            values.filter { value in values.count { $0 <= value } * bins >= i * values.count }.min()
        }
        return values.map { value in UInt8(1 + cuts.count { $0 < value }) }
    }

    /// As `scores`, within each group of equal keys.
    func scores(_ values: [Int128], within groups: [Int], bins: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: values.count)
        for group in Set(groups) {
            let members = groups.indices.filter { groups[$0] == group }
            for (member, score) in zip(members, scores(members.map { values[$0] }, bins: bins)) {
                result[member] = score
            }
        }
        return result
    }

    @Test(arguments: 2...10) func scoresAreTheirDefinition(bins: Int) throws {
        var random = SeededGenerator(seed: UInt64(bins))
        for customerCount in [1, 2, 3, 7, 20, 300] {
            let history = PurchaseHistory(orders: PurchaseHistory.random(&random, customerCount: customerCount))
            for binning in RFM.Binning.allCases {
                let rfm = RFM(try .init(binning: binning, map: plainMap(bins: bins)))
                let result = try rfm.fit(history, asOf: asOf).score(history, asOf: asOf)
                let recency = scores(result.values.recency.map { -Int128($0) }, bins: bins)
                let orders = result.values.frequency.map { Int128($0) }
                #expect(result.recencyScores == recency)
                if binning == .independent {
                    #expect(result.frequencyScores == scores(orders, bins: bins))
                    #expect(result.monetaryScores == scores(result.values.monetary, bins: bins))
                } else {
                    let frequency = scores(orders, within: recency.map { Int($0) }, bins: bins)
                    #expect(result.frequencyScores == frequency)
                    let cells = zip(recency, frequency).map { Int($0) * 100 + Int($1) }
                    #expect(result.monetaryScores == scores(result.values.monetary, within: cells, bins: bins))
                }
                #expect(result.segments == recency.map { UInt16($0) - 1 })
            }
        }
    }

    @Test func valuesAreTheirDefinition() {
        let history = PurchaseHistory(orders: [
            ("b", 10, 20_000), ("a", 12, 10_000), ("b", 10, 15_000), ("b", 35, 100), ("c", 41, 70_000), ("d", 3, 0),
        ])
        let values = RFMValues(of: history, asOf: asOf)
        let none = PurchaseHistory.noDay
        #expect(values.firstPurchases == [12, 10, none, 3])
        #expect(values.lastPurchases == [12, 35, none, 3])
        #expect(values.recency == [28, 5, .min, 37])
        #expect(values.frequency == [1, 3, 0, 1])
        #expect(values.monetary == [10_000, 35_100, 0, 0])
        // 3.51 / 3 = 1.17.
        #expect(values.averageOrder == [10_000, 11_700, .min, 0])
    }

    @Test func averagesRoundHalfToEven() {
        for (sum, count, average) in [(500, 2, 200), (700, 2, 400), (-500, 2, -200), (1000, 3, 300), (2000, 3, 700)] {
            // Amounts in hundredths, so that averages are multiples of 100 ten-thousandths.
            let orders = (0..<count).map { ("a", Int32($0), $0 == 0 ? Int64(abs(sum)) : 0) as TestOrder }
            let returns: [TestOrder] = sum < 0 ? [("a", 5, 2 * Int64(sum))] : []
            let values = RFMValues(of: PurchaseHistory(orders: orders, returns: returns, rule: .net), asOf: asOf)
            #expect(values.averageOrder == [Int128(average)])
        }
    }

    @Test func whatWasTakenBackIsNoPurchase() {
        let orders: [TestOrder] = [("a", 1, 50_000), ("a", 5, 30_000), ("b", 2, 10_000), ("c", 3, 0), ("c", 4, 0)]
        let reversals: [(order: Int, day: Int32, value: Int64)] = [
            (0, 6, 20_000), (0, 7, 30_000), (1, 8, 10_000), (2, 30, 10_000), (3, 9, 0),
        ]
        let history = PurchaseHistory(orders: orders, reversals: reversals, returns: [("b", 3, -99), ("z", 3, -5)])
        func values(_ day: Int32) -> RFMValues { RFMValues(of: history, asOf: Day(number: day)) }
        // Order 0 in part, then wholly; order 1 in part; b's only order after day 20; c's first, free order.
        #expect(values(6).frequency == [2, 1, 2, 0])
        #expect(values(6).monetary == [60_000, 10_000, 0, 0])
        #expect(values(20).frequency == [1, 1, 1, 0])
        #expect(values(20).firstPurchases == [5, 2, 4, PurchaseHistory.noDay])
        #expect(values(20).monetary == [20_000, 10_000, 0, 0])
        #expect(values(30).frequency == [1, 0, 1, 0])
        #expect(values(30).monetary == [20_000, 0, 0, 0])
    }

    @Test func netSubtractsReturnsFromMoneyAlone() {
        let history = PurchaseHistory(
            orders: [("a", 1, 50_000), ("a", 5, 30_000)],
            returns: [("a", 6, -50_000), ("a", 9, -40_000), ("z", 2, -7)],
            rule: .net)
        let values = RFMValues(of: history, asOf: Day(number: 8))
        #expect(values.frequency == [2, 0])
        #expect(values.monetary == [30_000, -7])
        #expect(RFMValues(of: history, asOf: Day(number: 9)).monetary == [-10_000, -7])
    }

    @Test func aCustomerWithoutAPurchaseTakesNoPartAndHasEmptyCells() throws {
        let orders: [TestOrder] = [("a", 1, 10_000), ("b", 2, 20_000), ("d", 3, 5)]
        let history = PurchaseHistory(
            orders: orders, reversals: [(2, 4, 5)], returns: [("c", 3, -100)], prospects: ["p"])
        let model = try RFM(.init()).fit(history, asOf: asOf)
        let result = model.score(history, asOf: asOf)
        #expect(model.cuts == (try RFM(.init()).fit(PurchaseHistory(orders: Array(orders[..<2])), asOf: asOf)).cuts)
        #expect(result.recencyScores == [1, 3, 0, 0, 0])
        #expect(result.segments[2...] == [RFMResult.noSegment, RFMResult.noSegment, RFMResult.noSegment])
        #expect(result.customerCount == 2)
        let table = result.table(of: history)
        #expect(table.rowCount == 4)
        guard case .identifiers(let ids)? = table.column("customer_id")?.values,
            case .categories(let segments, let labels)? = table.column("segment")?.values,
            case .days(let days)? = table.column("last_purchase")?.values,
            case .categories(let scores, _)? = table.column("r")?.values,
            case .categories(let cells, let cellLabels)? = table.column("rfm")?.values,
            case .integers(let frequency)? = table.column("frequency")?.values
        else {
            Issue.record("a column is missing")
            return
        }
        #expect((0..<ids.count).map { ids[$0] } == ["a", "b", "c", "d"])
        #expect(
            segments[..<2].allSatisfy { Int($0) < labels.count }
                && segments[2...].allSatisfy { Int($0) >= labels.count })
        #expect(scores[2...] == [.max, .max] && days[2...] == [PurchaseHistory.noDay, PurchaseHistory.noDay])
        #expect(cells[2...].allSatisfy { Int($0) >= cellLabels.count } && frequency == [1, 1, 0, 0])
    }

    @Test func theTableHasTheColumnsPromised() throws {
        let history = PurchaseHistory(orders: [("a", 1, 10_000)])
        let table = try RFM(.init()).fit(history, asOf: asOf).score(history, asOf: asOf).table(of: history)
        // The header of rfm.csv as the documentation states it.
        #expect(
            table.columns.map(\.name).joined(separator: ",")
                == "customer_id,first_purchase,last_purchase,recency_days,frequency,monetary,average_order,r,f,m,rfm,segment"
        )
    }

    @Test func moreThanNineBinsAreJoinedWithAMinus() throws {
        let history = PurchaseHistory(orders: (0..<10).map { ("c\($0)", Int32($0), Int64($0)) })
        let result = try RFM(.init(map: plainMap(bins: 10))).fit(history, asOf: asOf).score(history, asOf: asOf)
        guard case .categories(let cells, let labels)? = result.table(of: history).column("rfm")?.values else {
            Issue.record("no column rfm")
            return
        }
        #expect(cells.map { labels[Int($0)] } == (1...10).map { "\($0)-1-\($0)" })
        #expect(labels.count == 1000)
    }

    @Test func rowOrderMeansNothing() throws {
        var random = SeededGenerator(seed: 5)
        let orders = PurchaseHistory.random(&random, customerCount: 200)
        for binning in RFM.Binning.allCases {
            let rfm = RFM(try .init(binning: binning))
            let history = PurchaseHistory(orders: orders)
            let shuffled = PurchaseHistory(orders: orders.shuffled(using: &random))
            let (a, b) = (try rfm.fit(history, asOf: asOf), try rfm.fit(shuffled, asOf: asOf))
            #expect(a == b)
            #expect(a.score(history, asOf: asOf).segments == b.score(shuffled, asOf: asOf).segments)
        }
    }

    @Test func threadsMeanNothing() throws {
        let history = PurchaseHistory.cdnow
        let day = Day(number: 10_408)
        for binning in RFM.Binning.allCases {
            let rfm = RFM(try .init(binning: binning, map: .eleven))
            let model = try rfm.fit(history, asOf: day, parallel: Parallel(threads: 1))
            let result = model.score(history, asOf: day, parallel: Parallel(threads: 1))
            for threads in [2, 3, 7] {
                let parallel = Parallel(threads: threads)
                #expect(try rfm.fit(history, asOf: day, parallel: parallel) == model)
                let other = model.score(history, asOf: day, parallel: parallel)
                #expect(other.segments == result.segments && other.monetaryScores == result.monetaryScores)
                #expect(other.values.monetary == result.values.monetary)
            }
        }
    }

    @Test(arguments: RFM.Binning.allCases) func aModelReadsBack(binning: RFM.Binning) throws {
        var random = SeededGenerator(seed: 6)
        let history = PurchaseHistory(orders: PurchaseHistory.random(&random, customerCount: 50))
        let model = try RFM(.init(binning: binning, horizonDays: 17, map: .eleven)).fit(history, asOf: asOf)
        let json = try JSONEncoder().encode(model)
        let read = try JSONDecoder().decode(RFMModel.self, from: json)
        #expect(read == model)
        #expect(read.score(history, asOf: asOf).segments == model.score(history, asOf: asOf).segments)
    }

    @Test func aDamagedModelIsRefused() throws {
        let history = PurchaseHistory(orders: [("a", 1, 10_000), ("b", 2, 30_000)])
        let json = String(
            decoding: try JSONEncoder().encode(try RFM(.init()).fit(history, asOf: asOf)), as: UTF8.self)
        for (from, to) in [
            ("\"1.0000\"", "\"1.00\""), ("\"3.0000\"", "\"0.5000\""), ("\"bins\":5", "\"bins\":4"),
            ("[39,39,38,38]", "[39,39,38]"), ("[39,39,38,38]", "[38,39,38,38]"), ("independent", "nested"),
            ("\"horizonDays\":90", "\"horizonDays\":0"), ("1970-02-10", "1970-02-30"),
        ] {
            #expect(json.contains(from), "\(from)")
            #expect(throws: (any Error).self, "\(from) as \(to)") {
                try JSONDecoder().decode(RFMModel.self, from: Data(json.replacing(from, with: to).utf8))
            }
        }
    }

    @Test func newDataIsScoredByTheModelsCuts() throws {
        let training = PurchaseHistory(orders: (0..<5).map { ("c\($0)", Int32($0 * 5), Int64($0) * 10_000) })
        for binning in RFM.Binning.allCases {
            let model = try RFM(.init(binning: binning)).fit(training, asOf: asOf)
            let later: [TestOrder] = [("old", 0, 1), ("x", 100, 9_000_000), ("x", 110, 9_000_000), ("y", 82, 15_000)]
            let result = model.score(PurchaseHistory(orders: later), asOf: Day(number: 111))
            // Cuts at 40, 35, 30 and 25 days; the customers are at 111, 1 and 29.
            #expect(result.recencyScores == [1, 5, 4])
            #expect(result.frequencyScores == [1, 5, 1])
            #expect(result.monetaryScores[1] == 5)
        }
    }

    @Test func anEmptyNestedGroupHasTheCutsOfTheNextLowerScore() throws {
        // All of one recency: scores 2 to 5 are empty, and a later customer can only score 5.
        let training = PurchaseHistory(
            orders: (1...5).flatMap { customer in
                (0..<customer).map { _ in ("c\(customer)", 20, Int64(customer) * 10_000) }
            })
        let model = try RFM(.init(binning: .nested)).fit(training, asOf: asOf)
        #expect(model.cuts.recency == [20, 20, 20, 20])
        #expect(model.cuts.frequency == Array(repeating: [1, 2, 3, 4], count: 5))
        #expect(model.cuts.monetary[20] == model.cuts.monetary[0] && model.cuts.monetary[24] == model.cuts.monetary[4])
        let later: [TestOrder] = [("x", 30, 10_000), ("x", 30, 10_000), ("x", 30, 10_000)]
        let result = model.score(PurchaseHistory(orders: later), asOf: asOf)
        #expect((result.recencyScores, result.frequencyScores) == ([5], [3]))
    }

    @Test func optionsThatDontGoTogetherAreRefused() {
        func sentence(_ options: () throws -> RFM.Options) -> String? {
            do {
                _ = try options()
                return nil
            } catch { return (error as? Problem).map { "\($0.kind.rawValue) \($0)" } }
        }
        #expect(sentence { try .init(bins: 1) } == "64 RFM.bins must be in 2...10; got 1")
        #expect(sentence { try .init(bins: 11) } == "64 RFM.bins must be in 2...10; got 11")
        #expect(sentence { try .init(horizonDays: 0) } == "64 RFM.horizonDays must be in 1...; got 0")
        #expect(
            sentence { try .init(bins: 4) }
                == "64 the segment map rfm-two-digit is for 5 bins; 4 bins need a map of their own (--map)")
        #expect(sentence { try .init(bins: 4, map: plainMap(bins: 4)) } == nil)
    }

    @Test func nothingToScoreIsAProblem() throws {
        let rfm = RFM(try .init())
        for history in [PurchaseHistory(orders: []), PurchaseHistory(orders: [("a", 50, 1)])] {
            #expect(throws: Problem(.data, "no customer has a purchase as of 1970-02-10: there is nothing to score")) {
                try rfm.fit(history, asOf: asOf)
            }
        }
    }

    @Test func hugeMoneyIsExact() throws {
        let orders: [TestOrder] = [("a", 1, .max), ("a", 2, .max), ("b", 1, .max), ("b", 2, .max - 1), ("c", 1, 1)]
        let history = PurchaseHistory(orders: orders, decimals: 4)
        let result = try RFM(.init()).fit(history, asOf: asOf).score(history, asOf: asOf)
        #expect(result.values.monetary == [Int128(Int64.max) * 2, Int128(Int64.max) * 2 - 1, 1])
        #expect(result.values.averageOrder[0] == Int128(Int64.max))
        #expect(result.monetaryScores == [4, 2, 1])
    }
}
