import CustomerData
import Glibc
import Statistics

/// How long the gaps between purchase days are: a customer's own, drawn towards the population's where the customer
/// has shown few.
///
/// A random-effects model of ln gap: customer i's gaps scatter with variance σ² around a mean that scatters with
/// variance τ² around μ₀. With κ = σ²/τ², nᵢ gaps give the mean μᵢ = (Σ ln gap + κ μ₀)/(nᵢ + κ), and the next gap is
/// below θᵢ = exp(μᵢ + 0.8416 σ √(1 + 1/(nᵢ + κ))) with probability 0.8 (Gelman et al., Bayesian Data Analysis, 5.4,
/// with the variances put in by moments).
public struct Rhythm: Hashable, Codable, Sendable {
    /// σ: the standard deviation of ln gap within customers.
    public let spread: Double
    /// κ = σ²/τ²: as how many gaps of the customer's own the population counts; positive.
    public let populationWeight: Double
    /// μ₀: the mean over customers of their mean ln gap (gaps in days).
    public let meanLogGap: Double

    /// The 80 % quantile of the standard normal distribution, as the definition states it.
    static let quantile = 0.8416
    /// τ² is never taken to be below this: moments can make it negative.
    static let smallestVarianceBetween = 0.02
    /// σ² is never taken to be below this, so that κ stays positive when every customer is perfectly regular.
    static let smallestVarianceWithin = 1e-6
    /// σ² where the data can't tell it: a factor of e, between the 0.7 and the 1.4 measured on real shops.
    static let assumedVariance = 1.0

    /// The mean of ln gap that is expected of a customer with so many gaps and that sum of their logarithms.
    @inline(__always)
    func expectedLogGap(gapCount: Int, logGapSum: Double) -> Double {
        (logGapSum + populationWeight * meanLogGap) / (Double(gapCount) + populationWeight)
    }

    /// The days within which the next gap of such a customer ends with probability 0.8.
    @inline(__always)
    func thresholdDays(gapCount: Int, expectedLogGap: Double) -> Double {
        exp(expectedLogGap + Rhythm.quantile * spread * (1 + 1 / (Double(gapCount) + populationWeight)).squareRoot())
    }
}

extension Rhythm {
    /// The rhythm of a population, from the gaps between its purchase days.
    ///
    /// σ² is the pooled variance within customers with at least two gaps; τ² is the variance (n − 1) of the
    /// customers' means less the mean of σ²/nᵢ, at least 0.02. Where the data can't tell:
    /// - no customer has two gaps: the variance of the single gaps is taken for σ²;
    /// - there is one gap in all: σ² = 1;
    /// - there is none: σ² = 1, and μ₀ such that the threshold of everyone is the horizon;
    /// - no variance at all: σ² = 10⁻⁶.
    ///
    /// - Complexity: O(purchase days).
    init(_ trails: PurchaseTrails, horizonDays: Int, parallel: Parallel) {
        let size = PurchaseTrails.blockSize
        let blocks = parallel.map((trails.customerCount + size - 1) / size) { block in
            var moments = GapMoments()
            for customer in block * size..<min((block + 1) * size, trails.customerCount) {
                moments.add(trails.days(customer), trails.logarithms)
            }
            return moments
        }
        var moments = GapMoments()
        for block in blocks { moments.merge(block) }
        self.init(moments, horizonDays: horizonDays)
    }

    private init(_ moments: GapMoments, horizonDays: Int) {
        let between = moments.customerCount > 1 ? moments.squares / Double(moments.customerCount - 1) : 0
        let within =
            if moments.freedom > 0 {
                moments.squaresWithin / Double(moments.freedom)
            } else if moments.customerCount > 1 {
                between
            } else {
                Rhythm.assumedVariance
            }
        let variance = max(within, Rhythm.smallestVarianceWithin)
        let noise =
            moments.customerCount > 0 ? variance * moments.inverseCountSum / Double(moments.customerCount) : 0
        spread = variance.squareRoot()
        populationWeight = variance / max(Rhythm.smallestVarianceBetween, between - noise)
        meanLogGap =
            moments.customerCount > 0
            ? moments.mean
            : log(Double(horizonDays)) - Rhythm.quantile * spread * (1 + 1 / populationWeight).squareRoot()
    }
}

/// Sums over customers with gaps; adds a customer and merges with another of its kind.
private struct GapMoments {
    /// Customers with a gap.
    var customerCount = 0
    /// Mean of the customers' means of ln gap.
    var mean = 0.0
    /// Squared deviations of those means from `mean`.
    var squares = 0.0
    /// Σ 1/nᵢ.
    var inverseCountSum = 0.0
    /// Squared deviations of ln gap from the customer's mean.
    var squaresWithin = 0.0
    /// Σ (nᵢ − 1).
    var freedom = 0

    @inline(__always)
    mutating func add(_ days: UnsafeBufferPointer<Int32>, _ logarithms: UnsafeBufferPointer<Double>) {
        guard days.count > 1 else { return }
        let gapCount = days.count - 1
        var sum = 0.0
        for position in 1...gapCount { sum += logarithms[Int(days[position] &- days[position - 1])] }
        let own = sum / Double(gapCount)
        if gapCount > 1 {
            for position in 1...gapCount {
                let deviation = logarithms[Int(days[position] &- days[position - 1])] - own
                squaresWithin += deviation * deviation
            }
            freedom += gapCount - 1
        }
        inverseCountSum += 1 / Double(gapCount)
        customerCount += 1
        let deviation = own - mean
        mean += deviation / Double(customerCount)
        squares += deviation * (own - mean)
    }

    /// Chan, Golub & LeVeque (1979): moments of two samples from those of each.
    mutating func merge(_ other: GapMoments) {
        guard other.customerCount > 0 else { return }
        let total = customerCount + other.customerCount
        let deviation = other.mean - mean
        let share = Double(other.customerCount) / Double(total)
        squares += other.squares + deviation * deviation * Double(customerCount) * share
        mean += deviation * share
        customerCount = total
        inverseCountSum += other.inverseCountSum
        squaresWithin += other.squaresWithin
        freedom += other.freedom
    }
}
