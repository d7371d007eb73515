import CustomerData
import Glibc

/// 1, 10, … 10^12: exact as floating-point numbers.
private let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]

extension CellBuffer {
    /// Room that any number takes at most, but for `put(_:decimals:)` of a floating-point number and `put(money:)`.
    static let numberRoom = 32

    /// Adds a whole number: at most 20 bytes.
    @inline(__always)
    mutating func put(_ value: Int64) {
        if value < 0 { put(ascii: "-") }
        putDigits(value.magnitude, atLeast: 1)
    }

    /// Adds the decimal digits of a number, with zeros before it up to a width.
    @inline(__always)
    mutating func putDigits(_ value: UInt64, atLeast width: Int) {
        let length = max(width, CellBuffer.digitCount(value))
        var end = base + count + length
        var rest = value
        var left = length
        while left >= 2 {
            let pair = UInt32(truncatingIfNeeded: rest % 100)
            rest /= 100
            // For two digits pair / 10 is this product.
            let tens = (pair * 103) >> 10
            end -= 2
            end[0] = UInt8(truncatingIfNeeded: 48 + tens)
            end[1] = UInt8(truncatingIfNeeded: 48 + pair - tens * 10)
            left -= 2
        }
        if left == 1 { end[-1] = 48 + UInt8(truncatingIfNeeded: rest % 10) }
        count += length
    }

    @inline(__always)
    static func digitCount(_ value: UInt64) -> Int {
        var bound: UInt64 = 10
        var digits = 1
        while value >= bound {
            digits += 1
            if digits == 20 { return 20 }
            bound &*= 10
        }
        return digits
    }

    /// Adds a day as ISO 8601, `2024-03-20`; at most 15 bytes.
    @inline(__always)
    mutating func put(day number: Int32) {
        let (year, month, day) = Day(number: number).civil
        if year < 0 { put(ascii: "-") }
        putDigits(UInt64(year.magnitude), atLeast: 4)
        put(ascii: "-")
        putDigits(UInt64(month), atLeast: 2)
        put(ascii: "-")
        putDigits(UInt64(day), atLeast: 2)
    }

    /// Adds money of so many ten-thousandths with a number of decimals (0–4), rounded half to even: at most 42 bytes.
    @inline(__always)
    mutating func put(money value: Int128, decimals: Int) {
        guard let small = Int64(exactly: value), small.magnitude < 1 << 62 else {
            put(Money(tenThousandths: value).formatted(decimals: decimals))
            return
        }
        // A division by a number that the compiler knows is a multiplication.
        let (steps, twice, step): (UInt64, UInt64, UInt64)
        switch decimals {
        case 0: (steps, twice, step) = (small.magnitude / 10_000, small.magnitude % 10_000 * 2, 10_000)
        case 1: (steps, twice, step) = (small.magnitude / 1000, small.magnitude % 1000 * 2, 1000)
        case 2: (steps, twice, step) = (small.magnitude / 100, small.magnitude % 100 * 2, 100)
        case 3: (steps, twice, step) = (small.magnitude / 10, small.magnitude % 10 * 2, 10)
        default: (steps, twice, step) = (small.magnitude, 0, 1)
        }
        let rounded = twice > step || (twice == step && steps & 1 == 1) ? steps + 1 : steps
        if small < 0, rounded > 0 { put(ascii: "-") }
        putPoint(rounded, decimals: decimals)
    }

    /// Adds `steps / 10^decimals` with all its decimals.
    @inline(__always)
    private mutating func putPoint(_ steps: UInt64, decimals: Int) {
        let (whole, fraction): (UInt64, UInt64)
        switch decimals {
        case 0: return putDigits(steps, atLeast: 1)
        case 1: (whole, fraction) = (steps / 10, steps % 10)
        case 2: (whole, fraction) = (steps / 100, steps % 100)
        case 3: (whole, fraction) = (steps / 1000, steps % 1000)
        case 4: (whole, fraction) = (steps / 10_000, steps % 10_000)
        default: (whole, fraction) = steps.quotientAndRemainder(dividingBy: UInt64(powersOfTen[decimals]))
        }
        putDigits(whole, atLeast: 1)
        put(ascii: ".")
        putDigits(fraction, atLeast: decimals)
    }

    /// Adds a number with a fixed number of decimals; its exact value is rounded, half to even. No negative zero;
    /// infinities are `inf` and `-inf`. Makes room itself.
    mutating func put(_ value: Double, decimals: Int) {
        reserve(CellBuffer.numberRoom)
        guard decimals < powersOfTen.count else { return putFormatted(value, decimals: decimals) }
        let power = powersOfTen[decimals]
        let magnitude = value.magnitude
        let scaled = magnitude * power
        // Below 2^40 the product is within 2^-13 of the true one, so that only what lies near a half needs care.
        guard scaled < 0x1p40 else { return putFormatted(value, decimals: decimals) }
        var steps = UInt64(scaled)
        let distance = scaled - Double(steps) - 0.5
        if distance.magnitude > 0x1p-12 {
            if distance > 0 { steps += 1 }
        } else {
            // What the product was rounded by, exactly.
            let error = fma(magnitude, power, -scaled)
            if distance > -error || (distance == -error && steps & 1 == 1) { steps += 1 }
        }
        if value < 0, steps > 0 { put(ascii: "-") }
        putPoint(steps, decimals: decimals)
    }

    /// As `printf` does it: rounds the exact value, half to even.
    private mutating func putFormatted(_ value: Double, decimals: Int) {
        guard value.isFinite else { return put(value < 0 ? "-inf" : "inf") }
        reserve(330 + decimals)
        let written = withVaList([Int32(decimals), value]) { arguments in
            base.withMemoryRebound(to: CChar.self, capacity: capacity) {
                vsnprintf($0 + count, capacity - count, "%.*f", arguments)
            }
        }
        let cell = UnsafeBufferPointer(start: base + count, count: Int(written))
        if cell.first == 45, cell.dropFirst().allSatisfy({ $0 == 48 || $0 == 46 }) {
            (base + count).update(from: base + count + 1, count: Int(written) - 1)
            count -= 1
        }
        count += Int(written)
    }

    /// Adds a number in the shortest form that reads back to the same number, whole numbers without a point: `1`,
    /// `0.1`, `1e+16`, `-inf`. At most 26 bytes; makes room itself.
    mutating func put(shortest value: Double) {
        reserve(CellBuffer.numberRoom)
        // A decimal number of at most 15 digits is the only one of its length that reads as its nearest
        // floating-point number, so when one with four decimals reads as `value` it is the shortest form.
        let scaled = value.magnitude * 10_000 + 0.5
        if scaled < 1e15, Double(UInt64(scaled)) / 10_000 == value.magnitude {
            if value.sign == .minus { put(ascii: "-") }
            let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: 10_000)
            putDigits(whole, atLeast: 1)
            if fraction > 0 {
                var (decimals, width) = (fraction, 4)
                while decimals % 10 == 0 {
                    decimals /= 10
                    width -= 1
                }
                put(ascii: ".")
                putDigits(decimals, atLeast: width)
            }
            return
        }
        put(value.description)
        // Swift ends whole numbers in ".0".
        if count >= 2, base[count - 1] == 48, base[count - 2] == 46 { count -= 2 }
    }
}
