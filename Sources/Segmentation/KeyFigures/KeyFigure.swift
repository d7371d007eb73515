/// A figure by which a company is steered. Each is counted over a period; `docs/kpis.md` has the formulas.
public enum KeyFigure: String, CaseIterable, Codable, Sendable {
    /// Customers who have bought by the end of the period.
    case customers
    /// Customers with a purchase in the period.
    case active
    /// Customers whose first purchase lies in the period.
    case new
    /// Of the customers active in the period before, the share without a purchase in this one.
    case churnRate = "churn_rate"
    /// Of the active customers, the share with more than one purchase by the end of the period.
    case repeatRate = "repeat_rate"
    /// Purchases of the period.
    case orders
    /// Monetary at the end of the period less monetary at its beginning.
    case revenue
    /// Revenue by order.
    case averageOrder = "average_order"
    /// Orders by active customer.
    case purchaseFrequency = "purchase_frequency"
    /// The share of the active customers' revenue that the fifth of them with the most brings.
    case topFifthShare = "revenue_share_top_20"
    /// Mean of the marks given in the period.
    case meanRating = "mean_rating"
    /// Complaints by order.
    case complaintRate = "complaint_rate"
    /// Of what was sent, the share that was answered within 14 days, counted where these days end in the period.
    case responseRate = "response_rate"

    /// What the figure is counted in.
    public var unit: String {
        switch self {
        case .customers, .active, .new: "customers"
        case .orders: "orders"
        case .revenue, .averageOrder: "money"
        case .purchaseFrequency: "orders"
        case .meanRating: "points"
        case .churnRate, .repeatRate, .topFifthShare, .complaintRate, .responseRate: "share"
        }
    }
}

/// An exact number of a key figure, with the decimals it is shown with.
public struct KeyFigureNumber: Hashable, Sendable {
    /// Ten-thousandths.
    public let tenThousandths: Int128
    /// Decimals, 0–4.
    public let decimals: Int

    /// A number of so many ten-thousandths.
    public init(tenThousandths: Int128, decimals: Int) {
        self.tenThousandths = tenThousandths
        self.decimals = decimals
    }
}
