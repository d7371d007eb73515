import Glibc

/// Where each of a person's records stands as of the end.
///
/// - **prospect**: nothing was bought on the record and nothing was heard, or the interest ended longer ago than 180 days;
/// - **responder**: nothing was bought, or all of it was brought back; the person is interested, or was within the last 180
///   days, and has shown it;
/// - **former**: the person left, and the record has been silent for longer than its own usual gap: the 80 % quantile of
///   the time between purchases at the person's own rate, ln 5 / rate. Who left a moment ago is not missed yet;
/// - **active**: everyone else.
struct RecordStandings {
    /// Days for which interest is remembered.
    static let interestDays = 180
    /// Days for which a customer is new, or won back.
    static let recentDays = 90

    private struct Tally {
        var bought = 0
        var kept = 0
        var first = 0
        var last = 0
    }

    /// Where a record stands.
    struct Entry {
        let record: Int
        let standing: CustomerStanding
        /// Whether the person left so lately that the record counts as active.
        let isNotMissedYet: Bool
    }

    /// The records, by registration.
    let entries: [Entry]

    init(_ life: CustomerLife, _ conduct: PersonConduct, _ contacts: PersonContacts, _ plan: CompanyPlan) {
        let end = plan.calendar.seconds
        let day = ShopCalendar.daySeconds
        let records = conduct.records
        var tallies = [Tally](repeating: Tally(), count: records.count)
        for order in conduct.orders where [.purchase, .welcome, .couponAgain].contains(order.kind) {
            guard let place = records.firstIndex(of: order.record) else { continue }
            let index = place - records.startIndex
            tallies[index].bought += 1
            guard !conduct.isReversed[Int(order.ordinal)] else { continue }
            if tallies[index].kept == 0 { tallies[index].first = Int(order.second) }
            tallies[index].kept += 1
            tallies[index].last = Int(order.second)
        }
        let used = max(1, tallies.count { $0.bought > 0 })
        let usualGap = log(5.0) / (life.rate * life.rateFactor) * Double(used)
        // A customer is interested as long as they are there.
        let interestEnd = life.orders.isEmpty ? contacts.interestEnd : life.leftAt ?? end
        entries = records.indices.map { place in
            let tally = tallies[place - records.startIndex]
            let silence = Double(end - tally.last) / Double(day)
            let standing: CustomerStanding
            if tally.kept == 0 {
                let isInterested = interestEnd.map { $0 >= end - RecordStandings.interestDays * day } ?? false
                let hasShown = contacts.hasInbound[place - records.startIndex]
                standing = tally.bought > 0 || (isInterested && hasShown) ? .responder : .prospect
            } else if life.leftAt != nil, silence > usualGap {
                standing = life.isReachable ? .dormant : .lost
            } else if life.leftAt != nil || silence > usualGap || life.isDeclining {
                standing = .atRisk
            } else if let back = life.wonBackAt, end - back <= RecordStandings.recentDays * day {
                standing = .wonBack
            } else if end - tally.first <= RecordStandings.recentDays * day {
                standing = .new
            } else {
                standing = life.isGrowing ? .growing : .mature
            }
            return Entry(
                record: Int(records[place]), standing: standing,
                isNotMissedYet: life.leftAt != nil && standing == .atRisk)
        }
    }
}
