import CustomerData
import Simulation
import Statistics
import Testing

/// A company of a thousand customers with much dirt and fraud, whose truth must add up.
struct SmallCompany {
    static let shared = SmallCompany()

    let company: SimulatedCompany
    let customers: ResultTable
    let cells: ResultTable
    let transactions: ResultTable
    let interactions: ResultTable

    init() {
        let rates: [SimulationRate: Double] = [
            .typos: 0.2, .slips: 0.2, .shifted: 0.05, .swapped: 0.05, .transliterated: 0.2, .missing: 0.2,
            .impossible: 0.1, .duplicates: 0.2, .stolenAccount: 0.003, .refundAbuse: 0.003, .velocity: 0.003,
            .duplicatePayment: 0.01, .clerk: 0.01, .couponAbuse: 0.003,
        ]
        do {
            company = Simulation(try .init(customers: 1000, seed: 11, days: 500, rates: rates)).run()
        } catch {
            preconditionFailure("the options of this company are allowed")
        }
        (customers, cells) = company.records(0..<company.recordCount)
        transactions = company.transactions(0..<company.orderCount)
        interactions = company.interactions(0..<company.contactCount)
    }
}

@Suite struct SimulationTests {
    let small = SmallCompany.shared

    @Test func everyCustomerHasOnePersonOneStageAndOneSegment() {
        let ids = small.customers.texts("customer_id")
        #expect(ids.count == 1000 && Set(ids).count == 1000)
        for table in [small.company.persons(), small.company.stages(), small.company.segments()] {
            #expect(table.texts("customer_id") == ids, "\(table.name)")
        }
        let persons = small.company.persons().texts("person_id")
        #expect(Set(persons).count == small.company.personCount)
        // 20 % of 1,000 records are of persons who have one already.
        #expect(small.company.personCount == 800)
    }

