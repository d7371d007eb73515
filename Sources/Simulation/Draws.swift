import Glibc
import Statistics

/// Draws from the distributions of a simulation, each from the generator's next numbers.
extension SeededGenerator {
    /// The generator of one purpose and one thing of it (a person, an order, a record): what is drawn for a thing never
    /// depends on what was drawn for others, so that things can be made in any order on any number of threads.
    init(seed: UInt64, purpose: DrawPurpose, thing: UInt64) {
        self.init(seed: seed &+ purpose.rawValue &* 0xA24B_AED4_963E_E407, stream: thing)
    }

    /// Whether something of that chance happens.
    @inline(__always)
    mutating func happens(_ chance: Double) -> Bool { unit() < chance }

    /// A whole number in a range, uniform.
    @inline(__always)
    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + index(below: range.upperBound - range.lowerBound + 1)
    }

    /// An exponential waiting time with that mean.
    @inline(__always)
    mutating func exponential(mean: Double) -> Double { -log(1 - unit()) * mean }

    /// A standard normal number (Marsaglia & Bray 1964, the polar method, one of the pair).
    mutating func normal() -> Double {
        while true {
            let (u, v) = (2 * unit() - 1, 2 * unit() - 1)
            let square = u * u + v * v
            if square > 0, square < 1 { return u * (-2 * log(square) / square).squareRoot() }
        }
    }

    /// A gamma number of that shape and mean `shape` (Marsaglia & Tsang 2000).
    mutating func gamma(shape: Double) -> Double {
        guard shape >= 1 else { return gamma(shape: shape + 1) * pow(1 - unit(), 1 / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(1 - unit()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }

    /// A beta number of that mean, `concentration` being the sum of both shapes.
    mutating func beta(mean: Double, concentration: Double) -> Double {
        let a = gamma(shape: mean * concentration)
        let b = gamma(shape: (1 - mean) * concentration)
        return a / (a + b)
    }

    /// A geometric number from 0 with that mean.
    @inline(__always)
    mutating func geometric(mean: Double) -> Int {
        guard mean > 0 else { return 0 }
        return Int(log(1 - unit()) / log(mean / (1 + mean)))
    }
}

/// What numbers are drawn for: each purpose has sequences of its own.
enum DrawPurpose: UInt64 {
    case catalogue = 1
    case calendar, person, life, conduct, contacts, identity, duplicate, basket, dirt, currencies
}

/// Draws an index with given weights in constant time (Walker 1977; Vose 1991).
struct WeightedChoice: Sendable {
    private let limits: [Double]
    private let others: [UInt32]

    /// - Parameter weights: not negative, at least one positive.
    init(_ weights: [Double]) {
        let count = weights.count
        let sum = weights.reduce(0, +)
        var scaled = weights.map { $0 * Double(count) / sum }
        var others = (0..<UInt32(count)).map(\.self)
        var small = scaled.indices.filter { scaled[$0] < 1 }
        var large = scaled.indices.filter { scaled[$0] >= 1 }
        var limits = [Double](repeating: 1, count: count)
        while let low = small.popLast(), let high = large.last {
            limits[low] = scaled[low]
            others[low] = UInt32(high)
            scaled[high] -= 1 - scaled[low]
            if scaled[high] < 1 {
                large.removeLast()
                small.append(high)
            }
        }
        self.limits = limits
        self.others = others
    }

    /// An index.
    @inline(__always)
    func draw(_ random: inout SeededGenerator) -> Int {
        let place = random.unit() * Double(limits.count)
        let index = Int(place)
        return place - Double(index) < limits[index] ? index : Int(others[index])
    }

    /// Weights that fall as 1/rank^exponent (Zipf).
    static func zipf(_ count: Int, exponent: Double) -> [Double] {
        (0..<count).map { pow(Double($0 + 1), -exponent) }
    }
}
