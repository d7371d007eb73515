import CustomerData
import Statistics

/// What RFM scores, one value a customer of a history, in its order: when, how often and for how much a customer bought
/// up to a date.
///
/// An order counts as a purchase unless it was taken back: when its value, less what was taken back of it by the date,
/// is positive, or when it was free from the start and nothing of it was taken back. Orders and returns after the date
/// are not used.
public struct RFMValues: Sendable {
    /// The date that recency is counted from.
    public let asOf: Day
    /// Decimals in which the input states money.
    public let decimals: Int
    /// Day number of the first purchase; `PurchaseHistory.noDay` for a customer without one.
    public let firstPurchases: [Int32]
    /// Day number of the last purchase; `PurchaseHistory.noDay` for a customer without one.
    public let lastPurchases: [Int32]
    /// Purchases.
    public let frequency: [Int64]
    /// Ten-thousandths: the orders' values less what was taken back of them and, under `ReturnRule.net`, less all
    /// other returns.
    public let monetary: [Int128]
    /// Customers.
    public var count: Int { frequency.count }

    /// Customers a block.
    static let blockSize = 8192

    /// The values of every customer of a history as of a date.
    ///
    /// - Complexity: O(orders + returns).
    public init(of history: PurchaseHistory, asOf: Day, parallel: Parallel = Parallel()) {
        let count = history.customers.count
        var first = [Int32](repeating: PurchaseHistory.noDay, count: count)
        var last = first
        var frequency = [Int64](repeating: 0, count: count)
        var monetary = [Int128](repeating: 0, count: count)
        withBuffers(&first, &last, &frequency, &monetary) { first, last, frequency, monetary in
            let out = UncheckedSendable((first, last, frequency, monetary))
            parallel.forEachRange(count, size: RFMValues.blockSize) { customers, _, _ in
                RFMValues.forEachTotal(customers, of: history, asOf: asOf.number) { customer, total in
                    out.value.0[customer] = total.first
                    out.value.1[customer] = total.last
                    out.value.2[customer] = total.count
                    out.value.3[customer] = total.value
                }
            }
        }
        self.asOf = asOf
        decimals = history.decimals
        firstPurchases = first
        lastPurchases = last
        self.frequency = frequency
        self.monetary = monetary
    }

    /// Days from the last purchase to `asOf`; `Int64.min` for a customer without a purchase.
    ///
    /// - Complexity: O(customers).
    public var recency: [Int64] {
        lastPurchases.map { $0 == PurchaseHistory.noDay ? .min : Int64(asOf.number) - Int64($0) }
    }

    /// Decimals of average orders: the input's, and at least two.
    public var averageDecimals: Int { max(2, decimals) }

    /// Monetary by frequency in ten-thousandths, rounded half to even to `averageDecimals`; `Int128.min` for a
    /// customer without a purchase.
    ///
    /// - Complexity: O(customers).
    public var averageOrder: [Int128] {
        let step = RFMValues.step(decimals: averageDecimals)
        return frequency.indices.map { customer in
            frequency[customer] == 0 ? .min : average(monetary[customer], by: frequency[customer], step: step)
        }
    }
}

/// Calls `body` with the elements of four arrays.
private func withBuffers<A, B, C, D>(
    _ a: inout [A], _ b: inout [B], _ c: inout [C], _ d: inout [D],
    _ body: (
        UnsafeMutableBufferPointer<A>, UnsafeMutableBufferPointer<B>, UnsafeMutableBufferPointer<C>,
        UnsafeMutableBufferPointer<D>
    ) -> Void
) {
    a.withUnsafeMutableBufferPointer { a in
        b.withUnsafeMutableBufferPointer { b in
            c.withUnsafeMutableBufferPointer { c in d.withUnsafeMutableBufferPointer { body(a, b, c, $0) } }
        }
    }
}

/// A customer's purchases in sum.
private struct PurchaseTotal {
    var first = PurchaseHistory.noDay
    var last = PurchaseHistory.noDay
    var count: Int64 = 0
    var value: Int128 = 0
}

extension RFMValues {
    /// Calls `body` with the total of each customer of a range.
    @inline(__always)
    private static func forEachTotal(
        _ customers: Range<Int>, of history: PurchaseHistory, asOf: Int32, _ body: (Int, PurchaseTotal) -> Void
    ) {
        let starts = history.orderStarts
        let reversals = history.reversals
        let returns = history.returns == .net ? history.unmatchedReturns : []
        var reversal = partition(reversals) { $0.order < starts[customers.lowerBound] }
        var unmatched = partition(returns) { $0.customer < customers.lowerBound }
        starts.withUnsafeBufferPointer { starts in
            history.orderDays.withUnsafeBufferPointer { days in
                history.orderValues.withUnsafeBufferPointer { values in
                    for customer in customers {
                        var total = PurchaseTotal()
                        for order in starts[customer]..<starts[customer + 1] {
                            var value = values[order]
                            var isWhole = true
                            while reversal < reversals.count, reversals[reversal].order == order {
                                if reversals[reversal].day <= asOf {
                                    value -= reversals[reversal].value
                                    isWhole = false
                                }
                                reversal += 1
                            }
                            guard days[order] <= asOf else { continue }
                            total.value += Int128(value)
                            if value > 0 || (value == 0 && isWhole) {
                                if total.count == 0 { total.first = days[order] }
                                total.last = days[order]
                                total.count += 1
                            }
                        }
                        while unmatched < returns.count, returns[unmatched].customer == customer {
                            if returns[unmatched].day <= asOf { total.value += Int128(returns[unmatched].value) }
                            unmatched += 1
                        }
                        body(customer, total)
                    }
                }
            }
        }
    }

    /// The first position of an ascending array at which `isBefore` no longer holds.
    private static func partition<Element>(_ array: [Element], _ isBefore: (Element) -> Bool) -> Int {
        var low = 0
        var high = array.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(array[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Ten-thousandths in one step of the last decimal.
    private static func step(decimals: Int) -> Int64 {
        var step: Int64 = 1
        for _ in decimals..<4 { step *= 10 }
        return step
    }
}

/// `value / count` rounded half to even to a multiple of `step`.
private func average(_ value: Int128, by count: Int64, step: Int64) -> Int128 {
    let (divisor, overflows) = count.multipliedReportingOverflow(by: step)
    guard !overflows, let small = Int64(exactly: value), small.magnitude < 1 << 62, divisor < 1 << 62 else {
        return Money.halfEven(value, Int128(count) * Int128(step)) * Int128(step)
    }
    let (whole, remainder) = small.quotientAndRemainder(dividingBy: divisor)
    var quotient = whole
    let twice = remainder.magnitude * 2
    if twice > divisor.magnitude || (twice == divisor.magnitude && quotient & 1 != 0) {
        quotient += small < 0 ? -1 : 1
    }
    return Int128(quotient) * Int128(step)
}
