import CustomerData

/// Places customers without a purchase: responder or prospect, by what was heard from them up to a date.
struct CustomerResponses {
    let history: PurchaseHistory
    let asOf: Int32
    let lastResponses: [Int32]?
    let withinDays: Int

    init(_ history: PurchaseHistory, asOf: Day, lastResponses: [Int32]?, withinDays: Int) {
        self.history = history
        self.asOf = asOf.number
        self.lastResponses = lastResponses
        self.withinDays = withinDays
    }

    func place(_ customer: Int) -> CustomerPlace {
        var last = PurchaseHistory.noDay
        var reason = LifecycleReason.nothingHeard
        func hear(_ day: Int32, _ why: LifecycleReason) {
            guard day <= asOf, day > last else { return }
            last = day
            reason = why
        }
        if let lastResponses { hear(lastResponses[customer], .response) }
        // The history's last return may lie after the date; then an earlier one is among the rows below.
        hear(history.lastReturns[customer], .goodsReturned)
        for row in unmatchedReturns(of: customer) { hear(history.unmatchedReturns[row].day, .goodsReturned) }
        for row in reversals(of: customer) { hear(history.reversals[row].day, .goodsReturned) }
        var everythingTakenBack = false
        for order in history.orderStarts[customer]..<history.orderStarts[customer + 1]
        where history.orderDays[order] <= asOf {
            // There is no purchase: an order that had a value was taken back.
            if history.orderValues[order] > 0 { everythingTakenBack = true }
            hear(history.orderDays[order], .orderWithoutValue)
        }
        let days = last == PurchaseHistory.noDay ? last : asOf - last
        if everythingTakenBack { return CustomerPlace(state: .responder, reason: .everythingTakenBack, days: days) }
        guard last != PurchaseHistory.noDay else { return CustomerPlace(state: .prospect, reason: .nothingHeard) }
        guard days <= Int32(withinDays) else {
            return CustomerPlace(state: .prospect, reason: .oldResponse, days: days)
        }
        return CustomerPlace(state: .responder, reason: reason, days: days)
    }

    private func unmatchedReturns(of customer: Int) -> Range<Int> {
        let rows = history.unmatchedReturns
        let start = rows.indices.firstPosition { rows[$0].customer >= customer }
        return start..<rows.indices.firstPosition { rows[$0].customer > customer }
    }

    private func reversals(of customer: Int) -> Range<Int> {
        let rows = history.reversals
        let (first, end) = (history.orderStarts[customer], history.orderStarts[customer + 1])
        let start = rows.indices.firstPosition { rows[$0].order >= first }
        return start..<rows.indices.firstPosition { rows[$0].order >= end }
    }
}

extension Range<Int> {
    /// The first number for which the condition holds, which holds for all after it; the upper bound if for none.
    ///
    /// - Complexity: O(log n).
    fileprivate func firstPosition(where holds: (Int) -> Bool) -> Int {
        var low = lowerBound
        var high = upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