    @Test func soiledCellsStandInCustomersAsTheyWereWritten() {
        let ids = Dictionary(
            uniqueKeysWithValues: small.customers.texts("customer_id").enumerated().map { ($1, $0) })
        let columns = Dictionary(
            uniqueKeysWithValues: small.customers.columns.map { ($0.name, small.customers.texts($0.name)) })
        var seen: Set<[String]> = []
        for row in small.cells.rows {
            let (id, column, written, truth) = (row[0], row[1], row[2], row[3])
            #expect(ids[id].map { columns[column]?[$0] } == written)
            #expect(!written.utf8.elementsEqual(truth.utf8))
            #expect(seen.insert([id, column]).inserted, "no cell is soiled twice")
        }
        let kinds = Set(small.cells.texts("kind"))
        #expect(
            kinds == [
                "shifted", "swapped", "transliterated", "missing", "impossible", "dates", "digits", "letters", "typos",
                "slips", "case", "spaces",
            ])
        #expect(Set(small.cells.texts("recoverable")) == ["true", "false"])
    }

    /// Restored by cells.csv, a person's records agree in what nobody changes.
    @Test func theRecordsOfAPersonAgreeWhenTheTruthIsRestored() {
        var records = small.customers.rows
        let ids = Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1[0], $0) })
        let names = small.customers.columns.map(\.name)
        for cell in small.cells.rows {
            if let row = ids[cell[0]], let column = names.firstIndex(of: cell[1]) { records[row][column] = cell[3] }
        }
        var first: [String: [String]] = [:]
        var duplicates = 0
        for (record, person) in zip(records, small.company.persons().texts("person_id")) {
            // Names, birth date, country.
            let known = [record[1], record[2], record[5], record[7]]
            if let other = first[person] {
                duplicates += 1
                #expect(other == known)
            }
            first[person] = known
        }
        #expect(duplicates == 200)
        // Emails and phones tell persons apart.
        for column in [3, 4] {
            var owner: [String: String] = [:]
            for (record, person) in zip(records, small.company.persons().texts("person_id")) {
                #expect(owner[record[column], default: person] == person)
                owner[record[column]] = person
            }
        }
    }

    @Test func nothingIsBoughtOrHeardBeforeRegistrationOrAfterTheEnd() {
        // Dirt leaves the day of registration alone.
        let registered = Dictionary(
            uniqueKeysWithValues: zip(small.customers.texts("customer_id"), small.customers.texts("registered")))
        let end = small.company.options.asOf.description
        for (table, time) in [(small.transactions, "order_time"), (small.interactions, "event_time")] {
            let times = table.texts(time)
            #expect(times == times.sorted())
            for (id, time) in zip(table.texts("customer_id"), times) {
                #expect(String(time.prefix(10)) >= registered[id] ?? "9999")
                #expect(time < end)
            }
        }
    }

    @Test func returnsTakeBackWhatWasBought() {
        var bought: [String: Int] = [:]
        var returned = 0
        let table = small.transactions
        let columns = ["order_id", "customer_id", "product_id", "quantity", "unit_price"].map(table.texts)
        for row in 0..<table.rowCount {
            let key = "\(columns[1][row]) \(columns[2][row]) \(columns[4][row])"
            let quantity = Int(columns[3][row]) ?? 0
            #expect(columns[0][row].hasPrefix("R") == (quantity < 0))
            if quantity > 0 {
                bought[key, default: 0] += quantity
            } else {
                returned += 1
                #expect(bought[key, default: 0] >= -quantity)
                bought[key, default: 0] += quantity
            }
        }
        #expect(returned > 100)
    }

    @Test func fraudStandsInTheTransactions() {
        let fraud = small.company.fraud()
        let lines = Dictionary(grouping: small.transactions.rows) { $0[0] }
        for row in fraud.rows {
            #expect(lines[row[0]] != nil)
            #expect(row[0].hasPrefix("R") == ["refund-abuse", "clerk"].contains(row[1]))
        }
        let kinds = fraud.texts("kind").reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        #expect(
            Set(kinds.keys) == [
                "stolen-account", "refund-abuse", "velocity", "duplicate-payment", "clerk", "coupon-abuse",
            ])
        // A second charge has the lines of the order before it.
        let orders = small.transactions.rows.reduce(into: [(id: String, lines: [[String]])]()) { orders, row in
            if orders.last?.id != row[0] { orders.append((row[0], [])) }
            orders[orders.count - 1].lines.append([row[1], row[3], row[6], row[7]])
        }
        for id in zip(fraud.texts("order_id"), fraud.texts("kind")).filter({ $1 == "duplicate-payment" }).map(\.0) {
            guard let place = orders.firstIndex(where: { $0.id == id }) else { continue }
            #expect(orders[max(0, place - 50)..<place].contains { $0.lines == orders[place].lines })
        }
    }

    @Test func stagesAgreeWithWhatHappened() {
        // What a customer orders with a coupon too many is the customer's own.
        let fraud = Set(small.company.fraud().rows.filter { $0[1] != "coupon-abuse" }.map { $0[0] })
        var (bought, heard): (Set<String>, Set<String>) = ([], [])
        for row in small.transactions.rows where row[0].hasPrefix("A") && !fraud.contains(row[0]) {
            bought.insert(row[1])
        }
        for row in small.interactions.rows where row[3] == "inbound" { heard.insert(row[0]) }
        var counts: [String: Int] = [:]
        for row in small.company.stages().rows {
            counts[row[1], default: 0] += 1
            switch row[1] {
            case "prospect": #expect(!bought.contains(row[0]))
            case "responder": #expect(bought.contains(row[0]) || heard.contains(row[0]))
            default: #expect(bought.contains(row[0]))
            }
        }
        #expect(counts == small.company.stageCounts)
        #expect(counts.keys.sorted() == ["active", "former", "prospect", "responder"])
    }

    @Test func aRateOfZeroPlantsNothing() throws {
        let none = Dictionary(uniqueKeysWithValues: SimulationRate.allCases.map { ($0, 0.0) })
        let company = Simulation(try .init(customers: 300, seed: 2, days: 200, rates: none)).run()
        #expect(company.personCount == 300)
        #expect(company.records(0..<300).cells.rowCount == 0)
        #expect(company.fraud().rowCount == 0 && company.returnCount == 0)
        #expect(!company.transactions(0..<company.orderCount).texts("order_id").contains { $0.hasPrefix("R") })
    }

    @Test(arguments: 1...3)
    func threadsDoNotMatter(_ threads: Int) throws {
        let options = try Simulation.Options(customers: 1500, seed: 5, days: 300)
        let one = Simulation(options).run(parallel: Parallel(threads: 1))
        let other = Simulation(options).run(parallel: Parallel(threads: threads))
        #expect(one.orderCount == other.orderCount && one.contactCount == other.contactCount)
        #expect(one.transactions(0..<one.orderCount).rows == other.transactions(0..<other.orderCount).rows)
        #expect(one.interactions(0..<one.contactCount).rows == other.interactions(0..<other.contactCount).rows)
        #expect(one.records(0..<1500).customers.rows == other.records(0..<1500).customers.rows)
        #expect(one.stages().rows == other.stages().rows)
        // A block's rows do not depend on where the block begins.
        let middle = one.transactions(100..<200).rows
        #expect(
            one.transactions(150..<200).rows
                == Array(
                    middle.drop { $0[0] < "A1000151" && $0[0] != "R1000151" }
                        .drop { Int($0[0].dropFirst()) ?? 0 < 1_000_151 }))
    }

    @Test func whatIsNotAllowedIsRefused() {
        func refusal(_ make: () throws -> Simulation.Options) -> String {
            do {
                _ = try make()
                return ""
            } catch { return "\(error)" }
        }
        #expect(refusal { try .init(customers: 0) } == "Simulation.customers must be in 1...20000000; got 0")
        #expect(refusal { try .init(customers: 1, days: 29) } == "Simulation.days must be in 30...3650; got 29")
        #expect(
            refusal { try .init(customers: 1, currencies: ["EUR", "euro"]) }
                == "Simulation.currencies must be one to three different codes of three capital letters; got EUR,euro")
        #expect(
            refusal { try .init(customers: 1, rates: [.typos: 1.5]) }
                == "Simulation.rate typos must be in 0...1; got 1.5")
        #expect(refusal { try .init(customers: 1, rates: [.typos: .nan]) }.hasPrefix("Simulation.rate typos"))
    }

    /// Converted by rates.csv, prices in several currencies are those of one, but for the rounding to hundredths.
    @Test func ratesBringPricesTogether() throws {
        func company(_ currencies: [String]) throws -> SimulatedCompany {
            Simulation(try .init(customers: 300, seed: 6, days: 120, currencies: currencies)).run()
        }
        let (one, several) = (try company(["EUR"]), try company(["EUR", "USD", "CNY"]))
        #expect(one.rates() == nil)
        let table = try #require(several.rates())
        guard case .fixed(let rates, _)? = table.column("rate")?.values else { return }
        let codes = table.texts("currency")
        #expect(rates.count == 3 * 120)
        #expect(zip(codes, rates).allSatisfy { $0 != "EUR" || $1 == 1 })
        let first = several.options.firstDay
        let (plain, mixed) = (one.transactions(0..<one.orderCount), several.transactions(0..<several.orderCount))
        #expect(plain.texts("order_id") == mixed.texts("order_id"))
        #expect(Set(mixed.texts("currency")) == ["EUR", "USD", "CNY"])
        let prices = zip(plain.texts("unit_price"), mixed.texts("unit_price")).map {
            (Double($0) ?? 0, Double($1) ?? 0)
        }
        let (ids, times, own) = (mixed.texts("order_id"), mixed.texts("order_time"), mixed.texts("currency"))
        // A return has the rate of the day on which the goods were bought.
        for row in ids.indices where ids[row].hasPrefix("A") && prices[row].0 > 0 {
            let day = try #require(Day(String(times[row].prefix(10))))
            let code = try #require(codes.firstIndex(of: own[row]))
            let rate = rates[Int(day.number - first.number) * 3 + code]
            #expect(abs(prices[row].1 * rate - prices[row].0) <= 0.0051 * max(rate, 1))
        }
    }

    @Test func oneCustomerIsACompany() throws {
        let company = Simulation(try .init(customers: 1, days: 30)).run()
        #expect(company.records(0..<1).customers.rowCount == 1 && company.personCount == 1)
    }
}
