import CustomerData
import Glibc
import Statistics

extension LifecycleEvaluation {
    /// Judges the dates one, two, … horizons before that of `known` at which the data had run for 45 days.
    init(
        of lifecycle: Lifecycle, _ history: PurchaseHistory, _ known: PurchaseDays, _ logarithms: DayLogarithms,
        _ parallel: Parallel
    ) {
        let options = lifecycle.options
        guard let firstDay = logarithms.firstDay else {
            self.init(dates: [])
            return
        }
        let days = (0..<options.judgedDateCount)
            .map { known.asOf.advanced(byDays: -options.horizonDays * ($0 + 1)) }
            .filter { $0.days(since: firstDay) >= ReturnSnapshot.smallestAge }
        guard !days.isEmpty else {
            self.init(dates: [])
            return
        }
        // Dates side by side: much of the work at one date can't be split.
        let inner = Parallel(threads: parallel.threadCount / days.count)
        self.init(
            dates: parallel.map(days.count) { index in
                LifecycleJudgement(of: lifecycle, history, asOf: days[index], known: known, logarithms, parallel: inner)
            })
    }
}

extension LifecycleJudgement {
    /// Fits a model to what was known at a date, places every customer by it, and counts who returned.
    init(
        of lifecycle: Lifecycle, _ history: PurchaseHistory, asOf: Day, known: PurchaseDays,
        _ logarithms: DayLogarithms,
        parallel: Parallel
    ) {
        let past = history.purchaseDays(asOf: asOf)
        let (rhythm, chance) = lifecycle.learn(history, past, logarithms, parallel)
        let horizon = lifecycle.options.horizonDays
        let placing = CustomerPlacing(rhythm: rhythm, chance: chance, horizonDays: horizon)
        let size = PurchaseTrails.blockSize
        let blockCount = (history.customers.count + size - 1) / size
        let (tallies, coverage) = past.withTrails(logarithms) { trails in
            known.withTrails(logarithms) { later in
                let tallies = parallel.map(blockCount) { block in
                    var tally = ReturnTally()
                    for customer in block * size..<min((block + 1) * size, trails.customerCount) {
                        guard let trail = trails.trail(customer) else { continue }
                        tally.add(
                            placing.place(trail, trails, customer),
                            returned: later.days(customer).contains(after: asOf, withinDays: horizon))
                    }
                    return tally
                }
                let gaps = parallel.map(blockCount) { block in
                    var gaps = GapTally()
                    for customer in block * size..<min((block + 1) * size, trails.customerCount) {
                        gaps.add(trails.days(customer), later.days(customer), later, placing, after: asOf.number)
                    }
                    return gaps
                }
                return (tallies, gaps.reduce(into: GapTally()) { $0.merge($1) }.coverage)
            }
        }
        self.init(
            asOf: asOf, thresholdsJudged: chance.thresholdsJudged,
            tallies.reduce(into: ReturnTally()) { $0.merge($1) }, coverage)
    }

    private init(asOf: Day, thresholdsJudged: Bool, _ tally: ReturnTally, _ coverage: ThresholdCoverage) {
        self.asOf = asOf
        self.thresholdsJudged = thresholdsJudged
        customerCount = tally.all.customers
        returnedCount = tally.all.returned
        areaUnderCurve = Statistics.areaUnderCurve(scores: tally.chances, positives: tally.returned)
        recencyAreaUnderCurve = Statistics.areaUnderCurve(scores: tally.recencies, positives: tally.returned)
        informationGained = tally.all.informationGained(by: tally.states)
        bucketInformationGained = tally.all.informationGained(by: tally.buckets)
        let count = Double(max(tally.all.customers, 1))
        let share = Double(tally.all.returned) / count
        brierScore = tally.squares / count
        brierScoreOfShare = share * (1 - share)
        states = zip(LifecycleState.allCases, tally.states).filter { $1.customers > 0 }.map { state, group in
            StateOutcome(
                state: state, customerCount: group.customers, returnedCount: group.returned,
                predictedReturn: group.chances / Double(group.customers))
        }
        calibration = tally.tenths.filter { $0.customers > 0 }.map { group in
            ChanceOutcome(
                customerCount: group.customers, returnedCount: group.returned,
                predictedReturn: group.chances / Double(group.customers))
        }
        self.coverage = coverage
    }
}

/// Customers, those that returned, and the chances that they were given.
private struct ReturnGroup {
    var customers = 0
    var returned = 0
    var chances = 0.0

