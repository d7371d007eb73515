import CustomerData

/// What is known of a customer from interactions. Each feature is declared here, once.
public enum InteractionFeature: String, CaseIterable, Codable, Sendable {
    /// Looks at a page, visits of a store.
    case visits
    /// Messages opened.
    case opens
    /// Links followed.
    case clicks
    /// Answers.
    case replies
    /// Questions.
    case enquiries
    /// Complaints.
    case complaints
    /// Ratings and reviews.
    case ratings
    /// Anything else the customer did.
    case otherInbound = "other_inbound"
    /// What the company sent.
    case sent
    /// What did not arrive.
    case undelivered
    /// Times that the customer wanted nothing more.
    case unsubscribed
    /// Anything else that was not the customer's doing.
    case otherOutbound = "other_outbound"
    /// Interactions of an unknown kind.
    case otherInteractions = "other_interactions"
    /// Days from the last inbound interaction to the as-of date.
    case inboundRecency = "inbound_recency_days"
    /// Mean mark.
    case meanRating = "mean_rating"
    /// Whether marks get better.
    case ratingTrend = "rating_trend"
    /// The share of what was sent that was answered.
    case responseRate = "response_rate"

    /// The kind that the feature counts; nil for the others.
    var kind: InteractionKind? {
        switch self {
        case .visits: .visit
        case .opens: .open
        case .clicks: .click
        case .replies: .reply
        case .enquiries: .enquiry
        case .complaints: .complaint
        case .ratings: .rating
        case .otherInbound: .otherInbound
        case .sent: .sent
        case .undelivered: .undelivered
        case .unsubscribed: .unsubscribed
        case .otherOutbound: .otherOutbound
        case .otherInteractions: .unknown
        case .inboundRecency, .meanRating, .ratingTrend, .responseRate: nil
        }
    }

    /// Name, unit, formula and transform.
    public var definition: FeatureDefinition {
        FeatureDefinition(name: rawValue, unit: unit, formula: formula, transform: transform)
    }

    private var unit: String {
        switch self {
        case .inboundRecency: "days"
        case .meanRating, .ratingTrend: "points"
        case .responseRate: "share"
        default: "interactions"
        }
    }

    private var formula: String {
        switch self {
        case .inboundRecency: "as-of date - day of the last inbound interaction"
        case .meanRating: "mean of the marks given"
        case .ratingTrend:
            "mean mark in the later half of the time from the first to the last mark - mean mark in the earlier half; with "
                + "marks on two days or more"
        case .responseRate:
            "what was sent and answered by an inbound interaction within \(InteractionHistory.answerDays) days / what was "
                + "sent at least so many days before the as-of date"
        case .otherInteractions: "interactions of a kind that is not known"
        default: "interactions of this kind"
        }
    }

    private var transform: FeatureTransform {
        switch self {
        case .meanRating, .ratingTrend, .responseRate: FeatureTransform(scaling: .standard)
        default: FeatureTransform(curve: .log, winsorise: 0.01, scaling: .standard)
        }
    }
}
