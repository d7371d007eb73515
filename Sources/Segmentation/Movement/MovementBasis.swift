/// What customers are sorted by.
public enum MovementBasis: String, CaseIterable, Codable, Sendable {
    /// The lifecycle's four stages.
    case stage
    /// The lifecycle's finer states.
    case state
    /// The segments of RFM.
    case segment

    /// The label, of number 0, of a customer who was not known yet.
    public static let notThereYet = "not there yet"
    /// The label, of number 1, of a customer without a purchase and so without an RFM segment.
    public static let noSegment = "no segment"

    /// The labels by number: first that of those who were not known yet.
    func labels(_ map: SegmentMap) -> [String] {
        let names =
            switch self {
            case .stage: LifecycleStage.allCases.map(\.name)
            case .state: LifecycleState.allCases.map(\.name)
            case .segment: [MovementBasis.noSegment] + map.names()
            }
        return [MovementBasis.notThereYet] + names
    }
}
