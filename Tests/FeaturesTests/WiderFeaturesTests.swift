import CustomerData
import Statistics
import Testing

@testable import Features

@Suite("Features besides purchases") struct WiderFeaturesTests {
    let asOf = SmallHistory.day("2024-03-31")

    private func vectors(
        _ history: PurchaseHistory, _ records: CustomerRecords, asOf: Day? = nil, set: FeatureSet? = nil
    ) throws -> [[String: Double]] {
        let table = try CustomerFeatures(asOf: asOf ?? self.asOf, set: set ?? FeatureSet(of: history, besides: records))
            .table(history, besides: records)
        return (0..<table.rowCount).map { row in
            Dictionary(uniqueKeysWithValues: table.columns.enumerated().map { ($1.name, table[row, $0]) })
        }
    }

    private func event(
        _ customer: UInt32, _ day: String, _ kind: InteractionKind, channel: UInt16 = Interaction.noChannel,
        rating: Int32? = nil
    ) -> Interaction {
        Interaction(
            customer: customer, day: SmallHistory.day(day).number, kind: kind, channel: channel,
            rating: rating.map { $0 * 10_000 } ?? Interaction.noRating)
    }

    private let two = SmallHistory(customers: [("a", [.init(day: "2024-01-01", value: 1)]), ("b", [])]).history

