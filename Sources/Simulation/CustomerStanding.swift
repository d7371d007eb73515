/// Where a record truly stands as of the end: known from the hidden life, not inferred from what it left behind.
enum CustomerStanding: UInt8, CaseIterable, Sendable {
    case prospect, responder, new, growing, mature, atRisk, wonBack, dormant, lost

    /// One of the four stages.
    var stage: String {
        switch self {
        case .prospect: "prospect"
        case .responder: "responder"
        case .new, .growing, .mature, .atRisk, .wonBack: "active"
        case .dormant, .lost: "former"
        }
    }

    /// The state within the stage.
    var state: String {
        switch self {
        case .atRisk: "at risk"
        case .wonBack: "won back"
        default: String(describing: self)
        }
    }
}
