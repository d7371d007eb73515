import CustomerData

extension Simulation {
    /// How far the planted segments lie apart.
    public enum SegmentPlan: String, CaseIterable, Sendable {
        /// They differ in how often, how much and how long they buy, and in taste.
        case separable
        /// They differ in taste alone.
        case overlapping
    }

    /// What a simulation can be told.
    public struct Options: Sendable {
        /// Rows of customers.csv.
        public let customers: Int
        /// The seed of everything random.
        public let seed: UInt64
        /// The day after the last day simulated; the truth is as of it.
        public let asOf: Day
        /// Days simulated.
        public let days: Int
        /// ISO 4217 codes: customers of Great Britain pay in the first, of Iran in the second, of China in the third, and
        /// in the first again where there is none.
        public let currencies: [String]
        /// How far the segments lie apart.
        public let segments: SegmentPlan
        private let stated: [SimulationRate: Double]

        /// Options, checked.
        ///
        /// - Parameters:
        ///   - customers: in `1...20_000_000`.
        ///   - asOf: by default 2026-01-01.
        ///   - days: in `30...3650`.
        ///   - currencies: one to three different codes of three capital letters.
        ///   - rates: shares in place of the standard ones, each in `0...limit` of its kind.
        /// - Throws: `Problem` of kind usage when one is outside its range.
        public init(
            customers: Int, seed: UInt64 = 1, asOf: Day = Day(number: Day.number(year: 2026, month: 1, day: 1)),
            days: Int = 730, currencies: [String] = ["EUR"], segments: SegmentPlan = .separable,
            rates: [SimulationRate: Double] = [:]
        ) throws(Problem) {
            func check(_ holds: Bool, _ name: String, _ allowed: String, _ found: Any) throws(Problem) {
                guard holds else { throw Problem(.usage, "Simulation.\(name) must be \(allowed); got \(found)") }
            }
            try check((1...20_000_000).contains(customers), "customers", "in 1...20000000", customers)
            try check((30...3650).contains(days), "days", "in 30...3650", days)
            let years = Day.number(year: 1950, month: 1, day: 1)...Day.number(year: 2200, month: 1, day: 1)
            try check(years.contains(asOf.number), "asOf", "in 1950-01-01...2200-01-01", asOf)
            let areCodes = currencies.allSatisfy { code in
                code.utf8.count == 3 && code.utf8.allSatisfy { (65...90).contains($0) }
            }
            try check(
                areCodes && (1...3).contains(currencies.count) && Set(currencies).count == currencies.count,
                "currencies", "one to three different codes of three capital letters",
                currencies.joined(separator: ","))
            for kind in SimulationRate.allCases {
                guard let rate = rates[kind] else { continue }
                try check((0...kind.limit).contains(rate), "rate \(kind.rawValue)", "in \(kind.range)", rate)
            }
            self.customers = customers
            self.seed = seed
            self.asOf = asOf
            self.days = days
            self.currencies = currencies
            self.segments = segments
            stated = rates
        }

        /// The share of a kind.
        public func rate(_ kind: SimulationRate) -> Double { stated[kind] ?? kind.standard }

        /// The first day simulated.
        public var firstDay: Day { asOf.advanced(byDays: -days) }
    }
}