    @Test func `Interactions by hand`() throws {
        var records = CustomerRecords()
        records.interactions = InteractionHistory(
            starts: [0, 8, 8],
            events: [
                event(0, "2024-01-10", .rating, rating: 2), event(0, "2024-01-20", .rating, channel: 1, rating: 3),
                event(0, "2024-02-01", .sent, channel: 0), event(0, "2024-02-10", .open, channel: 0),
                event(0, "2024-02-20", .sent, channel: 0), event(0, "2024-03-10", .complaint, rating: 5),
                event(0, "2024-03-25", .sent, channel: 0), event(0, "2024-04-02", .open, channel: 0),
            ], channels: ["mail", "web"])
        let found = try vectors(two, records)
        let expected: [String: Double] = [
            "opens": 1, "complaints": 1, "ratings": 2, "sent": 3, "inbound_recency_days": 21, "mean_rating": 10.0 / 3,
            "rating_trend": 5 - 2.5, "response_rate": 0.5, "contact_channel=mail": 4, "contact_channel=web": 1,
        ]
        for (name, value) in expected { #expect(found[0][name] == value, "\(name)") }
        // Who was never met has counts of 0 and nothing else.
        for name in expected.keys {
            let isCount = ["opens", "complaints", "ratings", "sent"].contains(name) || name.hasPrefix("contact")
            #expect(isCount ? found[1][name] == 0 : found[1][name]?.isNaN == true, "\(name)")
        }
        // As of an earlier date.
        let early = try vectors(two, records, asOf: SmallHistory.day("2024-01-15"))[0]
        #expect(early["ratings"] == 1 && early["mean_rating"] == 2 && early["rating_trend"]?.isNaN == true)
        #expect(early["sent"] == 0 && early["response_rate"]?.isNaN == true)
        // A file without interactions says nothing, rather than none.
        let set = FeatureSet(of: two, besides: records)
        #expect(try vectors(two, CustomerRecords(), set: set)[0]["opens"]?.isNaN == true)
    }

    @Test(arguments: [
        ("1984-04-01", 39), ("1984-03-31", 40), ("2024-03-31", 0), ("2024-04-01", nil), ("1900-01-01", nil),
        ("1914-01-01", 110), ("1913-01-01", nil),
    ]) func `Ages are completed years`(birth: String, years: Int?) {
        #expect(PersonFeature.age(SmallHistory.day(birth), asOf: asOf) == years)
    }

    @Test func `A leap day's birthday is the day after in other years`() {
        let born = SmallHistory.day("2000-02-29")
        #expect(PersonFeature.age(born, asOf: SmallHistory.day("2023-02-28")) == 22)
        #expect(PersonFeature.age(born, asOf: SmallHistory.day("2023-03-01")) == 23)
    }

    @Test func `Consent is yes, no or not known`() throws {
        var records = CustomerRecords()
        records.consents = [true, nil]
        records.birthDays = [PurchaseHistory.noDay, SmallHistory.day("1990-01-01").number]
        let found = try vectors(two, records)
        #expect(found[0]["has_consent"] == 1 && found[1]["has_consent"]?.isNaN == true)
        #expect(found[0]["age_years"]?.isNaN == true && found[1]["age_years"] == 34)
        records.consents = [false, nil]
        #expect(try vectors(two, records)[0]["has_consent"] == 0)
    }

    /// a: 3 mugs, 1 tea; b: 8 tea; c: a line of an unknown category.
    private var products: ProductHistory {
        ProductHistory(
            starts: [0, 2, 3, 4], items: [0, 1, 1, 2], lines: [3, 1, 8, 1], itemProducts: [0, 1, 2],
            itemCategories: [0, 1, ProductHistory.none], products: IdentifierList(["mug", "pot", "zip"]),
            categories: IdentifierList(["china", "food"]))
    }

    private let three = SmallHistory(customers: [
        ("a", [.init(day: "2024-01-01", value: 1)]), ("b", [.init(day: "2024-01-01", value: 1)]),
        ("c", [.init(day: "2024-01-01", value: 1)]),
    ]).history

    @Test func `Affinity is the share of a category, drawn to everybody's, over everybody's`() throws {
        var records = CustomerRecords()
        records.products = products
        let found = try vectors(three, records)
        // food: 9 of 12 lines. a: (1 + 7.5) / 14 / 0.75, b: (8 + 7.5) / 18 / 0.75.
        #expect(found[0]["affinity=food"] == 8.5 / 14 / 0.75)
        #expect(found[1]["affinity=food"] == 15.5 / 18 / 0.75)
        #expect(found[0]["affinity=china"] == 5.5 / 14 / 0.25)
        #expect(found[2]["affinity=food"]?.isNaN == true)
        #expect(FeatureSet(of: three, besides: records).affinities.map(\.category) == ["food", "china"])
        // Lines are not kept by day: nothing is known as of a date before the end of the data.
        let early = try vectors(three, records, asOf: SmallHistory.day("2023-12-31"))
        #expect(early[0]["affinity=food"]?.isNaN == true)
    }

    @Test func `Favourites are bought twice, and more than by others`() {
        let found = Favourites(of: products)
        func list(_ names: IdentifierList?) -> [String]? { names.map { names in (0..<names.count).map { names[$0] } } }
        // a: mug 3 ln(3/4 ÷ 3/13). b: pot 8 ln(1 ÷ 9/13). c bought once.
        #expect(list(found.products) == ["mug", "pot", ""])
        #expect(list(found.categories) == ["china", "food", ""])
        let same = ProductHistory(
            starts: [0, 2, 4], items: [0, 1, 0, 1], lines: [2, 2, 3, 3], itemProducts: [0, 1],
            itemCategories: [ProductHistory.none, ProductHistory.none], products: IdentifierList(["p", "q"]),
            categories: IdentifierList())
        // Everybody buys as everybody does: no one has a favourite, and there are no categories.
        #expect(list(Favourites(of: same).products) == ["", ""])
        #expect(Favourites(of: same).categories == nil)
    }

    @Test func `Any number of threads gives the same bytes`() throws {
        var random = SeededGenerator(seed: 2)
        let history = SmallHistory.drawn(customers: 6000)
        let count = history.customers.count
        var starts = [0]
        var events: [Interaction] = []
        for customer in 0..<count {
            var days = (0..<random.index(below: 6)).map { _ in Int32(19_358 + random.index(below: 300)) }
            days.sort()
            events += days.map {
                Interaction(
                    customer: UInt32(customer), day: $0, kind: InteractionKind.allCases[random.index(below: 13)],
                    channel: UInt16(random.index(below: 2)), rating: Int32(random.index(below: 5)) * 10_000)
            }
            starts.append(events.count)
        }
        var records = CustomerRecords()
        records.interactions = InteractionHistory(starts: starts, events: events, channels: ["x", "y"])
        let features = CustomerFeatures(
            asOf: SmallHistory.day("2023-09-01"), set: FeatureSet(of: history, besides: records))
        let one = try features.table(history, besides: records, parallel: Parallel(threads: 1))
        for threads in [2, 3] {
            let many = try features.table(history, besides: records, parallel: Parallel(threads: threads))
            #expect(many.values.map(\.bitPattern) == one.values.map(\.bitPattern))
        }
    }
}
