import CustomerData

/// Which features a customer's vector has, left to right: the same for training and for scoring, so it stands in the
/// model.
public struct FeatureSet: Hashable, Codable, Sendable {
    /// Features of the purchases.
    public let purchases: [PurchaseFeature]
    /// Channels, each a share of the purchases whose channel is known.
    public let channels: [String]
    /// Chosen attributes.
    public let attributes: [AttributeEncoding]

    /// A set of these features.
    public init(purchases: [PurchaseFeature], channels: [String], attributes: [AttributeEncoding]) {
        self.purchases = purchases
        self.channels = channels
        self.attributes = attributes
    }

    /// Everything that a history can tell, and chosen attributes: hours where any order has one, variety where there
    /// are products, a share for every channel.
    public init(of history: PurchaseHistory, attributes: [AttributeEncoding] = []) {
        let hasHours = history.orderHours.contains { $0 != PurchaseHistory.noHour }
        let hasProducts = !history.productCounts.isEmpty
        self.init(
            purchases: PurchaseFeature.allCases.filter {
                (hasHours || !PurchaseFeature.ofHours.contains($0))
                    && (hasProducts || !PurchaseFeature.ofProducts.contains($0))
            }, channels: history.channels, attributes: attributes)
    }

    /// The inputs of clustering unless told otherwise: recency, frequency and monetary. Of 48 settings tried on CDNOW
    /// and Online Retail they were the most stable and told most about return; the other features describe.
    public static let clusteringInputs: [FeatureDefinition] =
        [PurchaseFeature.recency, .frequency, .monetary].map(\.definition)

    /// The declarations, left to right.
    public var definitions: [FeatureDefinition] {
        purchases.map(\.definition)
            + channels.map { channel in
                FeatureDefinition(
                    name: "channel=\(channel)", unit: "share",
                    formula: "purchases through this channel / purchases whose channel is known",
                    transform: FeatureTransform(scaling: .standard))
            } + attributes.flatMap(\.definitions)
    }
}
