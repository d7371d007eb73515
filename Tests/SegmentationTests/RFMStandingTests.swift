import CustomerData
import Statistics
import Testing

@testable import Segmentation

/// A score's neighbours are what the model itself scores there.
@Suite struct RFMStandingTests {
    /// A model of random customers.
    func model(_ seed: UInt64, _ binning: RFM.Binning) throws -> (RFMModel, PurchaseHistory) {
        var random = SeededGenerator(seed: seed)
        let history = PurchaseHistory(orders: PurchaseHistory.random(&random, customerCount: 60))
        let rfm = RFM(try .init(binning: binning, horizonDays: 10))
        return (try rfm.fit(history, asOf: Day(number: 31)), history)
    }

    /// The score of the values by the model, of a customer of their own.
    func scored(_ model: RFMModel, recency: Int64, orders: Int64, value: Int128) -> RFMResult {
        let last = 31 - Int32(recency)
        let rows = (0..<orders).map { TestOrder("x", last, $0 == 0 ? Int64(value) - 10_000 * (orders - 1) : 10_000) }
        return model.score(PurchaseHistory(orders: rows), asOf: Day(number: 31))
    }

    @Test(arguments: [RFM.Binning.independent, .nested], 1...6 as ClosedRange<UInt64>)
    func aStepLeadsToItsScoreAndNoShorterOneDoes(_ binning: RFM.Binning, _ seed: UInt64) throws {
        let (model, history) = try model(seed, binning)
        let result = model.score(history, asOf: Day(number: 31))
        let values = result.values
        for row in 0..<values.count where values.frequency[row] > 0 {
            let recency = values.recency[row]
            let standing = model.standing(
                recencyDays: recency, frequency: values.frequency[row],
                monetary: Money(tenThousandths: values.monetary[row]),
                tenureDays: Int64(31 - values.firstPurchases[row]))
            #expect(standing.recency.score == Int(result.recencyScores[row]))
            #expect(standing.frequency.score == Int(result.frequencyScores[row]))
            #expect(standing.monetary.score == Int(result.monetaryScores[row]))
            #expect(standing.segment.name == model.map.segments[Int(result.segments[row])].name)
            if let better = standing.recency.better, better.value >= 0 {
                let one = scored(model, recency: better.value, orders: 1, value: 10_000)
                #expect(Int(one.recencyScores[0]) == better.score && better.score > standing.recency.score)
                #expect(standing.recency.least == better.value + 1)
            }
            if let worse = standing.recency.worse {
                let one = scored(model, recency: worse.value, orders: 1, value: 10_000)
                #expect(Int(one.recencyScores[0]) == worse.score && worse.score < standing.recency.score)
                #expect(standing.recency.greatest == worse.value - 1)
            }
            if let better = standing.frequency.better {
                let one = scored(model, recency: recency, orders: better.value, value: 1_000_000)
                #expect(Int(one.frequencyScores[0]) == better.score && better.score > standing.frequency.score)
                #expect(standing.frequency.greatest == better.value - 1)
            }
            if let better = standing.monetary.better, values.frequency[row] == 1 {
                let one = scored(model, recency: recency, orders: 1, value: better.value)
                #expect(Int(one.monetaryScores[0]) == better.score && better.score > standing.monetary.score)
                let short = scored(model, recency: recency, orders: 1, value: better.value - 100)
                #expect(Int(short.monetaryScores[0]) == standing.monetary.score)
            }
        }
    }

    @Test func aGuardIsNamed() throws {
        let model = try RFM(.init(map: .eleven)).fit(RealHistories.cdnow, asOf: Day(number: 10_408))
        let result = model.score(RealHistories.cdnow, asOf: Day(number: 10_408))
        let values = result.values
        var guarded = 0
        for row in stride(from: 0, to: values.count, by: 7) where values.frequency[row] > 0 {
            let standing = model.standing(
                recencyDays: values.recency[row], frequency: values.frequency[row],
                monetary: Money(tenThousandths: values.monetary[row]),
                tenureDays: Int64(10_408 - values.firstPurchases[row]))
            #expect(standing.segment.name == model.map.segments[Int(result.segments[row])].name)
            if standing.isGuarded {
                guarded += 1
                #expect(standing.cellSegment.condition?.otherwise == standing.segment.id)
            }
        }
        #expect(guarded > 0)
    }
}
