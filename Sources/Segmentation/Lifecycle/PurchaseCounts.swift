import CustomerData
import Glibc
import LinearAlgebra
import Statistics

/// The negative binomial distribution of purchase counts (Ehrenberg 1959): a customer buys at a rate of its own, and
/// the rates are gamma-distributed with shape a and scale 1/b.
///
/// A customer with x repeats in T days has the posterior rate Gamma(a + x, b + T), and so buys within the next H days
/// with chance 1 − ((b + T)/(b + T + H))^(a + x). How long the customer has been silent is not used.
public struct PurchaseCounts: Hashable, Codable, Sendable {
    /// a: the shape of the rates.
    public let shape: Double
    /// b, in days: mean rate is a/b purchase days a day.
    public let days: Double

    /// The chance of a purchase within `horizonDays` of a customer with `repeats` in `tenureDays`.
    func chance(repeats: Int, tenureDays: Int, horizonDays: Int) -> Double {
        let observed = days + Double(tenureDays)
        return -expm1((shape + Double(repeats)) * log(observed / (observed + Double(horizonDays))))
    }
}

extension PurchaseCounts {
    /// The parameters of greatest likelihood, times a weak prior that keeps them finite where the data has no repeats
    /// or no more scatter than chance: ln a ~ N(0, 2²), ln b ~ N(ln H, 2²).
    ///
    /// The likelihood of x repeats in T days is Γ(a + x)/(Γ(a) x!) (b/(b + T))^a (T/(b + T))^x; customers enter it
    /// by counts alone, so a step of Newton's method takes O(longest tenure + most repeats).
    init(_ trails: PurchaseTrails, horizonDays: Int) {
        let counts = RepeatCounts(trails)
        let centre = SIMD2(0, log(Double(horizonDays)))
        func slope(at point: SIMD2<Double>) -> CountSlope {
            var slope = counts.slope(at: point)
            let distance = (point - centre) / 2
            slope.loss += 0.5 * (distance * distance).sum()
            slope.gradient += distance / 2
            slope.curvature.x += 0.25
            slope.curvature.z += 0.25
            return slope
        }
        var point = centre
        var current = slope(at: point)
        var damping = 1e-3
        // Newton's method with Levenberg's damping: the likelihood is not concave everywhere.
        for _ in 0..<500 {
            guard let step = current.step(damping: damping) else {
                damping *= 10
                continue
            }
            let next = slope(at: point - step)
            if next.loss <= current.loss {
                point -= step
                current = next
                damping = max(damping / 10, 1e-12)
            } else {
                damping *= 10
            }
            if max(abs(step.x), abs(step.y)) < 1e-10 { break }
        }
        self.init(shape: exp(point.x), days: exp(point.y))
    }
}

/// Customers by tenure and by repeats: all that the likelihood depends on.
private struct RepeatCounts {
    /// Customers by days since their first purchase.
    var customers: [Double] = []
    /// Their repeats.
    var repeats: [Double] = []
    /// Customers with more than j repeats, at position j.
    var customersAbove: [Double] = []

    init(_ trails: PurchaseTrails) {
        var exactly: [Int] = []
        customers = Array(repeating: 0, count: trails.logarithms.count)
        repeats = customers
        for customer in 0..<trails.customerCount {
            guard let trail = trails.trail(customer) else { continue }
            let tenure = Int(trails.asOf &- trail.first)
            customers[tenure] += 1
            repeats[tenure] += Double(trail.gapCount)
            while exactly.count <= trail.gapCount { exactly.append(0) }
            exactly[trail.gapCount] += 1
        }
        var above = 0
        for count in exactly.dropFirst().reversed() {
            above += count
            customersAbove.append(Double(above))
        }
        customersAbove.reverse()
    }

    /// Negative log likelihood by (ln a, ln b), without constants.
    func slope(at point: SIMD2<Double>) -> CountSlope {
        let shape = exp(point.x)
        let days = exp(point.y)
        var slope = CountSlope()
        // ln Γ(a + x) − ln Γ(a) = Σ ln(a + j) over j < x.
        for (j, count) in customersAbove.enumerated() {
            let sum = shape + Double(j)
            slope.loss -= count * log(sum)
            slope.gradient.x -= count * shape / sum
            slope.curvature.x -= count * shape * Double(j) / (sum * sum)
        }
        for (tenure, count) in customers.enumerated() where count > 0 {
            let observed = days + Double(tenure)
            let share = days / observed
            let logShare = log(share)
            let weight = shape * count + repeats[tenure]
            slope.loss -= shape * count * logShare - repeats[tenure] * log(observed)
            slope.gradient.x -= shape * count * logShare
            slope.gradient.y -= shape * count - weight * share
            slope.curvature.x -= shape * count * logShare
            slope.curvature.y -= shape * count * (1 - share)
            slope.curvature.z += weight * share * (1 - share)
        }
        return slope
    }
}

/// A loss with its first and second derivatives by two parameters.
private struct CountSlope {
    var loss = 0.0
    var gradient = SIMD2<Double>()
    /// By (first, first), (first, second) and (second, second).
    var curvature = SIMD3<Double>()

    /// The step to take off, or nil when the damped curvature is not positive definite.
    func step(damping: Double) -> SIMD2<Double>? {
        let scale = 1 + abs(curvature.x) + abs(curvature.z)
        let matrix = Matrix(
            rowCount: 2, columnCount: 2,
            elements: [
                curvature.x + damping * scale, curvature.y, curvature.y, curvature.z + damping * scale,
            ])
        return solvePositiveDefinite(matrix, [gradient.x, gradient.y]).map { SIMD2($0[0], $0[1]) }
    }
}
