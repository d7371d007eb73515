import CustomerData
import Features
import Foundation
import Statistics
import Testing

@Suite struct CustomerFeaturesTests {
    let asOf = SmallHistory.day("2024-03-01")

    func vectors(_ small: SmallHistory, asOf: Day? = nil) throws -> [[String: Double]] {
        let history = small.history
        let table = try CustomerFeatures(asOf: asOf ?? self.asOf, set: FeatureSet(of: history)).table(history)
        return (0..<table.rowCount).map { row in
            Dictionary(
                uniqueKeysWithValues: table.columns.enumerated().map { ($1.name, table[row, $0]) })
        }
    }

    /// Four purchases on Friday 5, Monday 15, Monday 15 again and Saturday 27 January 2024, worked out by hand.
    @Test func oneCustomerByHand() throws {
        let vector = try vectors(
            SmallHistory(
                customers: [
                    (
                        "a",
                        [
                            .init(day: "2024-01-05", value: 10, lines: 1, hour: 0, channel: 0),
                            .init(day: "2024-01-15", value: 20, lines: 2, hour: 6, channel: 1),
                            .init(day: "2024-01-15", value: 30, lines: 3, hour: 17, channel: 1),
                            .init(day: "2024-01-27", value: 40, lines: 6, hour: 23),
                        ]
                    )
                ], channels: ["app", "web"], productCounts: [7]))[0]
        let expected: [String: Double] = [
            "recency_days": 34, "frequency": 4, "monetary": 100, "tenure_days": 56, "average_order": 25,
            "gap_mean_days": 11, "gap_spread_days": 2.0.squareRoot(), "trend": -1, "basket_size": 3,
            "product_variety": 7,
            "return_share": 0, "weekend_share": 0.25, "monday_share": 0.5, "tuesday_share": 0, "wednesday_share": 0,
            "thursday_share": 0, "friday_share": 0.25, "saturday_share": 0.25, "sunday_share": 0, "night_share": 0.25,
            "morning_share": 0.25, "afternoon_share": 0.25, "evening_share": 0.25, "channel=app": 1.0 / 3,
            "channel=web": 2.0 / 3,
        ]
        #expect(vector == expected)
    }

    @Test func trendComparesTheHalvesSinceTheFirstPurchase() throws {
        // Tenure 60 days; the middle is 2024-01-31, which is still the earlier half.
        func trend(_ days: [String]) throws -> Double? {
            try vectors(SmallHistory(customers: [("a", (["2024-01-01"] + days).map { .init(day: $0, value: 1) })]))[0][
                "trend"]
        }
        #expect(try trend(["2024-02-01", "2024-02-02"]) == 1)
        #expect(try trend(["2024-01-31", "2024-02-02"]) == 0)
        #expect(try trend(["2024-01-02", "2024-01-31"]) == -1)
        #expect(try trend(["2024-01-02", "2024-02-10", "2024-02-11"]) == 1.0 / 3)
        #expect(try trend([])?.isNaN == true)
        #expect(try trend(["2024-01-01"])?.isNaN == true)
    }

    @Test func aReversedOrderIsNoPurchaseOnceItIsTakenBack() throws {
        let small = SmallHistory(customers: [
            (
                "a",
                [
                    .init(day: "2024-01-05", value: 10),
                    .init(day: "2024-02-05", value: 90, takenBack: [("2024-02-10", 90)]),
                ]
            )
        ])
        let after = try vectors(small)[0]
        #expect(after["frequency"] == 1)
        #expect(after["recency_days"] == 56)
        #expect(after["monetary"] == 10)
        #expect(after["return_share"] == 0.9)
        let before = try vectors(small, asOf: SmallHistory.day("2024-02-09"))[0]
        #expect(before["frequency"] == 2)
        #expect(before["monetary"] == 100)
        #expect(before["return_share"] == 0)
    }

    @Test func unmatchedReturnsCountIntoMonetaryUnderNetOnly() throws {
        var small = SmallHistory(
            customers: [("a", [.init(day: "2024-01-05", value: 10)]), ("b", [])],
            unmatched: [(0, "2024-01-10", -4), (0, "2024-12-01", -1), (1, "2024-01-10", -5)])
        #expect(try vectors(small).map { $0["monetary"] } == [10, 0])
        #expect(try vectors(small).map { $0["return_share"] }.first == 0.4)
        small.returns = .net
        #expect(try vectors(small).map { $0["monetary"] } == [6, -5])
    }

