import CustomerData
import Foundation

@testable import Segmentation

/// The table of states as the definition words it, for one customer at a time.
struct PlainLifecycle {
    let model: LifecycleModel

    init(_ model: LifecycleModel) { self.model = model }

    func threshold(_ gaps: [Int]) -> Double {
        let rhythm = model.rhythm
        let count = Double(gaps.count)
        return exp(
            expectedLogGap(gaps) + 0.8416 * rhythm.spread * (1 + 1 / (count + rhythm.populationWeight)).squareRoot())
    }

    func expectedLogGap(_ gaps: [Int]) -> Double {
        let rhythm = model.rhythm
        let sum = gaps.reduce(0) { $0 + log(Double($1)) }
        return (sum + rhythm.populationWeight * rhythm.meanLogGap) / (Double(gaps.count) + rhythm.populationWeight)
    }

    func chance(_ days: [Int], asOf: Int) -> Double {
        let gaps = zip(days.dropFirst(), days).map { $0 - $1 }
        let (silence, repeats, tenure) = (asOf - days[days.count - 1], Double(days.count - 1), asOf - days[0])
        switch model.chance.formula {
        case .learnt(let regression):
            let values = [
                log(1 + Double(silence) / exp(expectedLogGap(gaps))), log(1 + repeats), log(1 + Double(tenure)),
            ]
            let terms = [regression.silence, regression.repeats, regression.tenure]
            let odds = zip(terms, values).reduce(regression.intercept) { sum, pair in
                sum + pair.0.weight * (pair.1 - pair.0.mean) / pair.0.scale
            }
            return 1 / (1 + exp(-odds))
        case .counts(let counts):
            let observed = counts.days + Double(tenure)
            return 1 - pow(observed / (observed + Double(model.horizonDays)), counts.shape + repeats)
        }
    }

    /// Of a customer with these purchase days, at least one.
    func state(_ days: [Int], asOf: Int) -> LifecycleState {
        let gaps = zip(days.dropFirst(), days).map { $0 - $1 }
        let horizon = model.horizonDays
        let silence = asOf - days[days.count - 1]
        let chance = self.chance(days, asOf: asOf)
        let overdue = Double(silence) > threshold(gaps)
        if overdue, chance < model.chance.usualShare / 4 { return .lost }
        if overdue, chance < model.chance.usualShare / 2 { return .dormant }
        if overdue, chance < 0.5 { return .atRisk }
        if let last = gaps.last, Double(last) > 2 * threshold(gaps.dropLast()), silence <= horizon { return .wonBack }
        if gaps.isEmpty { return .new }
        let recent = days.count { $0 > asOf - horizon }
        let earlier = days.count { $0 > asOf - 2 * horizon && $0 <= asOf - horizon }
        return recent > earlier ? .growing : .mature
    }
}
