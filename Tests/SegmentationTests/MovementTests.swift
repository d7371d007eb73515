import CustomerData
import Statistics
import Testing

@testable import Segmentation

/// What holds for any history and any series of dates.
@Suite struct MovementTests {
    /// A seeded shop of customers over 500 days, with returns of whole orders.
    private func shop(seed: UInt64) -> [HandOrderRow] {
        var generator = SeededGenerator(seed: seed)
        return (0..<250).flatMap { number -> [HandOrderRow] in
            let pace = 5 + generator.index(below: 120)
            var day = generator.index(below: 450)
            var rows: [HandOrderRow] = []
            while day < 500 {
                let back = generator.index(below: 8) == 0 ? Int32(day + generator.index(below: 60)) : nil
                rows.append(
                    HandOrderRow(
                        customer: "c\(1000 + number)", day: Int32(day),
                        value: Int64(1 + generator.index(below: 50)) * 10_000,
                        takenBackOn: back))
                if generator.index(below: 10) == 0 { break }
                day += 1 + generator.index(below: 2 * pace)
            }
            return rows
        }
    }

    private func series() throws -> DateSeries {
        try DateSeries(Day(number: 200)...Day(number: 500), every: .days(60))
    }

    private func movement(_ cuts: Movement.Cuts = .each, horizonDays: Int = 90) throws -> Movement {
        Movement(
            try Movement.Options(
                cuts: cuts, lifecycle: Lifecycle(try .init(horizonDays: horizonDays)), rfm: RFM(try RFM.Options())))
    }

    /// The rows known by a date.
    private func cut(_ rows: [HandOrderRow], _ date: Day) -> PurchaseHistory {
        PurchaseHistory(
            rows: rows.filter { $0.day <= date.number }.map { row in
                var row = row
                if let back = row.takenBackOn, back > date.number { row.takenBackOn = nil }
                return row
            })
    }

