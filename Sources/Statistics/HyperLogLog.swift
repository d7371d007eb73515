import Foundation

/// How many different values there are, from their 64-bit hashes, in 16 KiB (Flajolet et al. 2007).
///
/// The estimate is Ertl's (2017, algorithm 6), without a bias at any size. Its standard error is 1.04/√16384 = 0.8 %. What
/// is added twice, in any order or in parts that are merged, counts once.
public struct HyperLogLog: Sendable {
    /// Bits of a hash that choose a register.
    private static let indexBits = 14
    private static let rankLimit = 64 - indexBits + 1

    /// Standard error of an estimate, as a share of it.
    public static let standardError = 1.04 / 128

    private var registers = [UInt8](repeating: 0, count: 1 << indexBits)

    /// Nothing counted.
    public init() {}

    /// Counts a value, by a hash whose bits are all equally good.
    public mutating func add(_ hash: UInt64) {
        withUnsafePointer(to: hash) { add(contentsOf: UnsafeBufferPointer(start: $0, count: 1)) }
    }

    /// Counts values, by such hashes.
    public mutating func add(contentsOf hashes: UnsafeBufferPointer<UInt64>) {
        registers.withUnsafeMutableBufferPointer { registers in
            for hash in hashes {
                let register = Int(truncatingIfNeeded: hash &>> UInt64(64 - HyperLogLog.indexBits))
                // The bit below the used ones ends the run of zeros.
                let rest = hash &<< UInt64(HyperLogLog.indexBits) | 1 << UInt64(HyperLogLog.indexBits - 1)
                let rank = UInt8(truncatingIfNeeded: rest.leadingZeroBitCount + 1)
                if registers[register] < rank { registers[register] = rank }
            }
        }
    }

    /// Counts what another has counted.
    public mutating func merge(_ other: HyperLogLog) {
        for register in registers.indices where registers[register] < other.registers[register] {
            registers[register] = other.registers[register]
        }
    }

    /// The estimated number of different values.
    public var estimate: Double {
        var counts = [Int](repeating: 0, count: HyperLogLog.rankLimit + 1)
        for register in registers { counts[Int(register)] += 1 }
        let m = Double(registers.count)
        var z = m * HyperLogLog.tau(1 - Double(counts[HyperLogLog.rankLimit]) / m)
        for rank in (1..<HyperLogLog.rankLimit).reversed() { z = 0.5 * (z + Double(counts[rank])) }
        z += m * HyperLogLog.sigma(Double(counts[0]) / m)
        return m * m / (2 * log(2) * z)
    }

    private static func sigma(_ share: Double) -> Double {
        if share == 1 { return .infinity }
        var (x, y, z) = (share, 1.0, share)
        while true {
            x *= x
            let before = z
            z += x * y
            y += y
            if z == before { return z }
        }
    }

    private static func tau(_ share: Double) -> Double {
        if share == 0 || share == 1 { return 0 }
        var (x, y, z) = (share, 1.0, 1 - share)
        while true {
            x.formSquareRoot()
            let before = z
            y *= 0.5
            z -= (1 - x) * (1 - x) * y
            if z == before { return z / 3 }
        }
    }
}
