import CustomerData
import Foundation
import Semantics
import Statistics

extension ColumnProfile {
    /// Values and patterns that are listed.
    static let listed = 10

    /// A profile of what was counted.
    init(
        _ plan: ColumnPlan, _ tally: ColumnTally, values: FrequentTexts, patterns: FrequentTexts, sum: Double,
        squares: Double
    ) {
        let decided = ColumnMeaning(plan, tally)
        name = plan.header
        type = decided.type
        meaning = decided.meaning
        valid = decided.valid
        empty = tally.empty
        filled = tally.filled
        hiddenMissing = tally.hidden.indices.filter { tally.hidden[$0] > 0 }.map {
            let mark = HiddenMissing(index: $0)
            return HiddenValue(spelling: mark.spelling, kind: mark.kind, count: tally.hidden[$0])
        }.sorted { ($1.count, $0.spelling) < ($0.count, $1.spelling) }
        distinct = Distinct(count: min(tally.distinct.count, tally.filled), isExact: tally.distinct.isExact)
        func frequencies(_ texts: FrequentTexts) -> Frequencies {
            Frequencies(
                entries: texts.top(ColumnProfile.listed).map {
                    Frequency(text: String(decoding: $0.text, as: UTF8.self), count: $0.count)
                }, error: texts.lost, isHidden: false)
        }
        self.values = frequencies(values)
        self.patterns = frequencies(patterns)
        lengths =
            tally.filled == 0
            ? nil
            : Lengths(
                shortest: tally.shortest, mean: Double(tally.characters) / Double(tally.filled), longest: tally.longest)
        scripts = Dictionary(
            uniqueKeysWithValues: zip(CellScan.scriptNames, tally.scripts).filter { $0.1 > 0 })
        let isMeasured = [.number, .currencyAmount, .category, .text].contains(decided.meaning)
        numbers =
            isMeasured && tally.numbers.count * 2 >= tally.filled && tally.numbers.count > 0
            ? Numbers(tally.numbers, sum: sum, squares: squares) : nil
        dates = tally.days.count * 2 >= tally.filled && tally.days.count > 0 ? Dates(tally) : nil
        suspicious = ColumnProfile.suspicious(tally, numbers, decided)
    }

    private static func suspicious(
        _ tally: ColumnTally, _ numbers: Numbers?, _ decided: ColumnMeaning
    ) -> [Suspicious] {
        Suspicion.allCases.enumerated().compactMap { place, kind in
            var count = tally.suspicions[place]
            switch kind {
            case .outlier: count = numbers.map { _ in outliers(tally.numbers) } ?? 0
            // Numbers of telephones and codes of countries are written so.
            case .leadingZero where [.phone, .nationalID, .postcode, .id].contains(decided.meaning): count = 0
            case .capitals where decided.meaning == .country || decided.meaning == .id || decided.meaning == .postcode:
                count = 0
            case .capitals where count * 10 >= tally.filled * 9: count = 0
            // Whole columns in Persian digits are not suspicious.
            case .foreignDigits where count * 10 >= tally.filled * 9: count = 0
            // A day above twelve tells the order of all.
            case .eitherOrder where count < tally.days.count: count = 0
            // Only numbers that were given to persons look typed.
            case .digitRun where ![.phone, .nationalID].contains(decided.meaning): count = 0
            default: break
            }
            return count > 0 ? Suspicious(kind: kind, count: count) : nil
        }
    }

    /// Numbers beyond the quartiles by more than three times what lies between these (Tukey's outer fences); of positive
    /// numbers the logarithms are looked at, since what is counted and paid for is skewed.
    private static func outliers(_ numbers: NumberDistribution) -> Int {
        let isPositive = numbers.smallest > 0
        func scale(_ value: Double) -> Double { isPositive ? log(value) : value }
        let quartiles = numbers.quantiles([0.25, 0.75]).map(scale)
        let width = 3 * (quartiles[1] - quartiles[0])
        guard width > 0 else { return 0 }
        let fences = (quartiles[0] - width, quartiles[1] + width)
        return numbers.steps.reduce(0) { sum, step in
            let place = scale(step.value)
            return sum + (place < fences.0 || place > fences.1 ? step.times : 0)
        }
    }
}

extension ColumnProfile.Numbers {
    fileprivate init(_ numbers: NumberDistribution, sum: Double, squares: Double) {
        count = numbers.count
        smallest = Double(numbers.smallest) / 1e4
        largest = Double(numbers.largest) / 1e4
        mean = sum / Double(count)
        deviation = max(0, squares / Double(count) - mean * mean).squareRoot()
        let steps = numbers.steps
        negative = steps.reduce(0) { $0 + ($1.value < 0 ? $1.times : 0) }
        let shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
        quantiles = zip(shares, numbers.quantiles(shares)).map { .init(probability: $0, value: $1 / 1e4) }
        isExact = numbers.isExact
        histogram = Self.bars(steps, from: smallest, to: largest)
    }

    private static func bars(
        _ steps: [(value: Double, times: Int)], from smallest: Double, to largest: Double
    ) -> [ColumnProfile.Bar] {
        guard largest > smallest else {
            return [.init(from: smallest, to: largest, count: steps.reduce(0) { $0 + $1.times })]
        }
        let barCount = 20
        let width = (largest - smallest) / Double(barCount)
        var counts = [Int](repeating: 0, count: barCount)
        for step in steps {
            counts[min(barCount - 1, max(0, Int((step.value / 1e4 - smallest) / width)))] += step.times
        }
        return counts.enumerated().map { bar, count in
            .init(
                from: smallest + Double(bar) * width,
                to: bar == barCount - 1 ? largest : smallest + Double(bar + 1) * width,
                count: count)
        }
    }
}

extension ColumnProfile.Dates {
    fileprivate init(_ tally: ColumnTally) {
        count = tally.days.count
        jalali = tally.kinds[Int(CellKind.jalaliDate.rawValue)]
        first = Day(number: Int32(tally.days.smallest))
        last = Day(number: Int32(tally.days.largest))
        quartiles = tally.days.quantiles([0.25, 0.5, 0.75]).map { Day(number: Int32($0.rounded())) }
        isExact = tally.days.isExact
    }
}