    private func cells(_ table: ResultTable, _ name: String) throws -> [String] {
        switch try #require(table.column(name)).values {
        case .identifiers(let list): (0..<list.count).map { list[$0] }
        case .categories(let codes, let labels):
            codes.map { labels.indices.contains(Int($0)) ? labels[Int($0)] : "" }
        default: []
        }
    }

    /// Followed move by move, every customer stands at every date where the lifecycle and RFM of the data cut at that
    /// date put it, and is there when that data knows it.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func everyDateIsThatOfTheDataCutThere(_ seed: UInt64) throws {
        let rows = shop(seed: seed)
        let history = PurchaseHistory(rows: rows)
        let series = try series()
        let movement = try movement()
        func stand(_ date: Day) throws -> [String: String] {
            let history = cut(rows, date)
            let states = movement.options.lifecycle.fit(history, asOf: date).assign(history, asOf: date).states
            let rfm = try movement.options.rfm.fit(history, asOf: date).score(history, asOf: date)
            return Dictionary(
                uniqueKeysWithValues: (0..<history.customers.count).map { row in
                    let segment =
                        rfm.segments[row] == RFMResult.noSegment
                        ? "no segment" : rfm.map.segments[Int(rfm.segments[row])].name
                    return (history.customers[row], "\(states[row].stage.name) \(states[row].name) \(segment)")
                })
        }
        var known = try stand(series.dates[0])
        var date = 0
        let result = try movement.result(
            of: history, presence: CustomerPresence(of: history), series: series
        ) { moves in
            date += 1
            #expect(moves.from == series.dates[date - 1] && moves.to == series.dates[date])
            let table = moves.table
            let ids = try cells(table, "customer_id")
            let (from, to) = (
                try ["stage_from", "state_from", "segment_from"].map { try cells(table, $0) },
                try ["stage_to", "state_to", "segment_to"].map { try cells(table, $0) }
            )
            for (row, id) in ids.enumerated() {
                let before = from.map { $0[row] }.joined(separator: " ")
                #expect(known[id] == (before == "  " ? nil : before))
                known[id] = to.map { $0[row] }.joined(separator: " ")
            }
            #expect(try known == stand(series.dates[date]))
        }
        #expect(date == series.dates.count - 1)
        #expect(result.customerCount(date: date) == known.count)
        #expect(result.steps[0].contains { $0.newcomerCount > 0 } && result.steps[1].contains { $0.movedCount > 0 })
    }

    @Test(arguments: [4, 5] as [UInt64])
    func flowsBalanceAndRowsAddUp(_ seed: UInt64) throws {
        let history = PurchaseHistory(rows: shop(seed: seed))
        let series = try series()
        let presence = CustomerPresence(of: history)
        let result = try movement().result(of: history, presence: presence, series: series)
        for (basis, labels) in result.labels.enumerated() {
            let steps = result.steps[basis]
            for (date, matrix) in steps.enumerated() {
                let (before, after) = (result.sizes[basis][date], result.sizes[basis][date + 1])
                let there = presence.since.count { $0 <= matrix.from.number }
                let later = presence.since.count { $0 <= matrix.to.number }
                #expect(labels.indices.dropFirst().reduce(0) { $0 + matrix.rowTotal($1) } == there)
                #expect(matrix.newcomerCount == later - there && matrix.columnTotal(0) == 0)
                var net = 0
                for label in labels.indices.dropFirst() {
                    let flow = matrix.flow(label)
                    #expect(flow.before == before[label].customers && flow.after == after[label].customers)
                    #expect(flow.before + flow.movedIn + flow.newcomers - flow.movedOut == flow.after)
                    net += flow.net
                    #expect(after[label].revenueAtRisk <= after[label].yearSpending)
                    #expect(after[label].expectedLoss <= after[label].revenueAtRisk)
                    var arrived = Money.zero
                    for from in labels.indices { arrived += matrix.yearSpending[from][label] }
                    #expect(arrived == after[label].yearSpending)
                }
                #expect(net == 0)
            }
            let overall = result.overall[basis]
            for label in labels.indices.dropFirst() {
                #expect(overall.rowTotal(label) == steps[0].rowTotal(label))
                #expect(overall.columnTotal(label) == steps[steps.count - 1].columnTotal(label))
            }
            #expect(overall.newcomerCount == steps.reduce(0) { $0 + $1.newcomerCount })
        }
        // However customers are sorted, there are as many, with as much at risk.
        for date in series.dates.indices {
            let totals = result.sizes.map { basis in basis[date].reduce(0) { $0 + $1.customers } }
            #expect(Set(totals).count == 1)
            var losses: Set<Int128> = []
            for basis in result.sizes {
                var loss = Money.zero
                for size in basis[date] { loss += size.expectedLoss }
                losses.insert(loss.tenThousandths)
            }
            #expect(losses.count == 1)
        }
        // Shares of a row add up to 1 in the table, and lie in their intervals.
        let table = result.transitionsTable
        guard case .fixed(let shares, _) = try #require(table.column("share")).values,
            case .fixed(let low, _) = try #require(table.column("share_low")).values,
            case .fixed(let high, _) = try #require(table.column("share_high")).values
        else {
            Issue.record("shares are numbers")
            return
        }
        #expect(shares.indices.allSatisfy { low[$0] <= shares[$0] && shares[$0] <= high[$0] })
    }

    @Test func threadsChangeNothing() throws {
        let history = PurchaseHistory(rows: shop(seed: 6))
        let presence = CustomerPresence(of: history)
        let one = try movement().result(
            of: history, presence: presence, series: series(), parallel: Parallel(threads: 1))
        for threads in [2, 3, 9] {
            let other = try movement().result(
                of: history, presence: presence, series: series(), parallel: Parallel(threads: threads))
            #expect(other == one)
        }
    }

    /// By the first date's cuts a customer who neither buys nor passes a cut of days stays, whatever others do.
    @Test func frozenCutsAreThoseOfTheFirstDate() throws {
        let rows = shop(seed: 7)
        let history = PurchaseHistory(rows: rows)
        let series = try series()
        let presence = CustomerPresence(of: history)
        let frozen = try movement(.first).result(of: history, presence: presence, series: series)
        let model = try RFM(RFM.Options()).fit(history, asOf: series.dates[0])
        for (date, day) in series.dates.enumerated() {
            let scored = model.score(history, asOf: day)
            for (label, name) in frozen.labels[2].enumerated().dropFirst(2) {
                let index = try #require(model.map.segments.firstIndex { $0.name == name })
                #expect(frozen.sizes[2][date][label].customers == scored.segments.count { Int($0) == index })
            }
        }
        let own = try movement().result(of: history, presence: presence, series: series)
        #expect(own.sizes[2][0] == frozen.sizes[2][0] && own.sizes[2] != frozen.sizes[2])
        // The lifecycle has no cuts.
        #expect(own.sizes[1] == frozen.sizes[1])
    }

    /// Revenue at risk is what those at risk and dormant spent in 365 days; the expected loss weighs it by 1 − p.
    @Test func revenueAtRiskIsTheirYearsSpending() throws {
        let history = RealHistories.cdnow
        let series = try DateSeries(
            try #require(Day("1998-01-01"))...(try #require(Day("1998-06-30"))), every: .days(180))
        let movement = try movement()
        let result = try movement.result(of: history, presence: CustomerPresence(of: history), series: series)
        let date = series.dates[1]
        let placed = movement.options.lifecycle.fit(history, asOf: date).assign(history, asOf: date)
        var spent = Int128(0)
        var atRisk = Int128(0)
        var loss = 0.0
        for customer in 0..<history.customers.count {
            var sum = Int128(0)
            for order in history.orderStarts[customer]..<history.orderStarts[customer + 1] {
                let age = date.number - history.orderDays[order]
                if age >= 0, age < 365 { sum += Int128(history.orderValues[order]) }
            }
            spent += sum
            guard placed.states[customer] == .atRisk || placed.states[customer] == .dormant else { continue }
            atRisk += sum
            loss += Double(sum) * (1 - placed.returnChance[customer])
        }
        let total = result.total(date: 1)
        #expect(total.yearSpending.tenThousandths == spent && total.revenueAtRisk.tenThousandths == atRisk)
        #expect(abs(Double(total.expectedLoss.tenThousandths) - loss) < Double(history.customers.count))
        #expect(atRisk > 0 && loss < Double(atRisk))
    }

    /// a is registered on day 5 and buys on 30; b is met on day 12; c is listed without a date; d buys on 20, listed with a
    /// later date of registration; e only returns something, on 25.
    @Test func customersAreThereFromTheirFirstTrace() {
        let history = PurchaseHistory(
            orders: [("a", 30, 1), ("d", 20, 1)], returns: [("e", 25, -1)], prospects: ["b", "c"])
        let interactions = InteractionHistory(
            starts: [0, 0, 2, 2, 2, 2],
            events: [
                Interaction(customer: 1, day: 12, kind: .sent), Interaction(customer: 1, day: 14, kind: .visit),
            ], channels: [])
        let none = PurchaseHistory.noDay
        let presence = CustomerPresence(
            of: history, interactions: interactions, listed: [true, false, true, true, false],
            registeredDays: [5, none, none, 40, none])
        #expect(presence.since == [5, 12, none, 20, 25] && presence.undatedCount == 1)
        #expect(interactions.lastResponses(asOf: Day(number: 13)) == [none, none, none, none, none])
        #expect(interactions.lastResponses(asOf: Day(number: 14))[1] == 14)
    }

    @Test func whatCanNotBeIsRefused() throws {
        let history = PurchaseHistory(rows: shop(seed: 8))
        let early = try DateSeries(Day(number: -50)...Day(number: 100), every: .days(50))
        let problem = #expect(throws: Problem.self) {
            try movement().result(of: history, presence: CustomerPresence(of: history), series: early)
        }
        #expect(problem?.kind == .usage && problem?.description.contains("the first date") == true)
        #expect(throws: Problem.self) {
            try Movement.Options(bases: [], lifecycle: Lifecycle(try .init()), rfm: RFM(try RFM.Options()))
        }
    }
}
