import CustomerData

/// Which features a customer's vector has, left to right: the same for training and for scoring, so it stands in the
/// model.
public struct FeatureSet: Hashable, Codable, Sendable {
    /// Features of the purchases.
    public let purchases: [PurchaseFeature]
    /// Channels, each a share of the purchases whose channel is known.
    public let channels: [String]
    /// Features of the interactions.
    public let interactions: [InteractionFeature]
    /// Channels of interactions, each a count.
    public let contactChannels: [String]
    /// Features of the customers file.
    public let people: [PersonFeature]
    /// Categories of products, each with the customer's affinity.
    public let affinities: [CategoryAffinity]
    /// Chosen attributes.
    public let attributes: [AttributeEncoding]

    /// A set of these features.
    public init(
        purchases: [PurchaseFeature], channels: [String], interactions: [InteractionFeature] = [],
        contactChannels: [String] = [], people: [PersonFeature] = [], affinities: [CategoryAffinity] = [],
        attributes: [AttributeEncoding]
    ) {
        self.purchases = purchases
        self.channels = channels
        self.interactions = interactions
        self.contactChannels = contactChannels
        self.people = people
        self.affinities = affinities
        self.attributes = attributes
    }

    /// Everything that a history can tell, and chosen attributes: hours where any order has one, variety where there
    /// are products, a share for every channel; what the records besides the orders can tell: a count of every kind of
    /// interaction that there is and of the twenty most frequent channels, marks where there are any, and so on.
    public init(
        of history: PurchaseHistory, besides records: CustomerRecords = CustomerRecords(),
        attributes: [AttributeEncoding] = []
    ) {
        let hasHours = history.orderHours.contains { $0 != PurchaseHistory.noHour }
        let hasProducts = !history.productCounts.isEmpty
        self.init(
            purchases: PurchaseFeature.allCases.filter {
                (hasHours || !PurchaseFeature.ofHours.contains($0))
                    && (hasProducts || !PurchaseFeature.ofProducts.contains($0))
            }, channels: history.channels,
            interactions: records.interactions.map(FeatureSet.features(of:)) ?? [],
            contactChannels: records.interactions.map(FeatureSet.channels(of:)) ?? [],
            people: (records.birthDays == nil ? [] : [.age]) + (records.consents == nil ? [] : [.consent]),
            affinities: records.products.map(CategoryAffinity.largest(in:)) ?? [], attributes: attributes)
    }

    /// Whether a name is that of a feature, which no attribute may have.
    public static func isReserved(_ name: String) -> Bool {
        PurchaseFeature(rawValue: name) != nil || InteractionFeature(rawValue: name) != nil
            || PersonFeature(rawValue: name) != nil
    }

    /// This set with other attributes.
    public func with(attributes: [AttributeEncoding]) -> FeatureSet {
        FeatureSet(
            purchases: purchases, channels: channels, interactions: interactions, contactChannels: contactChannels,
            people: people, affinities: affinities, attributes: attributes)
    }

    /// Features that the interactions can tell.
    private static func features(of history: InteractionHistory) -> [InteractionFeature] {
        var kinds = [Bool](repeating: false, count: InteractionKind.allCases.count)
        var hasRatings = false
        for event in history.events {
            kinds[Int(event.kind.rawValue)] = true
            hasRatings = hasRatings || event.rating != Interaction.noRating
        }
        return InteractionFeature.allCases.filter { feature in
            switch feature {
            case .meanRating, .ratingTrend: hasRatings
            case .responseRate: kinds[Int(InteractionKind.sent.rawValue)]
            case .inboundRecency: InteractionKind.allCases.contains { $0.isInbound && kinds[Int($0.rawValue)] }
            default: feature.kind.map { kinds[Int($0.rawValue)] } ?? false
            }
        }
    }

    /// Channels that have a column.
    private static let channelLimit = 20

    /// The channels with the most interactions, in the order of their names.
    private static func channels(of history: InteractionHistory) -> [String] {
        var counts = [Int](repeating: 0, count: history.channels.count)
        for event in history.events where event.channel != Interaction.noChannel { counts[Int(event.channel)] += 1 }
        return counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(channelLimit).sorted()
            .map { history.channels[$0] }
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
            } + interactions.map(\.definition)
            + contactChannels.map { channel in
                FeatureDefinition(
                    name: "contact_channel=\(channel)", unit: "interactions",
                    formula: "interactions through this channel",
                    transform: FeatureTransform(curve: .log, winsorise: 0.01, scaling: .standard))
            } + people.map(\.definition) + affinities.map(\.definition) + attributes.flatMap(\.definitions)
    }
}
