import CustomerData
import Glibc
import Statistics

/// A row of training: lane 0 is 1 when the customer returned and 0 otherwise, lanes 1 to 3 are ln(1 + s/e^μᵢ),
/// ln(1 + x) and ln(1 + T). Kept as floats, added up as doubles.
typealias ReturnRow = SIMD4<Float>

/// Customers as they stood at an earlier date, and whether they bought within the horizon after it.
enum ReturnSnapshot {
    /// Days between snapshots.
    static let step = 30
    /// Snapshots at most.
    static let limit = 4
    /// Days that must lie between the first day of the data and a date that anything is learnt or judged at.
    static let smallestAge = 45

    /// Days to train on as of a date: one horizon before it, and 30, 60 and 90 days before that, where the data had
    /// run for 45 days; newest first.
    static func days(asOf: Day, horizonDays: Int, firstDay: Day) -> [Day] {
        (0..<limit).map { asOf.advanced(byDays: -horizonDays - step * $0) }
            .filter { $0.days(since: firstDay) >= smallestAge }
    }

    /// The rows of every customer with a purchase by then, in blocks of customers.
    ///
    /// - Parameters:
    ///   - past: purchase days as they were known at the snapshot; its `asOf` is the snapshot.
    ///   - known: purchase days as known now, at least a horizon later.
    static func rows(
        _ past: PurchaseDays, known: PurchaseDays, _ logarithms: DayLogarithms, horizonDays: Int, parallel: Parallel
    ) -> [[ReturnRow]] {
        past.withTrails(logarithms) { trails in
            let rhythm = Rhythm(trails, horizonDays: horizonDays, parallel: parallel)
            return known.withTrails(logarithms) { later in
                let size = PurchaseTrails.blockSize
                return parallel.map((trails.customerCount + size - 1) / size) { block in
                    var rows: [ReturnRow] = []
                    rows.reserveCapacity(size)
                    for customer in block * size..<min((block + 1) * size, trails.customerCount) {
                        guard let trail = trails.trail(customer) else { continue }
                        let returned = later.days(customer).contains(after: past.asOf, withinDays: horizonDays)
                        var values = ReturnPredictors(trail, rhythm, trails).values
                        values[0] = returned ? 1 : 0
                        rows.append(ReturnRow(values))
                    }
                    return rows
                }
            }
        }
    }
}

/// What the chance of return is computed from.
struct ReturnPredictors {
    /// Days since the last purchase.
    let daysSinceLast: Int
    /// μᵢ: the expected ln gap.
    let expectedLogGap: Double
    /// (0, ln(1 + s/e^μᵢ), ln(1 + x), ln(1 + T)).
    let values: SIMD4<Double>

    @inline(__always)
    init(_ trail: PurchaseTrail, _ rhythm: Rhythm, _ trails: PurchaseTrails) {
        daysSinceLast = Int(trails.asOf &- trail.last)
        expectedLogGap = rhythm.expectedLogGap(gapCount: trail.gapCount, logGapSum: trail.logGapSum)
        values = SIMD4(
            0, log(1 + Double(daysSinceLast) * exp(-expectedLogGap)), trails.logarithms[trail.gapCount + 1],
            trails.logarithms[Int(trails.asOf &- trail.first) + 1])
    }
}

extension UnsafeBufferPointer<Int32> {
    /// Whether one of these ascending day numbers lies after a day, by at most so many days.
    @inline(__always)
    func contains(after day: Day, withinDays days: Int) -> Bool {
        var position = count
        while position > 0, self[position - 1] > day.number { position -= 1 }
        return position < count && Int(self[position]) - Int(day.number) <= days
    }
}
