import CustomerData
import Foundation
import Statistics

/// What the cells of a row predict of each other, and which cell disagrees with the rest.
///
/// A column of few different values, and the form of every column, may predict others of that kind: where a value (that
/// comes five times or more) goes with one other value in nearly all rows, a row with another one disagrees. Of two cells that
/// disagree the one is blamed that fewer other cells of the row agree with.
struct RowPredictions {
    struct Blame {
        var score: Double
        /// The value that stands there usually, where it is a value and no form.
        var usual: Int32?
    }

    /// The blamed rows of each column.
    private(set) var blames: [[Int: Blame]]

    /// Different values of a column that predicts.
    private static let valueLimit = 5000
    /// A pair of columns is used when so large a share of the rows is predicted,
    private static let leastShare = 0.9
    /// and what is not, is at most this part of what differs from the most frequent value.
    private static let largestPart = 0.5
    private static let leastCount = 5
    private static let sampledRows = 20_000
    /// How many agreements a cell's form counts less than a value.
    private static let formWeight = 3.0

    /// A column, or the forms of one, as numbers.
    private struct Facet {
        let column: Int
        let isForm: Bool
        let codes: [Int32]
        let valueCount: Int
    }

    /// What one facet predicts of another: the most frequent value of each value, with its count and all.
    private struct Prediction {
        let from: Int
        let to: Int
        let best: [Int32]
        let bestCounts: [Int]
        let totals: [Int]
        let joint: [UInt64: Int]
    }

    init(_ columns: [SuspectSearch.Column], _ plans: [ColumnPlan], parallel: Parallel) {
        blames = columns.map { _ in [:] }
        let facets = RowPredictions.facets(columns, plans)
        let rowCount = columns.first?.rows.count ?? 0
        guard facets.count > 1, rowCount >= 50 else { return }
        let step = max(1, rowCount / RowPredictions.sampledRows)
        let sampled = Array(stride(from: 0, to: rowCount, by: step))
        let pairs = facets.indices.flatMap { from in
            facets.indices.filter { facets[$0].column != facets[from].column }.map { (from, $0) }
        }
        let predictions = parallel.map(pairs.count) { pair -> Prediction? in
            let (from, to) = pairs[pair]
            guard let first = RowPredictions.prediction(facets, from, to, sampled) else { return nil }
            return step == 1 ? first : RowPredictions.prediction(facets, from, to, Array(0..<rowCount))
        }.compactMap(\.self)
        guard !predictions.isEmpty else { return }
        for row in 0..<rowCount { blame(row, facets, predictions) }
    }

    private static func facets(_ columns: [SuspectSearch.Column], _ plans: [ColumnPlan]) -> [Facet] {
        columns.enumerated().flatMap { place, column -> [Facet] in
            var facets: [Facet] = []
            let filled = column.counts.reduce(0, +)
            guard filled > 0, !plans[place].isIdentity else { return [] }
            if column.texts.count <= valueLimit, filled >= 3 * column.texts.count, column.texts.count > 1 {
                let codes = column.rows.map { $0 >= 0 && !column.forms[Int($0)].isHidden ? $0 : -1 }
                facets.append(Facet(column: place, isForm: false, codes: codes, valueCount: column.texts.count))
            }
            var numbers: [UInt32: Int32] = [:]
            let forms = column.forms.map { form -> Int32 in
                if form.isHidden { return -1 }
                // Scripts alone: letter case goes by habit.
                let scripts = form.shape & 31
                if let known = numbers[scripts] { return known }
                numbers[scripts] = Int32(numbers.count)
                return Int32(numbers.count - 1)
            }
            if numbers.count > 1 {
                facets.append(
                    Facet(
                        column: place, isForm: true, codes: column.rows.map { $0 >= 0 ? forms[Int($0)] : -1 },
                        valueCount: numbers.count))
            }
            return facets
        }
    }

    private static func prediction(_ facets: [Facet], _ from: Int, _ to: Int, _ rows: [Int]) -> Prediction? {
        var joint: [UInt64: Int] = [:]
        var totals = [Int](repeating: 0, count: facets[from].valueCount)
        var plain = [Int](repeating: 0, count: facets[to].valueCount)
        var all = 0
        for row in rows {
            let (a, b) = (facets[from].codes[row], facets[to].codes[row])
            guard a >= 0, b >= 0 else { continue }
            joint[UInt64(a) << 32 | UInt64(b), default: 0] += 1
            totals[Int(a)] += 1
            plain[Int(b)] += 1
            all += 1
        }
        var best = [Int32](repeating: -1, count: totals.count)
        var bestCounts = [Int](repeating: 0, count: totals.count)
        for (key, count) in joint {
            let (a, b) = (Int(key >> 32), Int32(truncatingIfNeeded: key))
            // Of equally frequent ones the one that came first in the file.
            if count > bestCounts[a] || (count == bestCounts[a] && b < best[a]) {
                (best[a], bestCounts[a]) = (b, count)
            }
        }
        var supported = 0
        var agreeing = 0
        for a in totals.indices where totals[a] >= leastCount {
            supported += totals[a]
            agreeing += bestCounts[a]
        }
        let plainShare = 1 - Double(plain.max() ?? 0) / Double(max(1, all))
        guard supported * 2 >= all, supported > 0 else { return nil }
        let error = 1 - Double(agreeing) / Double(supported)
        guard error <= 1 - leastShare, error <= largestPart * plainShare else { return nil }
        return Prediction(from: from, to: to, best: best, bestCounts: bestCounts, totals: totals, joint: joint)
    }

    /// Weighs what speaks for and against the cells of a row, and blames one of each two that disagree.
    private mutating func blame(_ row: Int, _ facets: [Facet], _ predictions: [Prediction]) {
        var disagreements: [(from: Int, to: Int, odds: Double, usual: Int32?, isFromForm: Bool, isToForm: Bool)] = []
        var balance = [Double](repeating: 0, count: blames.count)
        for prediction in predictions {
            let (a, b) = (facets[prediction.from].codes[row], facets[prediction.to].codes[row])
            guard a >= 0, b >= 0, prediction.totals[Int(a)] >= RowPredictions.leastCount else { continue }
            let (from, to) = (facets[prediction.from].column, facets[prediction.to].column)
            if prediction.best[Int(a)] == b {
                balance[from] += 1
                balance[to] += 1
                continue
            }
            let count = prediction.joint[UInt64(a) << 32 | UInt64(b)] ?? 1
            // The row itself is no evidence for itself.
            let odds = log((Double(prediction.bestCounts[Int(a)]) + 0.5) / (Double(count - 1) + 0.5))
            guard odds > 1 else { continue }
            balance[from] -= 1
            balance[to] -= 1
            let (isFromForm, isToForm) = (facets[prediction.from].isForm, facets[prediction.to].isForm)
            disagreements.append((from, to, odds, isToForm ? nil : prediction.best[Int(a)], isFromForm, isToForm))
        }
        for found in disagreements {
            // A cell in the wrong script is more likely than a value that is wrong and looks right.
            let formWeight = RowPredictions.formWeight
            let to = balance[found.to] - (found.isToForm ? formWeight : 0)
            let from = balance[found.from] - (found.isFromForm ? formWeight : 0)
            // Where the rest of the row does not tell which of the two is wrong, neither is blamed for this.
            guard to != from else { continue }
            let isTo = to < from
            let guilty = isTo ? found.to : found.from
            let usual = isTo ? found.usual : nil
            if found.odds > blames[guilty][row]?.score ?? 0 {
                blames[guilty][row] = Blame(score: found.odds, usual: usual ?? blames[guilty][row]?.usual)
            }
        }
    }
}
