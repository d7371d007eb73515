import CustomerData
import LinearAlgebra
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The runs of k-prototypes.
struct MixedFit: Sendable {
    let points: MixedPoints
    /// Categories of each column of words.
    let categorySizes: [Int]
    let options: KMeans.Options
    /// Squared shift of all centres at which a run has converged, when no mode changes.
    let tolerance: Double

    /// Where a run ended.
    struct End: Sendable {
        var prototypes: Prototypes
        let iterations: Int
        let converged: Bool
        let start: KMeansModel.Start
        let cost: Double
    }

    private var numbers: KMeansPasses { points.numbers }

    /// The run of the lowest cost, of equal ones the first.
    func best(startRows: [Int]?) throws -> End {
        if let startRows {
            guard startRows.count == options.clusterCount, startRows.allSatisfy({ (0..<points.rowCount).contains($0) })
            else { throw Problem(.data, "\(startRows.count) rows to start \(options.clusterCount) clusters from") }
            return run(prototypes(startRows), start: .given)
        }
        var best = randomRun(0)
        for number in 1..<options.runs {
            let next = randomRun(number)
            if next.cost < best.cost { best = next }
        }
        return best
    }

    private func randomRun(_ number: Int) -> End {
        var generator = SeededGenerator(seed: options.seed, stream: UInt64(number))
        return run(prototypes(seeds(using: &generator)), start: .random(seed: options.seed, run: number))
    }

    /// Lloyd's iterations.
    private func run(_ first: Prototypes, start: KMeansModel.Start) -> End {
        var prototypes = first
        var iterations = 0
        var converged = false
        while iterations < options.maxIterations, !converged {
            var (labels, costs) = points.nearest(prototypes)
            fillEmpty(&labels, &costs)
            let sums = LabelSums(
                numbers.data, weights: numbers.weights, labels: labels, clusterCount: options.clusterCount,
                parallel: points.parallel)
            let (centres, shift) = sums.means(after: prototypes.centres)
            let modes = modes(labels, before: prototypes.modes)
            converged = shift <= tolerance && modes == prototypes.modes
            prototypes = Prototypes(centres: centres, modes: modes)
            iterations += 1
        }
        let origin = numbers.data.origin
        // As in KMeans: the centres are those that the saved model has.
        prototypes.centres = KMeansCentres(
            inputUnits: prototypes.centres.inputUnits(origin: origin), origin: origin)
        let costs = points.nearest(prototypes).costs
        let cost = costs.enumerated().reduce(0.0) { $0 + numbers.weight($1.offset) * $1.element }
        return End(prototypes: prototypes, iterations: iterations, converged: converged, start: start, cost: cost)
    }

    /// The heaviest word of each cluster and column, of equal ones the first; a cluster without rows keeps its own.
    private func modes(_ labels: [UInt32], before: [UInt32]) -> [UInt32] {
        var modes = before
        for (place, size) in categorySizes.enumerated() {
            var counts = [Double](repeating: 0, count: options.clusterCount * size)
            for row in 0..<points.rowCount {
                counts[Int(labels[row]) * size + Int(points.codes[row * points.categoryCount + place])] +=
                    numbers.weight(row)
            }
            for cluster in 0..<options.clusterCount {
                var most = 0.0
                for code in 0..<size where counts[cluster * size + code] > most {
                    most = counts[cluster * size + code]
                    modes[cluster * points.categoryCount + place] = UInt32(code)
                }
            }
        }
        return modes
    }

    /// Gives every cluster without a row of positive weight the row that costs most, of equal ones the first, out of a
    /// cluster that keeps another.
    private func fillEmpty(_ labels: inout [UInt32], _ costs: inout [Double]) {
        var counts = [Int](repeating: 0, count: options.clusterCount)
        for row in 0..<points.rowCount where numbers.weight(row) > 0 { counts[Int(labels[row])] += 1 }
        for cluster in 0..<options.clusterCount where counts[cluster] == 0 {
            var farthest: Int?
            var most = 0.0
            for row in 0..<points.rowCount where costs[row] > most {
                if numbers.weight(row) > 0, counts[Int(labels[row])] > 1 { (farthest, most) = (row, costs[row]) }
            }
            guard let farthest else { return }
            counts[Int(labels[farthest])] -= 1
            counts[cluster] = 1
            labels[farthest] = UInt32(cluster)
            approach(farthest, &costs)
        }
    }

    // MARK: - Starts

    private func prototypes(_ rows: [Int]) -> Prototypes {
        let single = rows.map { points.prototype($0) }
        return Prototypes(
            centres: KMeansCentres(
                exact: single.flatMap(\.centres.exact), columnCount: numbers.data.columnCount),
            modes: single.flatMap(\.modes))
    }

    /// Greedy k-means++ by the mixed cost: the best of 2 + ⌊ln k⌋ rows, drawn in proportion to weight × cost.
    private func seeds(using generator: inout SeededGenerator) -> [Int] {
        let trialCount = 2 + Int(log(Double(options.clusterCount)))
        var closest = [Double](repeating: 1, count: points.rowCount)
        var rows = [draw(closest, using: &generator)]
        closest = points.nearest(points.prototype(rows[0])).costs
        while rows.count < options.clusterCount {
            var best: (row: Int, closest: [Double], potential: Double)?
            for _ in 0..<trialCount {
                let row = draw(closest, using: &generator)
                var next = closest
                approach(row, &next)
                let potential = next.enumerated().reduce(0.0) { $0 + numbers.weight($1.offset) * $1.element }
                if let best, best.potential <= potential { continue }
                best = (row, next, potential)
            }
            guard let best else { break }
            rows.append(best.row)
            closest = best.closest
        }
        return rows
    }

    /// Takes a row as a prototype into the costs of the nearest.
    private func approach(_ row: Int, _ closest: inout [Double]) {
        let costs = points.nearest(points.prototype(row)).costs
        for other in closest.indices { closest[other] = min(closest[other], costs[other]) }
    }

    /// A random row, in proportion to weight × closest; the last possible one when rounding leaves a rest.
    private func draw(_ closest: [Double], using generator: inout SeededGenerator) -> Int {
        var total = 0.0
        for row in closest.indices { total += numbers.weight(row) * closest[row] }
        var rest = generator.unit() * total
        var last = 0
        for row in closest.indices {
            let share = numbers.weight(row) * closest[row]
            guard share > 0 else { continue }
            last = row
            if rest < share { return row }
            rest -= share
        }
        return last
    }
}
