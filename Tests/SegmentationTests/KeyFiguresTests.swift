import CustomerData
import Statistics
import Testing

@testable import Segmentation

@Suite("Key figures") struct KeyFiguresTests {
    /// The figures of all customers in one segment, unless told otherwise.
    private func figures(
        _ history: PurchaseHistory, _ interactions: InteractionHistory? = nil, asOf: Int32, days: Int,
        segments: [UInt16]? = nil, names: [String] = ["all"], threads: Int = 2
    ) throws -> KeyFiguresResult {
        KeyFigures(try .init(periodDays: days)).figures(
            of: history, interactions: interactions,
            segments: segments ?? [UInt16](repeating: 0, count: history.customers.count), segmentNames: names,
            asOf: Day(number: asOf), parallel: Parallel(threads: threads))
    }

    private func text(_ row: KeyFiguresResult.Row?) -> String {
        guard let row else { return "no row" }
        return [row.value, row.previous, row.change, row.numerator, row.denominator].map { $0?.description ?? "–" }
            .joined(separator: " ")
    }

    /// Three periods of ten days, 1–10, 11–20 and 21–30; worked out by hand.
    private let orders: [TestOrder] = [
        ("a", 1, 100_000), ("a", 12, 200_000), ("a", 30, 300_000), ("b", 15, 50_000), ("b", 16, 50_000),
        ("c", 22, 10_000), ("c", 23, 20_000), ("d", 1, 70_000), ("e", 25, 400_000),
    ]