    @Test func withoutAPurchaseWhatIsUndefinedIsNaN() throws {
        let vector = try vectors(SmallHistory(customers: [("a", []), ("b", [.init(day: "2025-01-01", value: 5)])]))
        for customer in vector {
            #expect(customer["frequency"] == 0)
            #expect(customer["monetary"] == 0)
            for (name, value) in customer where name != "frequency" && name != "monetary" {
                #expect(value.isNaN, "\(name)")
            }
        }
    }

    @Test func featuresFollowWhatTheHistoryHolds() {
        let plain = FeatureSet(of: SmallHistory(customers: [("a", [.init(day: "2024-01-01", value: 1)])]).history)
        let names = plain.definitions.map(\.name)
        #expect(names.prefix(3) == ["recency_days", "frequency", "monetary"])
        #expect(!names.contains("product_variety") && !names.contains("night_share"))
        let full = FeatureSet(of: SmallHistory.drawn(customers: 20))
        #expect(full.definitions.map(\.name).contains("product_variety"))
        #expect(full.definitions.map(\.name).suffix(3) == ["evening_share", "channel=app", "channel=web"])
        #expect(Set(full.definitions.map(\.name)).count == full.definitions.count)
    }

    @Test func productVarietyIsNotKnownBeforeTheEndOfTheData() throws {
        let small = SmallHistory(
            customers: [("a", [.init(day: "2024-01-01", value: 1), .init(day: "2024-02-01", value: 1)])],
            productCounts: [2])
        #expect(try vectors(small)[0]["product_variety"] == 2)
        #expect(try vectors(small, asOf: SmallHistory.day("2024-01-15"))[0]["product_variety"]?.isNaN == true)
    }

    @Test func aScoringRunHasTheColumnsOfTheTraining() throws {
        let training = FeatureSet(of: SmallHistory.drawn(customers: 50))
        let fresh = SmallHistory(
            customers: [
                ("a", [.init(day: "2024-01-01", value: 1, channel: 1), .init(day: "2024-01-02", value: 1, channel: 0)])
            ], channels: ["phone", "web"]
        ).history
        let table = try CustomerFeatures(asOf: asOf, set: training).table(fresh)
        #expect(table.columns == training.definitions)
        let web = try #require(table.columns.firstIndex { $0.name == "channel=web" })
        #expect(table[0, web] == 0.5)
        #expect(table[0, web - 1] == 0)
    }

    @Test func anyNumberOfThreadsGivesTheSameBytes() throws {
        let history = SmallHistory.drawn(customers: 10_000)
        let features = CustomerFeatures(asOf: SmallHistory.day("2023-09-01"), set: FeatureSet(of: history))
        let one = try features.table(history, parallel: Parallel(threads: 1))
        for threads in [2, 3, 8] {
            let many = try features.table(history, parallel: Parallel(threads: threads))
            #expect(many.values.map(\.bitPattern) == one.values.map(\.bitPattern))
        }
    }

    /// Recency, frequency and purchase days agree with the house's one definition of them.
    @Test func purchasesAgreeWithThePurchaseDays() throws {
        let history = SmallHistory.drawn(customers: 3000)
        let date = SmallHistory.day("2023-08-15")
        let table = try CustomerFeatures(asOf: date, set: FeatureSet(of: history)).table(history)
        let days = history.purchaseDays(asOf: date)
        var counts = [Int](repeating: 0, count: table.rowCount)
        history.forEachOrder(asOf: date) { _, customer, value in if value > 0 { counts[customer] += 1 } }
        for row in 0..<table.rowCount {
            let own = days.days[days.starts[row]..<days.starts[row + 1]]
            #expect(table[row, 1] == Double(counts[row]))
            if let first = own.first, let last = own.last {
                #expect(table[row, 0] == Double(date.number - last))
                #expect(table[row, 3] == Double(date.number - first))
                if own.count > 1 { #expect(table[row, 5] == Double(last - first) / Double(own.count - 1)) }
            } else {
                #expect(table[row, 0].isNaN)
            }
        }
    }

    @Test func weekdaySharesAddUpToOne() throws {
        let history = SmallHistory.drawn(customers: 500)
        let table = try CustomerFeatures(asOf: SmallHistory.day("2024-06-01"), set: FeatureSet(of: history)).table(
            history)
        let monday = try #require(table.columns.firstIndex { $0.name == "monday_share" })
        let night = try #require(table.columns.firstIndex { $0.name == "night_share" })
        for row in 0..<table.rowCount where table[row, 1] > 0 {
            #expect(abs((monday..<monday + 7).reduce(0) { $0 + table[row, $1] } - 1) < 1e-12)
            #expect(abs((night..<night + 4).reduce(0) { $0 + table[row, $1] } - 1) < 1e-12)
        }
    }

    @Test func anEmptyHistoryHasNoRows() throws {
        let table = try CustomerFeatures(asOf: asOf, set: FeatureSet(of: SmallHistory().history)).table(
            SmallHistory().history)
        #expect(table.rowCount == 0 && table.values.isEmpty)
    }
}

@Suite struct AttributeEncodingTests {
    let history = SmallHistory(customers: [("a", []), ("b", []), ("c", []), ("d", [])]).history

