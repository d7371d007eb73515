import CustomerData

/// What is counted of a group of customers: an accumulator, whose parts merge by adding.
struct KeyFigureTally: Sendable {
    /// Counts of one period.
    struct Window: Sendable {
        var customers = 0
        var active = 0
        var new = 0
        /// Customers active in the period before.
        var activeBefore = 0
        /// Those of them without a purchase in this one.
        var lost = 0
        /// Active customers with more than one purchase by the end.
        var repeating = 0
        var orders = 0
        /// Ten-thousandths.
        var revenue: Int128 = 0
        /// Revenue of each active customer.
        var spent: [Int128] = []
        /// Sum of the marks in ten-thousandths.
        var ratingSum: Int128 = 0
        var ratings = 0
        var complaints = 0
        var sent = 0
        var answered = 0

        mutating func merge(_ other: Window) {
            customers += other.customers
            active += other.active
            new += other.new
            activeBefore += other.activeBefore
            lost += other.lost
            repeating += other.repeating
            orders += other.orders
            revenue += other.revenue
            spent += other.spent
            ratingSum += other.ratingSum
            ratings += other.ratings
            complaints += other.complaints
            sent += other.sent
            answered += other.answered
        }
    }

    var current = Window()
    var previous = Window()
    /// Whether there is a complaint, in any period.
    var hasComplaints = false

    mutating func merge(_ other: KeyFigureTally) {
        current.merge(other.current)
        previous.merge(other.previous)
        hasComplaints = hasComplaints || other.hasComplaints
    }
}

/// Counts blocks of customers.
struct KeyFigureCounting: Sendable {
    private let history: PurchaseHistory
    private let interactions: InteractionHistory?
    /// Last days of the last period and of the two before it.
    private let ends: [Day]
    private let days: Int

    init(history: PurchaseHistory, interactions: InteractionHistory?, end: Day, days: Int) {
        self.history = history
        self.interactions = interactions
        self.days = days
        ends = (0..<3).map { end.advanced(byDays: -$0 * days) }
    }

    /// A period: 0 is the last one.
    func window(_ number: Int) -> ClosedRange<Day> { ends[number].advanced(byDays: 1 - days)...ends[number] }

    /// A customer's purchases at the end of a period.
    private struct Standing {
        /// Purchases within the period.
        var within = 0
        /// Purchases before it.
        var before = 0
        /// Monetary.
        var monetary: Int128 = 0
    }

    /// The tallies of some customers: one a segment, and the last of those without one.
    func tallies(of customers: Range<Int>, segments: [UInt16], segmentCount: Int) -> [KeyFigureTally] {
        var tallies = [KeyFigureTally](repeating: KeyFigureTally(), count: segmentCount + 1)
        let standings = ends.map { self.standings(of: customers, at: $0) }
        for customer in customers {
            let group = min(Int(segments[customer]), segmentCount)
            let row = customer - customers.lowerBound
            let (now, before, earlier) = (standings[0][row], standings[1][row], standings[2][row])
            KeyFigureCounting.count(now, after: before, in: &tallies[group].current)
            KeyFigureCounting.count(before, after: earlier, in: &tallies[group].previous)
            count(interactionsOf: customer, in: &tallies[group])
        }
        return tallies
    }

    /// Where each customer of a block stood at the end of a period: nothing after it is used.
    private func standings(of customers: Range<Int>, at end: Day) -> [Standing] {
        var standings = [Standing](repeating: Standing(), count: customers.count)
        let first = end.number - Int32(days) + 1
        standings.withUnsafeMutableBufferPointer { standings in
            history.forEachOrder(of: customers, asOf: end) { order, customer, net in
                let row = customer - customers.lowerBound
                standings[row].monetary += Int128(net)
                guard history.isPurchase(order, netValue: net) else { return }
                if history.orderDays[order] >= first {
                    standings[row].within += 1
                } else {
                    standings[row].before += 1
                }
            }
        }
        guard history.returns == .net else { return standings }
        let returns = history.unmatchedReturns
        var position = KeyFigureCounting.firstReturn(of: customers.lowerBound, in: returns)
        while position < returns.count, returns[position].customer < customers.upperBound {
            if returns[position].day <= end.number {
                standings[returns[position].customer - customers.lowerBound].monetary += Int128(returns[position].value)
            }
            position += 1
        }
        return standings
    }

    private static func firstReturn(of customer: Int, in returns: [PurchaseHistory.UnmatchedReturn]) -> Int {
        var (low, high) = (0, returns.count)
        while low < high {
            let middle = (low + high) / 2
            if returns[middle].customer < customer { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func count(_ standing: Standing, after before: Standing, in window: inout KeyFigureTally.Window) {
        let spent = standing.monetary - before.monetary
        window.revenue += spent
        window.orders += standing.within
        if standing.within + standing.before > 0 { window.customers += 1 }
        if before.within > 0 {
            window.activeBefore += 1
            if standing.within == 0 { window.lost += 1 }
        }
        guard standing.within > 0 else { return }
        window.active += 1
        if standing.before == 0 { window.new += 1 }
        if standing.within + standing.before > 1 { window.repeating += 1 }
        window.spent.append(spent)
    }

    private func count(interactionsOf customer: Int, in tally: inout KeyFigureTally) {
        guard let interactions else { return }
        let (start, end) = (interactions.starts[customer], interactions.starts[customer + 1])
        guard start < end else { return }
        interactions.events.withUnsafeBufferPointer { all in
            // Nothing after the last period is used, not as an answer either.
            var known = end
            while known > start, all[known - 1].day > ends[0].number { known -= 1 }
            let events = UnsafeBufferPointer(rebasing: all[start..<known])
            for event in events {
                if event.kind == .complaint { tally.hasComplaints = true }
                if event.day > ends[1].number {
                    KeyFigureCounting.count(event, in: &tally.current)
                } else if event.day > ends[2].number {
                    KeyFigureCounting.count(event, in: &tally.previous)
                }
            }
            interactions.forEachSent(events) { day, isAnswered in
                let judged = day + InteractionHistory.answerDays
                if judged > ends[1].number, judged <= ends[0].number {
                    tally.current.sent += 1
                    if isAnswered { tally.current.answered += 1 }
                } else if judged > ends[2].number, judged <= ends[1].number {
                    tally.previous.sent += 1
                    if isAnswered { tally.previous.answered += 1 }
                }
            }
        }
    }

    private static func count(_ event: Interaction, in window: inout KeyFigureTally.Window) {
        if event.kind == .complaint { window.complaints += 1 }
        if event.rating != Interaction.noRating {
            window.ratings += 1
            window.ratingSum += Int128(event.rating)
        }
    }
}