    @Test func `By hand`() throws {
        // e's order is taken back in the last period, a's of day 12 in part.
        let history = PurchaseHistory(
            orders: orders, reversals: [(8, 29, 400_000), (1, 21, 50_000)], prospects: ["f"])
        let found = try figures(history, asOf: 30, days: 10)
        #expect(found.current == Day(number: 21)...Day(number: 30))
        #expect(found.previous == Day(number: 11)...Day(number: 20))
        func row(_ figure: KeyFigure) -> String { text(found.row(figure)) }
        #expect(row(.customers) == "4 3 1 – –")
        #expect(row(.active) == "2 2 0 – –")
        #expect(row(.new) == "1 1 0 – –")
        // Of a and b, b stayed away; of a and d before, d.
        #expect(row(.churnRate) == "0.5000 0.5000 0.0000 1 2")
        #expect(row(.repeatRate) == "1.0000 1.0000 0.0000 2 2")
        #expect(row(.orders) == "3 3 0 – –")
        // 30 + 1 + 2 + 40 − 40 − 5, and 20 + 5 + 5.
        #expect(row(.revenue) == "28.00 30.00 -2.00 – –")
        #expect(row(.averageOrder) == "9.33 10.00 -0.67 28.00 3")
        #expect(row(.purchaseFrequency) == "1.5000 1.5000 0.0000 3 2")
        // a brings 25 of 28, of which c 3.
        #expect(row(.topFifthShare) == "0.8929 0.6667 0.2262 25.00 28.00")
        for figure in [KeyFigure.meanRating, .complaintRate, .responseRate] { #expect(row(figure) == "– – – – –") }
    }

    @Test func `The last period ends the day before a date of which nothing is known`() throws {
        let history = PurchaseHistory(orders: orders)
        #expect(try figures(history, asOf: 31, days: 10).current.upperBound.number == 30)
        #expect(try figures(history, asOf: 32, days: 10).current.upperBound.number == 31)
        // An earlier date uses nothing after it.
        let early = try figures(history, asOf: 20, days: 10)
        #expect(text(early.row(.revenue)) == "30.00 17.00 13.00 – –")
        #expect(text(early.row(.churnRate)) == "0.5000 – – 1 2")
    }

    @Test func `What the data do not reach back to is not known`() throws {
        let found = try figures(PurchaseHistory(orders: orders), asOf: 30, days: 15)
        #expect(text(found.row(.active)) == "4 3 1 – –")
        #expect(text(found.row(.churnRate)).hasPrefix("0.3333 – –"))
        let longer = try figures(PurchaseHistory(orders: orders), asOf: 30, days: 16)
        #expect(text(longer.row(.active)) == "4 – – – –")
        #expect(text(longer.row(.churnRate)) == "– – – – –")
    }

    @Test func `Marks, complaints and answers`() throws {
        func event(_ customer: UInt32, _ day: Int32, _ kind: InteractionKind, _ rating: Int32? = nil) -> Interaction {
            Interaction(
                customer: customer, day: day, kind: kind, rating: rating.map { $0 * 10_000 } ?? Interaction.noRating)
        }
        let history = PurchaseHistory(orders: [("a", 1, 10_000), ("a", 50, 10_000), ("b", 55, 10_000)])
        let events = [
            event(0, 1, .visit), event(0, 40, .rating, 3), event(0, 41, .sent), event(0, 45, .open),
            event(0, 47, .sent),
            event(0, 60, .complaint, 2), event(1, 42, .rating, 4), event(1, 45, .sent), event(1, 46, .sent),
            event(1, 60, .rating, 5),
        ]
        let interactions = InteractionHistory(starts: [0, 6, 10], events: events, channels: [])
        let found = try figures(
            history, interactions, asOf: 60, days: 10, segments: [0, 1], names: ["A", "B", "nobody"])
        #expect(text(found.row(.meanRating)) == "3.5000 4.0000 -0.5000 7 2")
        // One complaint on one order in the last period, none on one order before.
        #expect(text(found.row(.complaintRate)) == "1.0000 0.0000 1.0000 1 1")
        // The fourteen days of 41, 45 and 46 end in the period; those of 47 don't. Day 60 is too late for 45.
        #expect(text(found.row(.responseRate)) == "0.6667 – – 2 3")
        #expect(text(found.row(.responseRate, segment: "A")) == "1.0000 – – 1 1")
        #expect(text(found.row(.meanRating, segment: "nobody")) == "– – – – –")
        #expect(text(found.row(.customers, segment: "nobody")) == "0 0 0 – –")
    }

    @Test func `Segments add up to all, for any number of threads`() throws {
        var random = SeededGenerator(seed: 11)
        let history = PurchaseHistory(orders: PurchaseHistory.random(&random, customerCount: 20_000))
        let segments = (0..<history.customers.count).map { _ in UInt16(random.index(below: 4)) }
        let one = try figures(history, asOf: 29, days: 9, segments: segments, names: ["a", "b", "c"], threads: 1)
        for threads in [2, 3] {
            let many = try figures(
                history, asOf: 29, days: 9, segments: segments, names: ["a", "b", "c"], threads: threads)
            #expect(many.rows == one.rows)
        }
        // The fourth number is no segment: with it in one, the parts are the whole.
        let all = try figures(history, asOf: 29, days: 9, segments: segments, names: ["a", "b", "c", "d"])
        for figure in [KeyFigure.customers, .active, .new, .orders, .revenue] {
            let parts = all.rows.filter { $0.figure == figure && $0.segment != nil }
            #expect(parts.count == 4)
            #expect(
                parts.reduce(Int128(0)) { $0 + ($1.value?.tenThousandths ?? 0) }
                    == all.row(figure)?.value?.tenThousandths)
            #expect(
                parts.reduce(Int128(0)) { $0 + ($1.previous?.tenThousandths ?? 0) }
                    == all.row(figure)?.previous?.tenThousandths)
            #expect(all.row(figure) == one.row(figure))
        }
    }

    @Test func `CDNOW`() throws {
        let found = try figures(PurchaseHistory.cdnow, asOf: Day("1998-07-01")?.number ?? 0, days: 90)
        // pandas 2 on notebooks-data/cdnow/purchases.csv: a customer-day an order, grouped by the two windows.
        #expect(text(found.row(.customers)) == "23570 23570 0 – –")
        #expect(text(found.row(.active)) == "3301 3808 -507 – –")
        #expect(text(found.row(.churnRate)) == "0.5407 0.5363 0.0044 2059 3808")
        #expect(text(found.row(.orders)) == "5619 6590 -971 – –")
        #expect(text(found.row(.revenue)) == "211934.34 262122.52 -50188.18 – –")
        #expect(text(found.row(.topFifthShare)) == "0.5733 0.5691 0.0042 121503.35 211934.34")
    }

    @Test func `Targets`() throws {
        let found = try figures(PurchaseHistory(orders: orders), asOf: 30, days: 10)
        func number(_ value: Int128) -> KeyFigureNumber { KeyFigureNumber(tenThousandths: value, decimals: 4) }
        func outcome(_ figure: KeyFigure, _ minimum: Int128?, _ maximum: Int128?) throws -> KeyFigureTarget.Outcome {
            try KeyFigureTarget(figure, minimum: minimum.map(number), maximum: maximum.map(number)).outcome(in: found)
        }
        #expect(try outcome(.churnRate, nil, 5000) == .met)
        #expect(try outcome(.churnRate, nil, 4999) == .missed)
        #expect(try outcome(.active, 30_000, nil) == .met)
        #expect(try outcome(.active, 30_001, 90_000) == .missed)
        #expect(try outcome(.meanRating, 0, nil) == .unknown)
        #expect(throws: Problem(.usage, "the target for orders needs a min or a max")) {
            try outcome(.orders, nil, nil)
        }
        #expect(throws: Problem.self) { try outcome(.orders, 2, 1) }
    }

    @Test func `Options`() {
        let problem = #expect(throws: Problem.self) { try KeyFigures.Options(periodDays: 0) }
        #expect(problem?.description == "KeyFigures.periodDays must be in 1...3650; got 0")
    }
}
