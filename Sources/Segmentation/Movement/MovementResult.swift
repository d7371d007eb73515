import CustomerData

/// Who moved where over a series of dates, counted.
public struct MovementResult: Hashable, Sendable {
    /// The dates, ascending.
    public let dates: [Day]
    /// What customers were sorted by.
    public let bases: [MovementBasis]
    /// The labels of each basis by number: "not there yet", then the basis's own.
    public let labels: [[String]]
    /// Decimals in which the input states money.
    public let decimals: Int
    /// The horizon of the lifecycle, in days.
    public let horizonDays: Int
    /// From each date to the next, by basis and then by date.
    public private(set) var steps: [[TransitionMatrix]]
    /// From the first date to the last, by basis.
    public private(set) var overall: [TransitionMatrix] = []
    /// Customers of each label and what is at stake with them, by basis, date and label.
    public private(set) var sizes: [[[SegmentSize]]]

    init(dates: [Day], bases: [MovementBasis], labels: [[String]], decimals: Int, horizonDays: Int) {
        self.dates = dates
        self.bases = bases
        self.labels = labels
        self.decimals = decimals
        self.horizonDays = horizonDays
        steps = bases.map { _ in [] }
        sizes = bases.map { _ in [] }
    }

    mutating func add(_ standing: SegmentStanding, after previous: SegmentStanding?) {
        for (position, basis) in bases.enumerated() {
            sizes[position].append(SegmentSize.all(standing, basis, labelCount: labels[position].count))
            guard let previous else { continue }
            steps[position].append(
                TransitionMatrix(basis, from: previous, to: standing, labels: labels[position]))
        }
    }

    mutating func close(from first: SegmentStanding, to last: SegmentStanding) {
        overall = zip(bases, labels).map { TransitionMatrix($0, from: first, to: last, labels: $1) }
    }

    /// Customers that were there as of a date.
    public func customerCount(date: Int) -> Int { sizes.first?[date].reduce(0) { $0 + $1.customers } ?? 0 }

    /// All customers as of a date: what they spent in the year, and what of it is at risk.
    public func total(date: Int) -> SegmentSize {
        (sizes.first?[date] ?? []).reduce(into: SegmentSize()) { sum, size in
            sum.customers += size.customers
            sum.yearSpending += size.yearSpending
            sum.revenueAtRisk += size.revenueAtRisk
            sum.expectedLoss += size.expectedLoss
        }
    }
}
