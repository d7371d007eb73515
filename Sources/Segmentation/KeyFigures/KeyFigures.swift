import CustomerData
import Statistics

/// The key figures of a company, of all customers and of each segment: of the last days, and of as many days before.
public struct KeyFigures: Sendable {
    /// What may be chosen.
    public struct Options: Hashable, Sendable {
        /// Days of a period.
        public let periodDays: Int

        /// Periods that may be chosen.
        public static let allowedPeriodDays = 1...3650

        /// Checks the options.
        ///
        /// - Throws: `Problem(.usage)`.
        public init(periodDays: Int = 90) throws {
            guard Options.allowedPeriodDays.contains(periodDays) else {
                throw Problem(
                    .usage, "KeyFigures.periodDays must be in \(Options.allowedPeriodDays); got \(periodDays)")
            }
            self.periodDays = periodDays
        }
    }

    /// The options.
    public let options: Options

    /// Key figures with those options.
    public init(_ options: Options) { self.options = options }

    /// Customers a block.
    private static let blockSize = 8192

    /// The key figures as of a date.
    ///
    /// The last period ends with the date, or with the day before it where nothing is known of the date itself. The
    /// members of a segment are the same in all periods: those it has at the date.
    ///
    /// - Parameters:
    ///   - history: the orders by customer.
    ///   - interactions: what else is known of the same customers; nil when nothing is.
    ///   - segments: each customer's segment, an index of `segmentNames`; any other number for none.
    ///   - parallel: threads; the result does not depend on them.
    /// - Complexity: O(orders + interactions + n log n) for n active customers.
    public func figures(
        of history: PurchaseHistory, interactions: InteractionHistory?, segments: [UInt16], segmentNames: [String],
        asOf: Day, parallel: Parallel = Parallel()
    ) -> KeyFiguresResult {
        precondition(segments.count == history.customers.count)
        precondition(interactions == nil || interactions?.customerCount == segments.count)
        let last = [history.period?.upperBound, interactions?.period?.upperBound].compactMap { $0 }.max() ?? asOf
        let end = last < asOf ? asOf.advanced(byDays: -1) : asOf
        let counting = KeyFigureCounting(
            history: history, interactions: interactions, end: end, days: options.periodDays)
        let count = history.customers.count
        let blocks = parallel.map((count + KeyFigures.blockSize - 1) / KeyFigures.blockSize) { block in
            counting.tallies(
                of: block * KeyFigures.blockSize..<min(count, (block + 1) * KeyFigures.blockSize), segments: segments,
                segmentCount: segmentNames.count)
        }
        // The last tally is that of customers without a segment.
        var tallies = [KeyFigureTally](repeating: KeyFigureTally(), count: segmentNames.count + 1)
        for block in blocks { for group in tallies.indices { tallies[group].merge(block[group]) } }
        var all = KeyFigureTally()
        for tally in tallies { all.merge(tally) }
        let groups: [(name: String?, tally: KeyFigureTally)] =
            [(nil, all)] + zip(segmentNames, tallies).map { ($0, $1) }
        let coverage = KeyFigureCoverage(
            history: history, interactions: interactions, current: counting.window(0), previous: counting.window(1),
            hasComplaints: all.hasComplaints)
        let rows = parallel.map(groups.count) { group in
            KeyFigure.allCases.map { figure in
                KeyFiguresResult.Row(
                    figure, groups[group].name, groups[group].tally, coverage, decimals: history.decimals)
            }
        }
        return KeyFiguresResult(
            periodDays: options.periodDays, current: counting.window(0), previous: counting.window(1),
            rows: rows.flatMap { $0 })
    }
}

/// From when on something is known: where a period reaches further back, a figure of it is left empty.
struct KeyFigureCoverage {
    /// Whether purchases are known for the whole of the period before.
    let previousPurchases: Bool
    /// Whether they are for the whole of the period before that.
    let earlierPurchases: Bool
    /// Whether interactions are known for the whole of the period before.
    let previousInteractions: Bool
    /// Whether what was sent is known for as long before, and the days in which it may be answered.
    let previousSent: Bool
    /// Whether complaints are recorded at all.
    let hasComplaints: Bool

    init(
        history: PurchaseHistory, interactions: InteractionHistory?, current: ClosedRange<Day>,
        previous: ClosedRange<Day>, hasComplaints: Bool
    ) {
        let days = current.lowerBound.days(since: previous.lowerBound)
        func isKnown(_ first: Day?, from day: Day) -> Bool { first.map { $0 <= day } ?? false }
        let purchases = history.period?.lowerBound
        let contacts = interactions?.period?.lowerBound
        previousPurchases = isKnown(purchases, from: previous.lowerBound)
        earlierPurchases = isKnown(purchases, from: previous.lowerBound.advanced(byDays: -days))
        previousInteractions = isKnown(contacts, from: previous.lowerBound)
        previousSent = isKnown(
            contacts, from: previous.lowerBound.advanced(byDays: -Int(InteractionHistory.answerDays)))
        self.hasComplaints = hasComplaints
    }
}
