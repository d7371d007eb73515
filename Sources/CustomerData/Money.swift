/// An amount of money as a whole number of ten-thousandths of the currency's unit, exact.
///
/// Sums use `Int128`, so that no sum of representable amounts overflows.
public struct Money: Hashable, Comparable, Sendable {
    /// Ten-thousandths of a unit.
    public var tenThousandths: Int128

    /// Nothing at all.
    public static let zero = Money(tenThousandths: 0)

    /// Ten-thousandths in a unit.
    public static let scale: Int64 = 10_000

    /// An amount of so many ten-thousandths.
    @inlinable
    public init(tenThousandths: Int128) { self.tenThousandths = tenThousandths }

    /// The amount in units as a floating-point number; exact up to 2^53 ten-thousandths.
    ///
    /// Goes through `Int64` where the amount fits: `Double(Int128)` is generic code, a hundred times slower.
    @inlinable
    public var value: Double {
        let small = Int64(truncatingIfNeeded: tenThousandths)
        let number = Int128(small) == tenThousandths ? Double(small) : Double(tenThousandths)
        return number / Double(Money.scale)
    }

    /// Whether the left amount is smaller.
    @inlinable
    public static func < (left: Money, right: Money) -> Bool { left.tenThousandths < right.tenThousandths }

    /// The sum.
    @inlinable
    public static func + (left: Money, right: Money) -> Money {
        Money(tenThousandths: left.tenThousandths + right.tenThousandths)
    }

    /// The difference.
    @inlinable
    public static func - (left: Money, right: Money) -> Money {
        Money(tenThousandths: left.tenThousandths - right.tenThousandths)
    }

    /// Adds to an amount.
    @inlinable
    public static func += (left: inout Money, right: Money) { left.tenThousandths += right.tenThousandths }

    /// This amount divided by a positive count, rounded half to even to `decimals` decimals.
    public func divided(by count: Int, decimals: Int) -> Money {
        let step = Money.step(decimals: decimals)
        let divisor = Int128(count) * step
        return Money(tenThousandths: Money.halfEven(tenThousandths, divisor) * step)
    }

    /// `numerator / divisor` rounded half to even; the divisor must be positive.
    public static func halfEven(_ numerator: Int128, _ divisor: Int128) -> Int128 {
        var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
        let twice = remainder.magnitude * 2
        if twice > divisor.magnitude || (twice == divisor.magnitude && quotient & 1 != 0) {
            quotient += numerator < 0 ? -1 : 1
        }
        return quotient
    }

    /// Ten-thousandths in one step of the last of `decimals` decimals (0–4).
    static func step(decimals: Int) -> Int128 {
        var step: Int128 = 1
        for _ in decimals..<4 { step *= 10 }
        return step
    }

    /// The amount with a decimal point and so many decimals (0–4), rounded half to even; no grouping: `-12.50`.
    public func formatted(decimals: Int) -> String {
        let rounded = Money.halfEven(tenThousandths, Money.step(decimals: decimals))
        var digits = String(rounded.magnitude)
        if decimals > 0 {
            if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
        }
        return rounded < 0 ? "-" + digits : digits
    }
}
