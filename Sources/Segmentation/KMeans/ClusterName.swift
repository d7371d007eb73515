/// Short names for clusters, made from what sets them apart.
enum ClusterName {
    /// Words for a feature well known to marketers: when it is low, and when it is high. A feature is known by the
    /// beginning of its name; of several beginnings the longest counts.
    private static let words: [(beginning: String, low: String, high: String)] = [
        ("recency", "recent", "long silent"),
        ("days_since_last", "recent", "long silent"),
        ("frequency", "infrequent", "frequent"),
        ("orders", "infrequent", "frequent"),
        ("monetary", "low monetary", "high monetary"),
        ("tenure", "new", "long-standing"),
        ("average_order", "small orders", "large orders"),
        ("basket_size", "small baskets", "large baskets"),
        ("gap_mean", "short gaps", "long gaps"),
        ("trend", "declining", "growing"),
        ("product_variety", "few products", "many products"),
        ("return_share", "few returns", "many returns"),
    ]

    /// Differences smaller than this many standard deviations tell nothing.
    private static let telling = 0.25
    /// Differences of at least this many are called very.
    private static let strong = 1.5
    /// Words in a name, unless more are needed to tell clusters apart.
    private static let usualLength = 3

    /// A name a cluster, no two the same. Traits stand most telling first.
    static func all(_ traits: [[ClusterDescription.Trait]]) -> [String] {
        var names = traits.map { name($0, length: usualLength, graded: false) }
        // Clusters of one name are told apart by degree, then by further features, then by number.
        refine(&names) { name(traits[$0], length: usualLength, graded: true) }
        let most = traits.map(\.count).max() ?? 0
        for length in stride(from: usualLength + 1, through: most, by: 1) {
            refine(&names) { name(traits[$0], length: length, graded: true) }
        }
        let shared = names
        var used = Set(names)
        for (cluster, name) in shared.enumerated() where shared.count(where: { $0 == name }) > 1 {
            var number = 1
            while !used.insert("\(name) \(number)").inserted { number += 1 }
            names[cluster] = "\(name) \(number)"
        }
        return names
    }

    /// Names anew the clusters that share a name with another.
    private static func refine(_ names: inout [String], _ renamed: (Int) -> String) {
        let before = names
        for cluster in names.indices where before.count(where: { $0 == before[cluster] }) > 1 {
            names[cluster] = renamed(cluster)
        }
    }

    private static func name(_ traits: [ClusterDescription.Trait], length: Int, graded: Bool) -> String {
        let chosen = traits.prefix(length).filter { abs($0.difference) >= telling }
        guard !chosen.isEmpty else { return "average" }
        return chosen.map { trait in
            (graded && abs(trait.difference) >= strong ? "very " : "") + word(trait)
        }.joined(separator: ", ")
    }

    private static func word(_ trait: ClusterDescription.Trait) -> String {
        let known = words.filter { trait.feature.hasPrefix($0.beginning) }.max {
            $0.beginning.utf8.count < $1.beginning.utf8.count
        }
        if let known { return trait.difference < 0 ? known.low : known.high }
        return (trait.difference < 0 ? "low " : "high ") + trait.feature.replacing("_", with: " ")
    }
}