    mutating func add(_ chance: Double, returned: Bool) {
        customers += 1
        if returned { self.returned += 1 }
        chances += chance
    }

    mutating func merge(_ other: ReturnGroup) {
        customers += other.customers
        returned += other.returned
        chances += other.chances
    }

    /// Entropy of return, in nats.
    var entropy: Double {
        guard returned > 0, returned < customers else { return 0 }
        let share = Double(returned) / Double(customers)
        return -share * log(share) - (1 - share) * log(1 - share)
    }

    /// Mutual information of return and the group that a customer is in, in nats.
    func informationGained(by groups: [ReturnGroup]) -> Double {
        guard customers > 0 else { return 0 }
        let rest = groups.reduce(0) { $0 + Double($1.customers) * $1.entropy } / Double(customers)
        // Below zero by rounding only.
        return max(entropy - rest, 0)
    }
}

/// Outcomes of customers; adds one and merges with another of its kind.
private struct ReturnTally {
    var all = ReturnGroup()
    var states = [ReturnGroup](repeating: ReturnGroup(), count: LifecycleState.allCases.count)
    /// Silent for up to 30, 60, 90 and more days.
    var buckets = [ReturnGroup](repeating: ReturnGroup(), count: 4)
    var tenths = [ReturnGroup](repeating: ReturnGroup(), count: 10)
    var squares = 0.0
    var chances: [Double] = []
    /// Days since the last purchase, negated.
    var recencies: [Double] = []
    var returned: [Bool] = []

    mutating func add(_ place: CustomerPlace, returned: Bool) {
        let chance = place.returnChance
        all.add(chance, returned: returned)
        states[Int(place.state.rawValue)].add(chance, returned: returned)
        buckets[min(max(Int(place.days) - 1, 0) / 30, 3)].add(chance, returned: returned)
        tenths[min(Int(chance * 10), 9)].add(chance, returned: returned)
        let error = (returned ? 1 : 0) - chance
        squares += error * error
        chances.append(chance)
        recencies.append(-Double(place.days))
        self.returned.append(returned)
    }

    mutating func merge(_ other: ReturnTally) {
        all.merge(other.all)
        for index in states.indices { states[index].merge(other.states[index]) }
        for index in buckets.indices { buckets[index].merge(other.buckets[index]) }
        for index in tenths.indices { tenths[index].merge(other.tenths[index]) }
        squares += other.squares
        chances += other.chances
        recencies += other.recencies
        returned += other.returned
    }
}

/// Gaps before and after a date; adds a customer and merges with another of its kind.
private struct GapTally {
    var countBefore = 0
    var daysBefore = 0
    var countAfter = 0
    var daysAfter = 0
    var exceeding = 0

    mutating func add(
        _ past: UnsafeBufferPointer<Int32>, _ days: UnsafeBufferPointer<Int32>, _ later: PurchaseTrails,
        _ placing: CustomerPlacing, after day: Int32
    ) {
        if let first = past.first, let last = past.last, past.count > 1 {
            countBefore += past.count - 1
            daysBefore += Int(last &- first)
        }
        var logGapSum = 0.0
        for position in days.indices.dropFirst() {
            let gap = Int(days[position] &- days[position - 1])
            let age = Int(days[position]) - Int(day)
            if age > placing.horizonDays { break }
            if age > 0 {
                let gapCount = position - 1
                let expected = placing.rhythm.expectedLogGap(gapCount: gapCount, logGapSum: logGapSum)
                let threshold = placing.rhythm.thresholdDays(gapCount: gapCount, expectedLogGap: expected)
                countAfter += 1
                daysAfter += gap
                if Double(gap) > threshold { exceeding += 1 }
            }
            logGapSum += later.logarithms[gap]
        }
    }

    mutating func merge(_ other: GapTally) {
        countBefore += other.countBefore
        daysBefore += other.daysBefore
        countAfter += other.countAfter
        daysAfter += other.daysAfter
        exceeding += other.exceeding
    }

    var coverage: LifecycleJudgement.ThresholdCoverage {
        LifecycleJudgement.ThresholdCoverage(
            gapCount: countAfter, exceedingCount: exceeding,
            meanDaysBefore: countBefore > 0 ? Double(daysBefore) / Double(countBefore) : nil,
            meanDaysAfter: countAfter > 0 ? Double(daysAfter) / Double(countAfter) : nil)
    }
}
