import CustomerData
import Export
import Report
import Segmentation
import Statistics

/// The choice of the number of clusters as a person reads it.
enum ClusterChoiceText {
    /// The sweep, a number of clusters a line, and the verdict.
    static func lines(_ choice: ClusterCountResult, rows: String) -> [String] {
        var text = TextTable(
            [
                "", "k", "inertia", "silhouette", "squared", "Calinski-Harabasz", "Davies-Bouldin", "gap", "s", "ARI",
                "least Jaccard", "stability",
            ], right: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        for candidate in choice.candidates {
            let silhouette = Figures.fixed(candidate.silhouette?.mean, decimals: 3)
            let error = candidate.silhouette?.standardError.map { " ± " + Figures.fixed($0, decimals: 3) } ?? ""
            text.add([
                candidate.clusterCount == choice.verdict.clusterCount ? "→" : "", String(candidate.clusterCount),
                Figures.short(candidate.inertia), silhouette + error,
                Figures.fixed(candidate.squaredSilhouette, decimals: 3), Figures.short(candidate.calinskiHarabasz),
                Figures.fixed(candidate.daviesBouldin, decimals: 3), Figures.fixed(candidate.gap?.gap, decimals: 3),
                Figures.fixed(candidate.gap?.standardError, decimals: 3),
                Figures.fixed(candidate.stability?.adjustedRandIndex, decimals: 2),
                Figures.fixed(candidate.stability?.worst, decimals: 2), candidate.stability?.grade?.rawValue ?? "",
            ])
        }
        return text.lines + samples(choice, rows: rows).map { "  " + $0 } + ["  " + choice.verdict.sentence]
    }

    /// What was computed from a part of the rows.
    private static func samples(_ choice: ClusterCountResult, rows: String) -> [String] {
        var parts: [String] = []
        let all = Figures.count(choice.rowCount)
        let judged = choice.candidates.compactMap(\.silhouette).filter { $0.standardError != nil }
        if let judged = judged.map(\.judgedRowCount).min() {
            parts.append("the silhouette is estimated from \(Figures.count(judged)) or more")
        }
        if choice.trialRowCount < choice.rowCount {
            parts.append("gap and stability are those of \(Figures.count(choice.trialRowCount))")
        }
        return parts.isEmpty ? [] : [parts.joined(separator: ", ") + " of \(all) \(rows), drawn at random"]
    }

    /// One row a number of clusters.
    static func table(_ choice: ClusterCountResult) -> ResultTable {
        let all = choice.candidates
        func reals(_ name: String, _ value: (ClusterCountCandidate) -> Double?) -> ResultTable.Column {
            .init(name, .reals(all.map { value($0) ?? .nan }))
        }
        func integers(_ name: String, _ value: (ClusterCountCandidate) -> Int?) -> ResultTable.Column {
            .init(name, .integers(all.map { value($0).map { Int64($0) } ?? .min }))
        }
        func list(_ values: [Double?]) -> String { values.map { $0.map { "\($0)" } ?? "-" }.joined(separator: " ") }
        return ResultTable(
            name: "cluster_choice",
            columns: [
                integers("clusters") { $0.clusterCount },
                .init("chosen", .flags(all.map { $0.clusterCount == choice.verdict.clusterCount })),
                reals("inertia") { $0.inertia },
                reals("silhouette") { $0.silhouette?.mean },
                reals("silhouette_error") { $0.silhouette?.standardError },
                integers("silhouette_rows") { $0.silhouette?.judgedRowCount },
                reals("squared_silhouette") { $0.squaredSilhouette },
                reals("calinski_harabasz") { $0.calinskiHarabasz },
                reals("davies_bouldin") { $0.daviesBouldin },
                reals("log_inertia") { $0.gap?.logInertia },
                reals("reference_log_inertia") { $0.gap?.referenceLogInertia },
                reals("gap") { $0.gap?.gap },
                reals("gap_error") { $0.gap?.standardError },
                reals("adjusted_rand_index") { $0.stability?.adjustedRandIndex },
                reals("least_jaccard") { $0.stability?.worst },
                .init("stability", .texts(all.map { $0.stability?.grade?.rawValue ?? "" })),
                .init("sizes", .texts(all.map { $0.sizes.map(String.init).joined(separator: " ") })),
                .init("jaccards", .texts(all.map { list($0.stability?.jaccards ?? []) })),
                .init("cluster_silhouettes", .texts(all.map { list($0.silhouette?.clusterMeans ?? []) })),
            ])
    }
}
