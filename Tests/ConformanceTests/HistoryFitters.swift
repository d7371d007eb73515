import CustomerData
import Features
import Segmentation
import Statistics

/// Fitters of purchase histories share their data: customer i's orders, as (day, value in ten-thousandths).
protocol HistoryFitter: Fitter where Input == [[PlainOrder]] {}

/// An order by its day and its value in ten-thousandths.
struct PlainOrder: Sendable {
    let day: Int32
    let value: Int64
}

extension HistoryFitter {
    static var isSeeded: Bool { false }
    static var namesAreArbitrary: Bool { false }
    static var tooFewRows: (input: [[PlainOrder]], mentions: [String])? { nil }

    /// The date as of which histories are fitted.
    static var asOf: Day { Day(number: 10_720) }

    /// Two years of customers with rhythms of 5 to 60 days, some of whom have stopped.
    static func input(rowCount: Int) -> [[PlainOrder]] {
        var generator = SeededGenerator(seed: 42)
        return (0..<rowCount).map { row in
            let rhythm = 5 + row * 7 % 56
            let end = row % 3 == 0 ? 10_300 : 10_720
            var day = 10_000 + generator.index(below: 200)
            var orders: [PlainOrder] = []
            while day < end {
                orders.append(PlainOrder(day: Int32(day), value: Int64(1 + generator.index(below: 900)) * 10_000))
                day += 1 + generator.index(below: 2 * rhythm)
            }
            return orders
        }
    }

    static func reordered(_ input: [[PlainOrder]], _ order: [Int]) -> [[PlainOrder]] { order.map { input[$0] } }

    /// Days and money are whole numbers: there is no value that is no number.
    static func poisoned(_ input: [[PlainOrder]]) -> [[PlainOrder]]? { nil }

    /// The history of these customers.
    static func history(_ input: [[PlainOrder]]) -> PurchaseHistory {
        let orders = input.flatMap(\.self)
        let count = orders.count
        return PurchaseHistory(
            customers: IdentifierList(input.indices.map { String(1_000_000 + $0) }),
            orderStarts: input.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) },
            orderDays: orders.map(\.day), orderValues: orders.map(\.value),
            orderLines: [UInt32](repeating: 1, count: count),
            orderHours: [UInt8](repeating: PurchaseHistory.noHour, count: count),
            orderChannels: [UInt8](repeating: PurchaseHistory.noChannel, count: count), channels: [], reversals: [],
            unmatchedReturns: [], hasTransactions: input.map { !$0.isEmpty },
            lastReturns: [Int32](repeating: PurchaseHistory.noDay, count: input.count), productCounts: [],
            returns: .match, period: nil, decimals: 2)
    }
}

/// Recency, frequency and monetary scores.
enum RFMFitter: HistoryFitter {
    static let name = "RFM"
    static let refusesNoRows = true

    static func fit(_ input: [[PlainOrder]], seed: UInt64, parallel: Parallel) throws -> RFMModel {
        try RFM(RFM.Options()).fit(history(input), asOf: asOf, parallel: parallel)
    }

    static func results(_ model: RFMModel, _ input: [[PlainOrder]], parallel: Parallel) throws -> [String] {
        let scored = model.score(history(input), asOf: asOf, parallel: parallel)
        return input.indices.map {
            "\(scored.recencyScores[$0])\(scored.frequencyScores[$0])\(scored.monetaryScores[$0]) \(scored.segments[$0])"
        }
    }
}

/// Lifecycle stages. Chances are compared to six decimals, since sums over customers in another order differ in the
/// last bits.
enum LifecycleFitter: HistoryFitter {
    static let name = "lifecycle"
    static let refusesNoRows = false

    static func fit(_ input: [[PlainOrder]], seed: UInt64, parallel: Parallel) throws -> LifecycleModel {
        Lifecycle(try Lifecycle.Options()).fit(history(input), asOf: asOf, parallel: parallel)
    }

    static func results(_ model: LifecycleModel, _ input: [[PlainOrder]], parallel: Parallel) throws -> [String] {
        let result = model.assign(history(input), asOf: asOf, lastResponses: nil, parallel: parallel)
        return input.indices.map { row in
            let chance = result.returnChance[row]
            return "\(result.states[row].name) \(chance.isNaN ? -1 : Int((chance * 1e6).rounded()))"
        }
    }
}

/// Scaling of the features that clusters are made on, by quantiles: these don't depend on the order of the rows.
enum FeatureScalingFitter: HistoryFitter {
    static let name = "feature scaling"
    static let refusesNoRows = true

    private static let columns = FeatureSet.clusteringInputs.map {
        FeatureDefinition(
            name: $0.name, unit: $0.unit, formula: $0.formula,
            transform: FeatureTransform(curve: .log, winsorise: 0.01, scaling: .robust))
    }

    private static func table(_ input: [[PlainOrder]], _ parallel: Parallel) throws -> FeatureTable {
        let history = history(input)
        return try CustomerFeatures(asOf: asOf, set: FeatureSet(of: history)).table(history, parallel: parallel)
    }

    static func fit(_ input: [[PlainOrder]], seed: UInt64, parallel: Parallel) throws -> FeatureScalingModel {
        try FeatureScaling(columns: columns).fit(table(input, parallel), parallel: parallel)
    }

    static func results(_ model: FeatureScalingModel, _ input: [[PlainOrder]], parallel: Parallel) throws -> [String] {
        let scaled = try model.apply(table(input, parallel), parallel: parallel)
        return input.indices.map { "\(scaled[$0 * columns.count..<($0 + 1) * columns.count])" }
    }
}
