import Statistics

/// What passes between a person and the shop besides orders.
struct PersonContacts {
    /// Share of persons without a purchase who are interested, and mean days for which they are.
    static let interestedShare = 0.6
    static let interestMeanDays = 200.0
    /// Mean days between the contacts of one who is interested.
    static let interestGapDays = 25.0
    /// Share of purchases that a visit to the site comes before, that are rated, followed by a question, complained of.
    static let visitShare = 0.3
    static let ratingShare = 0.06
    static let enquiryShare = 0.01
    static let complaintShare = 0.01
    /// Share of those who may be mailed that a campaign goes to; of those silent for long when it is to win back.
    static let campaignShare = 0.3
    static let winBackShare = 0.6
    /// Chance to open a mail, and to click when it is open: customers who are there, interested persons, customers who
    /// left.
    static let openChances = [0.30, 0.40, 0.03]
    static let clickChances = [0.20, 0.30, 0]

    private(set) var contacts: [ContactEvent] = []
    /// Whether anything came from the customer on each of the person's records.
    private(set) var hasInbound: [Bool]
    /// Second until which a person without a purchase is interested; nil for those who never were.
    private(set) var interestEnd: Int?

    private let life: CustomerLife
    private let plan: CompanyPlan
    private let population: Population
    private let records: ArraySlice<UInt32>
    private var random: SeededGenerator

    init(_ life: CustomerLife, _ plan: CompanyPlan, _ population: Population) {
        self.life = life
        self.plan = plan
        self.population = population
        records = population.records(of: life.number)
        hasInbound = [Bool](repeating: false, count: records.count)
        random = SeededGenerator(seed: plan.options.seed, purpose: .contacts, thing: UInt64(life.number))
        if life.orders.isEmpty { showInterest() } else { accompanyOrders() }
        if life.person.consents { mail() }
    }

    /// Adds a contact at a second of the newest record; nothing before the first or after the end.
    private mutating func add(_ second: Int, _ kind: ContactKind, channel: Int, detail: Int = 0, text: Int = 0) {
        let day = second / ShopCalendar.daySeconds
        guard second >= 0, second < plan.calendar.seconds,
            let place = records.indices.last(where: { Int(population.registered[Int(records[$0])]) <= day })
        else { return }
        if kind.isInbound { hasInbound[place - records.startIndex] = true }
        contacts.append(
            ContactEvent(
                second: second, record: Int(records[place]), kind: kind, channel: channel, detail: detail, text: text))
    }

    /// Contacts of one who has not bought yet: those who will, and those who are interested.
    private mutating func showInterest() {
        let day = Double(ShopCalendar.daySeconds)
        let registered = Double(life.person.registered) * day
        if life.person.isBuyer {
            interestEnd = plan.calendar.seconds
        } else {
            guard random.happens(PersonContacts.interestedShare) else { return }
            interestEnd = Int(registered + random.exponential(mean: PersonContacts.interestMeanDays * day))
        }
        guard let interestEnd else { return }
        var clock = max(registered, 0)
        while true {
            clock += random.exponential(mean: PersonContacts.interestGapDays * day)
            guard clock < Double(min(interestEnd, plan.calendar.seconds)) else { return }
            let channel = 1 + random.index(below: 2)
            let second = plan.calendar.second(on: Int(clock / day), channel: channel, &random)
            switch random.index(below: 10) {
            case 0: add(second, .enquiry, channel: 3, text: text(.question))
            case 1: add(second, .reply, channel: 3, text: text(.question))
            case 2: add(second, .call, channel: 4)
            default: add(second, .visit, channel: channel)
            }
        }
    }

    private mutating func accompanyOrders() {
        let day = ShopCalendar.daySeconds
        for order in life.orders.all {
            if random.happens(PersonContacts.visitShare) {
                add(
                    order.second - Int(random.exponential(mean: Double(day))), .visit,
                    channel: 1 + random.index(below: 2))
            }
            if random.happens(PersonContacts.ratingShare) {
                let stars = 4.1 + 0.6 * life.satisfaction + 0.7 * random.normal()
                let rating = min(5, max(1, Int(stars.rounded())))
                let words = random.happens(0.4) ? text(rating > 3 ? .praise : .complaint) : 0
                add(order.second + random.number(in: 1...10) * day, .rating, channel: 1, detail: rating, text: words)
            }
            if random.happens(PersonContacts.enquiryShare) {
                add(order.second + random.number(in: 1...5) * day, .enquiry, channel: 3, text: text(.question))
            }
            if random.happens(PersonContacts.complaintShare * (life.satisfaction < 0 ? 2 : 0.5)) {
                add(order.second + random.number(in: 1...7) * day, .complaint, channel: 4, text: text(.complaint))
            }
        }
    }

    /// Mails of the campaigns, and what the person does with them.
    private mutating func mail() {
        let day = ShopCalendar.daySeconds
        let orders = life.orders.all
        var next = 0
        for (number, campaign) in plan.calendar.campaigns.enumerated() {
            let noon = campaign * day
            while next < orders.count, orders[next].second < noon { next += 1 }
            let isWonBack = life.orders.winBacks.contains(campaign)
            if ShopCalendar.winsBack(number), !orders.isEmpty {
                let silence = next == 0 ? 0 : noon - orders[next - 1].second
                guard
                    isWonBack
                        || (silence >= CustomerLife.winBackAfterDays * day
                            && random.happens(PersonContacts.winBackShare))
                else { continue }
            } else {
                guard random.happens(PersonContacts.campaignShare) else { continue }
            }
            let sent = noon + 7 * 3600 + random.index(below: 3 * 3600)
            add(sent, .sent, channel: 3, detail: number + 1)
            let kind: Int
            if orders.isEmpty {
                guard let interestEnd, sent < interestEnd else { continue }
                kind = 1
            } else {
                kind = life.leftAt.map { sent > $0 } == true ? 2 : 0
            }
            guard isWonBack || random.happens(PersonContacts.openChances[kind]) else { continue }
            let opened = sent + Int(random.exponential(mean: 6 * 3600))
            add(opened, .open, channel: 3, detail: number + 1)
            if isWonBack || random.happens(PersonContacts.clickChances[kind]) {
                add(opened + random.number(in: 5...300), .click, channel: 3, detail: number + 1)
            }
        }
    }

    private mutating func text(_ mood: ContactTexts.Mood) -> Int {
        ContactTexts.number(mood, script: Int(life.person.script), random.index(below: ContactTexts.count))
    }
}
