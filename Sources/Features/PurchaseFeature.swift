import CustomerData

/// What is known of a customer from purchases alone. Each feature is declared here, once.
///
/// A purchase is an order of which something is left as of the date, or that was free from the start. A share or a mean over
/// nothing is undefined, and stands as NaN.
public enum PurchaseFeature: String, CaseIterable, Codable, Sendable {
    /// Days from the last purchase to the as-of date.
    case recency = "recency_days"
    /// Purchases.
    case frequency
    /// Net value of all orders, and of returns that count against no order.
    case monetary
    /// Days from the first purchase to the as-of date.
    case tenure = "tenure_days"
    /// Monetary by purchase.
    case averageOrder = "average_order"
    /// Mean days between purchase days.
    case gapMean = "gap_mean_days"
    /// Spread of the days between purchase days.
    case gapSpread = "gap_spread_days"
    /// Whether purchases come more often than before.
    case trend
    /// Lines a purchase.
    case basketSize = "basket_size"
    /// Different products.
    case productVariety = "product_variety"
    /// Value taken back, of the value bought.
    case returnShare = "return_share"
    /// Purchases on a Saturday or a Sunday.
    case weekend = "weekend_share"
    /// Purchases on a Monday.
    case monday = "monday_share"
    /// Purchases on a Tuesday.
    case tuesday = "tuesday_share"
    /// Purchases on a Wednesday.
    case wednesday = "wednesday_share"
    /// Purchases on a Thursday.
    case thursday = "thursday_share"
    /// Purchases on a Friday.
    case friday = "friday_share"
    /// Purchases on a Saturday.
    case saturday = "saturday_share"
    /// Purchases on a Sunday.
    case sunday = "sunday_share"
    /// Purchases from 0:00 to 5:59.
    case night = "night_share"
    /// Purchases from 6:00 to 11:59.
    case morning = "morning_share"
    /// Purchases from 12:00 to 17:59.
    case afternoon = "afternoon_share"
    /// Purchases from 18:00 to 23:59.
    case evening = "evening_share"

    /// Features that only histories with products have.
    static let ofProducts: Set<PurchaseFeature> = [.productVariety]
    /// Features that only histories with hours have.
    static let ofHours: Set<PurchaseFeature> = [.night, .morning, .afternoon, .evening]

    /// Name, unit, formula and transform.
    public var definition: FeatureDefinition {
        FeatureDefinition(name: rawValue, unit: unit, formula: formula, transform: transform)
    }

    private var unit: String {
        switch self {
        case .recency, .tenure, .gapMean, .gapSpread: "days"
        case .frequency: "orders"
        case .monetary, .averageOrder: "money"
        case .basketSize: "lines"
        case .productVariety: "products"
        case .trend: "ratio"
        default: "share"
        }
    }

    private var formula: String {
        switch self {
        case .recency: "as-of date - day of the last purchase"
        case .frequency:
            "orders of which something is left as of the date; orders that were free from the start count, too"
        case .monetary:
            "sum of the orders' values less what was taken back; under --returns net also less other returns"
        case .tenure: "as-of date - day of the first purchase"
        case .averageOrder: "monetary / frequency"
        case .gapMean: "(last purchase day - first purchase day) / (purchase days - 1)"
        case .gapSpread: "sample standard deviation of the days between purchase days; from 3 purchase days on"
        case .trend:
            "(r - e) / (r + e): r and e are the purchases after the first purchase day in the recent and the earlier half "
                + "of the time since that day"
        case .basketSize: "purchase lines / frequency"
        case .productVariety:
            "different products bought in the whole input; empty when the input goes past the as-of date"
        case .returnShare: "value taken back or returned / value of the orders before that; may exceed 1"
        case .weekend: "purchases on a Saturday or a Sunday / frequency"
        case .monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday:
            "purchases on a \(rawValue.prefix(1).uppercased() + rawValue.dropFirst().prefix { $0 != "_" }) / frequency"
        case .night: "purchases from 0:00 to 5:59 / purchases whose hour is known"
        case .morning: "purchases from 6:00 to 11:59 / purchases whose hour is known"
        case .afternoon: "purchases from 12:00 to 17:59 / purchases whose hour is known"
        case .evening: "purchases from 18:00 to 23:59 / purchases whose hour is known"
        }
    }

    private var transform: FeatureTransform {
        switch self {
        case .recency, .frequency, .monetary, .tenure, .averageOrder, .gapMean, .gapSpread, .basketSize,
            .productVariety:
            FeatureTransform(curve: .log, winsorise: 0.01, scaling: .standard)
        case .returnShare: FeatureTransform(winsorise: 0.01, scaling: .standard)
        default: FeatureTransform(scaling: .standard)
        }
    }
}
