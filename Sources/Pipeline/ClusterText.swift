import CustomerData
import Report
import Segmentation

/// Clusters as a person reads them.
enum ClusterText {
    /// Number, name, rows, share and what is typical of each cluster.
    static func lines(_ descriptions: [ClusterDescription], names: [String], sizes: [Int], rows: String) -> [String] {
        var text = TextTable(["", "name", rows, "share", "means (of all)"], right: [0, 2, 3])
        let total = sizes.reduce(0, +)
        for (cluster, description) in descriptions.enumerated().sorted(by: { $0.element.cluster < $1.element.cluster })
        {
            text.add([
                String(description.cluster), names[cluster], Figures.count(sizes[cluster]),
                Figures.percent(total > 0 ? Double(sizes[cluster]) / Double(total) : nil), typical(description),
            ])
        }
        return text.lines
    }

    /// The three most telling features with their means in the cluster and in all: `recency 21 (142), …`.
    private static func typical(_ description: ClusterDescription) -> String {
        description.traits.prefix(3).map { trait in
            "\(trait.feature.split(separator: "_").joined(separator: " ")) \(Figures.short(trait.mean)) (\(Figures.short(trait.overallMean)))"
        }.joined(separator: ", ")
    }
}
