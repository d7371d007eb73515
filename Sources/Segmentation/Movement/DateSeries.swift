import CustomerData

/// The dates that customers are looked at from, one step apart, ascending.
public struct DateSeries: Hashable, Sendable {
    /// At least two dates.
    public let dates: [Day]
    /// The step.
    public let every: Cadence
    /// Days from the last date to the end that was asked for, where no step leads to it; 0 otherwise.
    public let remainingDays: Int

    /// Dates at most.
    public static let mostDates = 1000

    /// The dates from the first day of a range on, as far as steps lead within it.
    ///
    /// - Throws: `Problem(.usage)` when that is one date only, or more than 1,000.
    public init(_ range: ClosedRange<Day>, every: Cadence) throws(Problem) {
        var dates: [Day] = []
        var next = range.lowerBound
        while next <= range.upperBound {
            dates.append(next)
            guard dates.count <= DateSeries.mostDates else {
                throw Problem(
                    .usage,
                    "\(range.lowerBound)..\(range.upperBound) every \(every) is more than \(DateSeries.mostDates) dates: "
                        + "choose a longer step or a shorter range")
            }
            next = every.day(dates.count, after: range.lowerBound)
        }
        guard dates.count > 1, let last = dates.last else {
            throw Problem(
                .usage,
                "\(range.lowerBound)..\(range.upperBound) every \(every) is one date, and movement needs two at least: "
                    + "choose a shorter step or a longer range")
        }
        self.dates = dates
        self.every = every
        remainingDays = range.upperBound.days(since: last)
    }

    /// The dates that lead to a day: at most so many steps back from it, none of them on or before the first day of the
    /// data; nil when there is no such step.
    public init?(ending end: Day, every: Cadence, steps: Int, after first: Day) {
        var dates = [end]
        while dates.count <= steps {
            let earlier = every.day(-dates.count, after: end)
            guard earlier > first else { break }
            dates.append(earlier)
        }
        guard dates.count > 1 else { return nil }
        self.dates = dates.reversed()
        self.every = every
        remainingDays = 0
    }
}
