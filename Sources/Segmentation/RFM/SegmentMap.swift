import CustomerData

/// Which segment a customer's scores lead to: every combination of scores (a cell) belongs to exactly one segment.
///
/// A segment may have a guard, which a customer of its cells must pass; who doesn't falls to the segment that the
/// guard names. Without guards a map on scores alone misleads: on CDNOW 99 % of "Cannot Lose Them" bought once.
public struct SegmentMap: Hashable, Sendable {
    /// A score that a cell has a digit of, in the order of the digits.
    public enum Score: String, Codable, Sendable {
        /// Days since the last purchase; few days score high.
        case recency
        /// Number of orders.
        case frequency
        /// Sum of the orders' values.
        case monetary
    }

    /// What a customer of a segment's cells must fulfil besides.
    public struct Guard: Hashable, Sendable {
        /// Orders the customer must have at least; nil for any number.
        public let purchases: Int?
        /// Whether the first purchase must lie within the horizon.
        public let recent: Bool
        /// Id of the segment of those that don't fulfil it; that segment has no guard.
        public let otherwise: String

        /// A guard of at least so many orders, of a first purchase within the horizon, or of both.
        public init(purchases: Int? = nil, recent: Bool = false, otherwise: String) {
            self.purchases = purchases
            self.recent = recent
            self.otherwise = otherwise
        }
    }

    /// A segment of a map.
    public struct Segment: Hashable, Sendable {
        /// Short id, unique in the map.
        public let id: String
        /// Names by language: `en` always, `fa` and `zh` where the map has them.
        public let names: [String: String]
        /// Cells as patterns: a digit or a range a score, `5[4-5]`; joined with `-` when there are more than 9 bins.
        public let cells: [String]
        /// What its customers must fulfil besides; nil for nothing.
        public let condition: Guard?

        /// A segment of those cells.
        public init(id: String, names: [String: String], cells: [String], condition: Guard? = nil) {
            self.id = id
            self.names = names
            self.cells = cells
            self.condition = condition
        }

        /// The English name.
        public var name: String { names["en"] ?? id }
    }

    /// Short name, as `--map` takes it.
    public let name: String
    /// What it is, in a sentence.
    public let title: String
    /// Scores run from 1 to this.
    public let bins: Int
    /// The scores that a cell has digits of: recency, frequency, and monetary in a map of three digits.
    public let scores: [Score]
    /// The segments, best first or as the map's author likes.
    public let segments: [Segment]
    /// Index of the segment of each cell; the last score counts fastest.
    let segmentOfCell: [UInt16]

    /// A map of those segments.
    ///
    /// - Throws: `Problem(.data)` when a cell has no segment or two (with all such cells), a pattern can't be read,
    ///   two segments share an id or a name, or a guard leads nowhere or to a guarded segment.
    public init(name: String, title: String, bins: Int, scores: [Score], segments: [Segment]) throws {
        func problem(_ what: String) -> Problem { Problem(.data, "segment map \(name): \(what)") }
        guard RFM.allowedBins.contains(bins) else { throw problem("bins must be in 2...10; got \(bins)") }
        guard scores == [.recency, .frequency] || scores == [.recency, .frequency, .monetary] else {
            throw problem("scores must be recency and frequency, or recency, frequency and monetary")
        }
        guard !segments.isEmpty else { throw problem("there are no segments") }
        var cells = CellCover(bins: bins, digits: scores.count)
        for (index, segment) in segments.enumerated() {
            guard let english = segment.names["en"], !english.isEmpty, !segment.id.isEmpty else {
                throw problem("segment \(index + 1) needs an id and an English name")
            }
            for earlier in segments[..<index] where earlier.id == segment.id || earlier.name == segment.name {
                throw problem("two segments are called \(earlier.id == segment.id ? segment.id : segment.name)")
            }
            for pattern in segment.cells where !cells.add(pattern, to: index) {
                let example = scores.count == 2 ? "5[4-5]" : "5[4-5]1"
                throw problem("\"\(pattern)\" of \(segment.id) is no cell; expected one like \(example)")
            }
            if let condition = segment.condition {
                guard let other = segments.first(where: { $0.id == condition.otherwise }), other.condition == nil else {
                    throw problem(
                        "the guard of \(segment.id) must lead to a segment without one; got \(condition.otherwise)")
                }
                guard condition.recent || (condition.purchases ?? 0) >= 1 else {
                    throw problem("the guard of \(segment.id) asks for nothing")
                }
            }
        }
        if let fault = cells.fault { throw problem(fault) }
        self.name = name
        self.title = title
        self.bins = bins
        self.scores = scores
        self.segments = segments
        segmentOfCell = cells.segmentOfCell
    }

    /// The segments' names in a language (`en`, `fa`, `zh`); English where a segment has none in it.
    public func names(in language: String = "en") -> [String] { segments.map { $0.names[language] ?? $0.name } }
}
