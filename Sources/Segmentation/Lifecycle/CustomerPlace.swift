import CustomerData

/// A customer's place in the lifecycle, and what led to it.
struct CustomerPlace {
    let state: LifecycleState
    let reason: LifecycleReason
    /// s > θ.
    var overdue = false
    /// s for a customer with a purchase; days since the last response for one without; `PurchaseHistory.noDay` for
    /// neither.
    var days = PurchaseHistory.noDay
    /// θ; NaN without a purchase.
    var thresholdDays = Double.nan
    /// p; NaN without a purchase.
    var returnChance = Double.nan
}

/// Places customers that have bought: the table of states, the first that matches.
struct CustomerPlacing {
    let rhythm: Rhythm
    let chance: ReturnChance
    let horizonDays: Int

    init(_ model: LifecycleModel) {
        self.init(rhythm: model.rhythm, chance: model.chance, horizonDays: model.horizonDays)
    }

    init(rhythm: Rhythm, chance: ReturnChance, horizonDays: Int) {
        self.rhythm = rhythm
        self.chance = chance
        self.horizonDays = horizonDays
    }

    func place(_ trail: PurchaseTrail, _ trails: PurchaseTrails, _ customer: Int) -> CustomerPlace {
        let predictors = ReturnPredictors(trail, rhythm, trails)
        let silence = predictors.daysSinceLast
        let threshold = rhythm.thresholdDays(
            gapCount: trail.gapCount, expectedLogGap: predictors.expectedLogGap)
        let overdue = Double(silence) > threshold
        let chance = self.chance(of: trail, predictors, trails)
        let (state, reason) = self.state(
            trail, silence: silence, overdue: overdue, chance: chance, trails: trails, customer: customer)
        return CustomerPlace(
            state: state, reason: reason, overdue: overdue, days: Int32(silence), thresholdDays: threshold,
            returnChance: chance)
    }

    /// The days within which the last completed gap should have ended, by the gaps before it; the trail has a gap.
    func thresholdBeforeLastGap(_ trail: PurchaseTrail, _ trails: PurchaseTrails) -> Double {
        let count = trail.gapCount - 1
        let sum = count == 0 ? 0 : trail.logGapSum - trails.logarithms[trail.lastGap]
        return rhythm.thresholdDays(
            gapCount: count, expectedLogGap: rhythm.expectedLogGap(gapCount: count, logGapSum: sum))
    }

    @inline(__always)
    private func chance(of trail: PurchaseTrail, _ predictors: ReturnPredictors, _ trails: PurchaseTrails) -> Double {
        switch chance.formula {
        case .learnt(let regression):
            regression.chance(
                silence: predictors.values[1], repeats: predictors.values[2], tenure: predictors.values[3])
        case .counts(let counts):
            counts.chance(
                repeats: trail.gapCount, tenureDays: Int(trails.asOf &- trail.first), horizonDays: horizonDays)
        }
    }

    @inline(__always)
    private func state(
        _ trail: PurchaseTrail, silence: Int, overdue: Bool, chance: Double, trails: PurchaseTrails, customer: Int
    ) -> (LifecycleState, LifecycleReason) {
        if overdue {
            if chance < self.chance.usualShare / 4 { return (.lost, .overdue) }
            if chance < self.chance.usualShare / 2 { return (.dormant, .overdue) }
            if chance < 0.5 { return (.atRisk, .overdue) }
        }
        if trail.gapCount > 0, silence <= horizonDays,
            Double(trail.lastGap) > 2 * thresholdBeforeLastGap(trail, trails)
        {
            return (.wonBack, .longGapEnded)
        }
        if trail.gapCount == 0 { return (.new, .oneDay) }
        let (recent, earlier) = trails.recentDays(customer, horizonDays: horizonDays)
        if recent > earlier { return (.growing, .moreDays) }
        return (.mature, overdue ? .overdueButLikely : .withinThreshold)
    }
}

extension PurchaseTrails {
    /// Purchase days in the last horizon, `asOf` included, and in the horizon before it.
    @inline(__always)
    func recentDays(_ customer: Int, horizonDays: Int) -> (recent: Int, earlier: Int) {
        var recent = 0
        var earlier = 0
        for day in days(customer).reversed() {
            let age = Int(asOf) - Int(day)
            if age < horizonDays {
                recent += 1
            } else if age < 2 * horizonDays {
                earlier += 1
            } else {
                break
            }
        }
        return (recent, earlier)
    }
}
