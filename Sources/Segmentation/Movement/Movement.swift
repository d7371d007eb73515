import CustomerData
import Statistics

/// Who moved from which lifecycle state and RFM segment to which, over a series of dates.
///
/// At every date customers stand where the lifecycle and RFM put them as of it: everything is learnt and looked up from
/// what was known then, and nothing after the date is used. The history is read once.
///
/// ```swift
/// let result = try Movement(options).result(of: history, presence: presence, series: series)
/// ```
public struct Movement: Sendable {
    /// Which cuts RFM scores have.
    public enum Cuts: String, CaseIterable, Codable, Sendable {
        /// Each date's own: a customer also moves when the others do.
        case each
        /// Those of the first date at all dates: a customer moves by its own purchases and silence alone.
        case first
    }

    /// What may be chosen.
    public struct Options: Sendable {
        /// What customers are sorted by.
        public let bases: [MovementBasis]
        /// Which cuts RFM scores have.
        public let cuts: Cuts
        /// The lifecycle; how its states have held is not judged again at each date.
        public let lifecycle: Lifecycle
        /// The scores and segments.
        public let rfm: RFM

        /// Options.
        ///
        /// - Throws: `Problem(.usage)` when customers are to be sorted by nothing.
        public init(
            bases: [MovementBasis] = MovementBasis.allCases, cuts: Cuts = .each, lifecycle: Lifecycle, rfm: RFM
        ) throws {
            guard !bases.isEmpty else { throw Problem(.usage, "Movement.bases must name one at least; got none") }
            self.bases = MovementBasis.allCases.filter(bases.contains)
            self.cuts = cuts
            self.lifecycle = Lifecycle(
                try Lifecycle.Options(
                    horizonDays: lifecycle.options.horizonDays, responseDays: lifecycle.options.responseDays,
                    judgedDateCount: 0))
            self.rfm = rfm
        }
    }

    /// The options.
    public let options: Options

    /// Movement with those options.
    public init(_ options: Options) { self.options = options }

    /// Looks at a history from every date of a series.
    ///
    /// - Parameters:
    ///   - history: every customer's orders and what was taken back.
    ///   - presence: from when on each customer is known.
    ///   - interactions: of the same customers; nil when there are none.
    ///   - series: the dates.
    ///   - parallel: threads; the result does not depend on their number.
    ///   - step: is handed everyone's move from each date to the next, in the order of the dates.
    /// - Throws: `Problem(.usage)` when no customer has a purchase as of the first date; whatever `step` throws.
    /// - Complexity: O(orders) a date.
    public func result(
        of history: PurchaseHistory, presence: CustomerPresence, interactions: InteractionHistory? = nil,
        series: DateSeries, parallel: Parallel = Parallel(), step: (CustomerMoves) throws -> Void = { _ in }
    ) throws -> MovementResult {
        let dates = series.dates
        let wantsSegments = options.bases.contains(.segment)
        let first = try options.rfm.fitFirst(history, asOf: dates[0], parallel: parallel)
        var result = MovementResult(
            dates: dates, bases: options.bases, labels: options.bases.map { $0.labels(options.rfm.options.map) },
            decimals: history.decimals, horizonDays: options.lifecycle.options.horizonDays)
        var earliest: SegmentStanding?
        var previous: SegmentStanding?
        // Dates side by side, as many as there are threads: much of the work at one date can't be split.
        let roundSize = min(parallel.threadCount, dates.count)
        let inner = Parallel(threads: parallel.threadCount / roundSize)
        for round in stride(from: 0, to: dates.count, by: roundSize) {
            let standings = try parallel.tryMap(min(roundSize, dates.count - round)) { index in
                let asOf = dates[round + index]
                let lifecycle = options.lifecycle.fit(history, asOf: asOf, parallel: inner).assign(
                    history, asOf: asOf, lastResponses: interactions?.lastResponses(asOf: asOf), parallel: inner)
                var rfm: RFMResult?
                if wantsSegments {
                    let values = RFMValues(of: history, asOf: asOf, parallel: inner)
                    let model = options.cuts == .first ? first : try options.rfm.fit(values, parallel: inner)
                    rfm = model.score(values, parallel: inner)
                }
                return SegmentStanding(
                    of: history, lifecycle, rfm, presence, bases: options.bases, parallel: inner)
            }
            for standing in standings {
                result.add(standing, after: previous)
                if let previous {
                    try step(CustomerMoves(history, from: previous, to: standing, result))
                } else {
                    earliest = standing
                }
                previous = standing
            }
        }
        if let earliest, let previous { result.close(from: earliest, to: previous) }
        return result
    }
}

extension RFM {
    /// The model as of the first date of a series.
    ///
    /// - Throws: `Problem(.usage)` when nobody has a purchase by then.
    fileprivate func fitFirst(_ history: PurchaseHistory, asOf: Day, parallel: Parallel) throws -> RFMModel {
        do {
            return try fit(history, asOf: asOf, parallel: parallel)
        } catch let problem as Problem where problem.kind == .data {
            let days = history.period.map { "; the data runs from \($0.lowerBound) to \($0.upperBound)" } ?? ""
            throw Problem(
                .usage, "nobody has a purchase as of \(asOf), the first date: begin with a later one\(days)")
        }
    }
}