    func columns(_ attributes: [AttributeColumn], categorical: Bool = false) throws -> [String: [Double]] {
        let set = FeatureSet(
            purchases: [.frequency], channels: [],
            attributes: try attributes.map { try AttributeEncoding(of: $0, categorical: categorical) })
        let table = try CustomerFeatures(asOf: Day(number: 0), set: set).table(
            history, besides: CustomerRecords(attributes: attributes))
        return Dictionary(
            uniqueKeysWithValues: table.columns.enumerated().map { column, definition in
                (definition.name, (0..<table.rowCount).map { table[$0, column] })
            })
    }

    @Test func numbersStayNumbers() throws {
        let found = try columns([.init(name: "age", values: ["31", "", "۴۲", "1,234.5"])])
        let age = try #require(found["age"])
        #expect(age[0] == 31 && age[1].isNaN && age[2] == 42 && age[3] == 1234.5)
    }

    @Test func textsBecomeAColumnEach() throws {
        let found = try columns([.init(name: "city", values: ["Rome", "", "تهران", " Rome "])])
        #expect(found["city=Rome"] == [1, 0, 0, 1])
        #expect(found["city=تهران"] == [0, 0, 1, 0])
        #expect(found.count == 3)
        let codes = try columns([.init(name: "plan", values: ["1", "2", "1", ""])], categorical: true)
        #expect(codes["plan=1"] == [1, 0, 1, 0])
    }

    @Test func scoringKeepsTheCategoriesOfTraining() throws {
        let encoding = try AttributeEncoding(of: .init(name: "city", values: ["Rome", "Oslo"]))
        let set = FeatureSet(purchases: [], channels: [], attributes: [encoding])
        let table = try CustomerFeatures(asOf: Day(number: 0), set: set).table(
            history,
            besides: CustomerRecords(attributes: [.init(name: "city", values: ["Oslo", "Lima", "", "Rome"])]))
        #expect(table.values.asDoubles == [1, 0, 0, 0, 0, 0, 0, 1])
        #expect(try JSONDecoder().decode(FeatureSet.self, from: JSONEncoder().encode(set)) == set)
    }

    @Test func whatCanNotBeEncodedIsRefused() throws {
        let names = (0..<51).map { "text \($0)" }
        let many = #expect(throws: Problem.self) { try AttributeEncoding(of: .init(name: "note", values: names)) }
        #expect(
            many?.description == "attribute \"note\": 51 different texts, more than the 50 that can each have a column")
        let none = #expect(throws: Problem.self) { try AttributeEncoding(of: .init(name: "note", values: ["", " "])) }
        #expect(none?.description == "attribute \"note\": no customer has a value")
        let encoding = try AttributeEncoding(of: .init(name: "city", values: ["Rome", "Oslo"]))
        let features = CustomerFeatures(
            asOf: Day(number: 0), set: FeatureSet(purchases: [], channels: [], attributes: [encoding]))
        #expect(throws: Problem(.data, "the attribute \"city\" has no column")) { try features.table(history) }
        #expect(throws: Problem(.data, "the attribute \"city\" has 1 values for 4 customers")) {
            try features.table(
                history, besides: CustomerRecords(attributes: [.init(name: "city", values: ["Rome"])]))
        }
    }
}
