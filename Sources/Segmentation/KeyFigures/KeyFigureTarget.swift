import CustomerData

/// What a key figure is to be.
public struct KeyFigureTarget: Hashable, Sendable {
    /// The figure.
    public let figure: KeyFigure
    /// The segment; nil for all customers.
    public let segment: String?
    /// The smallest value that meets the target.
    public let minimum: KeyFigureNumber?
    /// The largest value that meets the target.
    public let maximum: KeyFigureNumber?
    /// Whether missing it fails the run.
    public let isRequired: Bool

    /// A target, which has at least one limit.
    ///
    /// - Throws: `Problem(.usage)` when it has none, or limits that no value is between.
    public init(
        _ figure: KeyFigure, segment: String? = nil, minimum: KeyFigureNumber? = nil, maximum: KeyFigureNumber? = nil,
        isRequired: Bool = false
    ) throws {
        guard minimum != nil || maximum != nil else {
            throw Problem(.usage, "the target for \(figure.rawValue) needs a min or a max")
        }
        if let minimum, let maximum, minimum.tenThousandths > maximum.tenThousandths {
            throw Problem(
                .usage, "the target for \(figure.rawValue) has a min of \(minimum) above its max of \(maximum)")
        }
        self.figure = figure
        self.segment = segment
        self.minimum = minimum
        self.maximum = maximum
        self.isRequired = isRequired
    }

    /// What became of a target.
    public enum Outcome: String, Codable, Sendable {
        /// The value lies within the limits.
        case met
        /// The value lies outside them.
        case missed
        /// The figure has no value.
        case unknown = "not known"
    }

    /// What became of the target: limits belong to what meets it, and values are compared as `kpis.csv` has them.
    public func outcome(in result: KeyFiguresResult) -> Outcome {
        guard let value = result.row(figure, segment: segment)?.value?.tenThousandths else { return .unknown }
        if let minimum, value < minimum.tenThousandths { return .missed }
        if let maximum, value > maximum.tenThousandths { return .missed }
        return .met
    }
}
