/// A planted segment: how its customers buy, and what they like.
struct SegmentTraits: Sendable {
    let name: String
    /// Share of the persons.
    let share: Double
    /// Mean days between purchases while a customer is there.
    let meanGapDays: Double
    /// Mean chance of leaving after a purchase.
    let dropout: Double
    /// Mean lines of an order.
    let lines: Double
    /// Units of a line, times those that are usual for the goods.
    let units: Double
    /// Weights of the departments; 0.5 for those that are not named.
    let tastes: [String: Double]
    /// Shares of store, web and app.
    let channels: [Double]

    /// The segments of a plan.
    ///
    /// Separable ones differ in the three numbers that customers are clustered on unless told otherwise; overlapping
    /// ones all buy at one rate, as much, and as long.
    static func all(_ plan: Simulation.SegmentPlan) -> [SegmentTraits] {
        switch plan {
        case .separable: separable
        case .overlapping:
            separable.map {
                SegmentTraits(
                    name: $0.name, share: $0.share, meanGapDays: 25, dropout: 0.04, lines: 2.2, units: 1.4,
                    tastes: $0.tastes, channels: $0.channels)
            }
        }
    }

    private static let separable = [
        SegmentTraits(
            name: "regulars", share: 0.25, meanGapDays: 8, dropout: 0.003, lines: 3.0, units: 3.6,
            tastes: ["Fresh": 3.5, "Pantry": 2, "Household": 1.2, "Drinks": 1, "Snacks": 0.5, "Home": 0.2],
            channels: [0.75, 0.10, 0.15]),
        SegmentTraits(
            name: "households", share: 0.35, meanGapDays: 35, dropout: 0.008, lines: 2.2, units: 1.2,
            tastes: ["Household": 3, "Pantry": 1.5, "Home": 1, "Drinks": 1, "Fresh": 0.8, "Snacks": 0.4],
            channels: [0.35, 0.45, 0.20]),
        SegmentTraits(
            name: "passers-by", share: 0.40, meanGapDays: 21, dropout: 0.35, lines: 1.4, units: 0.3,
            tastes: ["Snacks": 4, "Drinks": 2.5, "Fresh": 0.6, "Home": 0.3, "Pantry": 0.1, "Household": 0.1],
            channels: [0.80, 0.08, 0.12]),
    ]
}
