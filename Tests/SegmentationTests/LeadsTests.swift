import CustomerData
import Statistics
import Testing

@testable import Segmentation

/// Chances of leads, in a company made by hand: who visits mostly buys soon, who does not mostly never.
@Suite struct LeadsTests {
    static let last: Int32 = 1000
    let options: Lifecycle.Options

    init() throws { options = try Lifecycle.Options(horizonDays: 60) }

    struct Company {
        var history: PurchaseHistory
        var facts: LeadFacts
    }

    /// So many customers that register on days 0 to 990, some of whom visit and buy; one shop-goer holds the data open
    /// from day 0.
    static func company(_ count: Int, buying: Bool = true, until: Int32 = last) -> Company {
        var random = SeededGenerator(seed: 5)
        var orders: [TestOrder] = [("z", 0, 10_000), ("z", 500, 10_000)]
        var names: [String] = ["z"]
        var registered: [Int32] = [0]
        var visits: [[Int32]] = [[]]
        for number in 0..<count {
            let name = "c\(number + 10_000)"
            let day = Int32(random.index(below: 990))
            let isKeen = random.index(below: 3) == 0
            let seen = day + 5 + Int32(random.index(below: 300))
            let buys = buying && random.unit() < (isKeen ? 0.7 : 0.05)
            let bought = (isKeen ? seen : day) + Int32(random.index(below: 50)) + 1
            names.append(name)
            registered.append(day)
            visits.append(isKeen && seen <= until ? [seen] : [])
            if buys, bought <= until { orders.append((name, bought, 10_000)) }
        }
        let history = PurchaseHistory(orders: orders, prospects: names)
        var facts = LeadFacts()
        let place = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let rows = (0..<history.customers.count).map { place[history.customers[$0]] ?? -1 }
        facts.registeredDays = rows.map { registered[$0] > until ? PurchaseHistory.noDay : registered[$0] }
        var starts = [0]
        var events: [Interaction] = []
        for (customer, row) in rows.enumerated() {
            events += visits[row].map { Interaction(customer: UInt32(customer), day: $0, kind: .visit) }
            starts.append(events.count)
        }
        facts.interactions = InteractionHistory(starts: starts, events: events, channels: [])
        return Company(history: history, facts: facts)
    }

    private func model(_ company: Company, asOf: Int32 = last, threads: Int = 1) -> LeadModel {
        Leads(options).fit(
            company.history, company.facts, asOf: Day(number: asOf), parallel: Parallel(threads: threads))
    }

    @Test func leadsAreRankedAndTheirChancesHold() throws {
        let model = model(Self.company(4000))
        #expect(model.judgements.count == 4)
        for judgement in model.judgements {
            #expect(judgement.areaUnderCurve > 0.8)
            #expect(judgement.brierScore < judgement.brierScoreOfShare)
            var (leads, converted, expected) = (0, 0, 0.0)
            for part in judgement.parts {
                leads += part.leadCount
                converted += part.convertedCount
                expected += part.predicted * Double(part.leadCount)
            }
            #expect(leads == judgement.leadCount && converted == judgement.convertedCount)
            let ratio = expected / Double(converted)
            #expect(ratio > 0.6 && ratio < 1.6)
        }
    }

    @Test func onlyThoseWhoHaveNotBoughtHaveAChance() {
        let company = Self.company(800)
        let chances = model(company).assign(company.history, company.facts)
        let days = company.history.purchaseDays(asOf: Day(number: Self.last))
        for customer in 0..<company.history.customers.count {
            let hasBought = days.starts[customer] < days.starts[customer + 1]
            #expect(chances.chances[customer].isNaN == hasBought)
        }
        let given = chances.chances.count { !$0.isNaN }
        #expect(chances.leadCount == given && chances.unknownCount == 0)
    }

    /// What happens after the date changes nothing: a history with it and one without it give the same chances.
    @Test func nothingAfterTheDateIsUsed() {
        let day: Int32 = 700
        let whole = Self.company(2000)
        let cut = Self.company(2000, until: day)
        let ofWhole = model(whole, asOf: day).assign(whole.history, whole.facts)
        let ofCut = model(cut, asOf: day).assign(cut.history, cut.facts)
        #expect(ofWhole.leadCount == ofCut.leadCount && ofWhole.leadCount > 100)
        #expect(ofWhole.chances.map(\.bitPattern) == ofCut.chances.map(\.bitPattern))
        #expect(
            model(whole, asOf: day).judgements.map(\.areaUnderCurve)
                == model(cut, asOf: day).judgements.map(\.areaUnderCurve))
    }

    @Test func theNumberOfThreadsChangesNoBit() {
        let company = Self.company(9000)
        let one = model(company).assign(company.history, company.facts)
        let three = model(company, threads: 3).assign(
            company.history, company.facts, parallel: Parallel(threads: 3))
        #expect(one.chances.map(\.bitPattern) == three.chances.map(\.bitPattern))
    }

    @Test func whereTooLittleIsKnownThereAreNoChances() {
        let few = Self.company(300, buying: false)
        guard case .tooFew(0, snapshotCount: 4) = model(few).learning else {
            Issue.record("nobody became a customer")
            return
        }
        #expect(model(few).judgements.isEmpty)
        let given = model(few).assign(few.history, few.facts).chances.count { !$0.isNaN }
        #expect(given == 0)
        // 45 days and a horizon of 60 lie between the first day and a date that can be learnt as of.
        guard case .tooShort = model(Self.company(300), asOf: 104).learning else {
            Issue.record("day 104 is too early")
            return
        }
        guard case .tooFew = model(Self.company(30), asOf: 105).learning else {
            Issue.record("day 105 is early, but not too early")
            return
        }
    }

    /// Without a registration a customer is known from the first interaction on; without either there is no chance.
    @Test func whoWasNeverMetHasNoChance() {
        var company = Self.company(2000)
        company.facts.registeredDays = nil
        let chances = model(company).assign(company.history, company.facts)
        #expect(chances.leadCount > 0 && chances.unknownCount > 0)
        for customer in 0..<company.history.customers.count where !chances.chances[customer].isNaN {
            #expect(company.facts.knownSince(customer) != PurchaseHistory.noDay)
        }
    }

    /// scikit-learn 1.9.1, `LogisticRegression(C=1, tol=1e-12)` on the standardised columns i·37 mod 101 and i² mod 17
    /// of 200 rows; y: i·7919 mod 100 < 20 + 40 [first column > 60].
    @Test func weightsAreThoseOfScikitLearn() throws {
        var block = LeadSnapshot.Block()
        for row in 0..<200 {
            let (first, second) = (row * 37 % 101, row * row % 17)
            block.customers.append(row)
            block.values += [Float(first), Float(second)]
            block.converted.append(row * 7919 % 100 < (first > 60 ? 60 : 20))
        }
        let found = try #require(
            LeadRegression(
                [LeadSnapshot(blocks: [block])], days: [], names: ["a", "b"], parallel: Parallel(threads: 1)))
        #expect(found.rowCount == 200 && found.convertedCount == 72)
        #expect(abs(found.intercept + 0.65465793) < 1e-6)
        #expect(abs(found.terms[0].mean - 50.045) < 1e-9 && abs(found.terms[1].scale - 5.65596146) < 1e-7)
        #expect(abs(found.terms[0].weight - 0.73913502) < 1e-6)
        #expect(abs(found.terms[1].weight - 0.16573139) < 1e-6)
    }
}
