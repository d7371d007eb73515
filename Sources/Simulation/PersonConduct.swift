import Statistics

/// What a life leaves behind: orders, returns and frauds on the person's records, contacts, and where each record stands.
struct PersonConduct {
    /// Share of returns that bring back the whole order.
    static let wholeReturnShare = 0.3
    /// Days within which goods are brought back.
    static let returnDays = 1...20

    /// Orders, returns and frauds of a person.
    private(set) var orders: [OrderEvent] = []
    /// Whether each genuine order was brought back as a whole.
    private(set) var isReversed: [Bool] = []
    /// The person's records, by registration.
    let records: ArraySlice<UInt32>
    private let life: CustomerLife
    private let plan: CompanyPlan
    private let population: Population
    private var random: SeededGenerator
    private var nextOrdinal: Int
    private var lines: [BasketLine] = []

    init(_ life: CustomerLife, _ plan: CompanyPlan, _ population: Population) {
        self.life = life
        self.plan = plan
        self.population = population
        records = population.records(of: life.number)
        random = SeededGenerator(seed: plan.options.seed, purpose: .conduct, thing: UInt64(life.number))
        nextOrdinal = life.orders.count
        placeOrders()
    }

    /// One of the records that are registered by a day, each as likely.
    private mutating func record(on day: Int) -> Int {
        let known = records.prefix { Int(population.registered[Int($0)]) <= day }
        return Int(known[known.startIndex + (known.count > 1 ? random.index(below: known.count) : 0)])
    }

    private mutating func placeOrders() {
        let all = life.orders.all
        isReversed = [Bool](repeating: false, count: all.count)
        let sequences = plannedSequences(all)
        let rates = FraudRates(plan.options)
        var (abused, coupons) = (0, 0)
        for (ordinal, order) in all.enumerated() {
            let record = record(on: order.second / ShopCalendar.daySeconds)
            if random.happens(rates.couponAbuse) { coupons = random.number(in: 3...6) }
            var kind = order.kind
            if coupons > 0, kind == .purchase {
                kind = .couponAgain
                coupons -= 1
            }
            let event = OrderEvent(
                second: order.second, record: record, ordinal: ordinal, plan: sequences[ordinal], kind: kind,
                channel: order.channel)
            orders.append(event)
            if random.happens(rates.refundAbuse) { abused = random.number(in: 4...7) }
            // Whatever happens to an order happens to one that was paid in full.
            guard kind == .purchase else { continue }
            if abused > 0 {
                abused -= 1
                takeBack(event, as: .abusedReturn, afterDays: 1...3)
            } else if random.happens(plan.options.rate(.returns)) {
                takeBack(event, as: isSingleLine(event) ? .returnedOrder : nil, afterDays: PersonConduct.returnDays)
            } else {
                addFraud(after: event, rates)
            }
        }
    }

    /// Which order has which product of a planted sequence.
    private mutating func plannedSequences(_ all: [PersonOrders.Order]) -> [UInt8] {
        var plans = [UInt8](repeating: 0, count: all.count)
        for ordinal in all.indices.dropLast() where plans[ordinal] == 0 {
            guard random.happens(PlantedRules.sequenceChance) else { continue }
            let sequence = random.index(below: PlantedRules.sequences.count)
            plans[ordinal] = UInt8(1 + 2 * sequence)
            if random.happens(PlantedRules.sequences[sequence].chance) { plans[ordinal + 1] = UInt8(2 + 2 * sequence) }
        }
        return plans
    }

    private mutating func isSingleLine(_ event: OrderEvent) -> Bool {
        plan.baskets.draw(event, person: life.person, number: life.number, calendar: plan.calendar, into: &lines)
        return lines.count == 1
    }

    /// Brings an order back as that kind; without a kind, the whole or one of its lines.
    private mutating func takeBack(_ event: OrderEvent, as kind: OrderKind?, afterDays days: ClosedRange<Int>) {
        let isWhole = random.happens(PersonConduct.wholeReturnShare)
        let kind = kind ?? (isWhole ? .returnedOrder : .returnedLine)
        let day = Int(event.second) / ShopCalendar.daySeconds + random.number(in: days)
        guard day < plan.calendar.days else { return }
        orders.append(event.again(at: plan.calendar.second(on: day, channel: event.channel, &random), as: kind))
        if kind != .returnedLine { isReversed[Int(event.ordinal)] = true }
    }

    private mutating func addFraud(after event: OrderEvent, _ rates: FraudRates) {
        let second = Int(event.second)
        let day = second / ShopCalendar.daySeconds
        if random.happens(rates.stolenAccount) {
            // In the small hours of one of the next days.
            let hour = 3600 + random.index(below: 4 * 3600)
            addOwn(at: (day + random.number(in: 1...30)) * ShopCalendar.daySeconds + hour, as: .stolen, like: event)
        }
        if random.happens(rates.velocity) {
            var at = second + random.number(in: 300...3600)
            for _ in 0..<random.number(in: 6...12) {
                addOwn(at: at, as: .burst, like: event)
                at += random.number(in: 10...90)
            }
        }
        if random.happens(rates.duplicatePayment) {
            let again = second + random.number(in: 20...180)
            if again < plan.calendar.seconds { orders.append(event.again(at: again, as: .secondCharge)) }
        }
        if random.happens(rates.clerk), event.channel == 0 {
            let closing = day * ShopCalendar.daySeconds + 22 * 3600 + random.index(below: 900)
            if closing > second { orders.append(event.again(at: closing, as: .clerkRefund)) }
        }
    }

    /// Adds an order with lines of its own.
    private mutating func addOwn(at second: Int, as kind: OrderKind, like event: OrderEvent) {
        guard second < plan.calendar.seconds, nextOrdinal < Int(UInt16.max) else { return }
        orders.append(
            OrderEvent(
                second: second, record: Int(event.record), ordinal: nextOrdinal, plan: 0, kind: kind, channel: 1))
        nextOrdinal += 1
    }

    /// Rates that are asked for at every order.
    private struct FraudRates {
        let stolenAccount, refundAbuse, velocity, duplicatePayment, clerk, couponAbuse: Double

        init(_ options: Simulation.Options) {
            stolenAccount = options.rate(.stolenAccount)
            refundAbuse = options.rate(.refundAbuse)
            velocity = options.rate(.velocity)
            duplicatePayment = options.rate(.duplicatePayment)
            clerk = options.rate(.clerk)
            couponAbuse = options.rate(.couponAbuse)
        }
    }
}
