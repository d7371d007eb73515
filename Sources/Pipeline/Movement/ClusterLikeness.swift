import CustomerData
import Foundation
import LinearAlgebra
import Models
import Report
import Segmentation
import Statistics

extension ClusterJob {
    /// Matches the clusters of a fit with those of the model that `--like` names, in that model's scale.
    ///
    /// - Returns: the matching, and the clusters' descriptions under their numbers and names; nil without `--like`.
    /// - Throws: `Problem` when there is no such model, or it is of other columns.
    func matched(
        _ model: KMeansModel, _ descriptions: [ClusterDescription], _ vectors: ClusterVectors
    ) throws -> (matching: ClusterMatching, descriptions: [ClusterDescription])? {
        guard let like else { return nil }
        let earlier = try ClusterLikeness.read(like, kind: SavedClusters.KMeans.kind, as: SavedClusters.KMeans.self)
        let order = try ClusterLikeness.order(of: earlier.columns, in: vectors.names, like)
        var centres = Matrix(
            rowCount: model.clusterCount, columnCount: vectors.names.count, elements: model.centres.flatMap(\.self))
        if let scaling = vectors.scaling { centres = try scaling.invert(centres) }
        centres = Matrix(
            rowCount: centres.rowCount, columnCount: order.count,
            elements: (0..<centres.rowCount).flatMap { row in order.map { centres[row, $0] } })
        if let scaling = earlier.scaling { centres = try scaling.apply(centres) }
        guard earlier.matching.map({ $0.numbers.count == earlier.kMeans.clusterCount }) ?? true else {
            throw Problem(.data, "--like \(like) is damaged at model.matching: write it again with strata cluster")
        }
        let matching = ClusterMatching(
            centres.rows, to: earlier.kMeans.centres, numbered: earlier.matching)
        let names = matching.names(
            descriptions.map(\.name),
            earlier: Dictionary(
                earlier.descriptions.map { ($0.cluster, $0.name) }, uniquingKeysWith: { first, _ in first }))
        return (
            matching,
            descriptions.indices.map { descriptions[$0].renamed(names[$0], number: matching.numbers[$0]) }
        )
    }
}

extension CustomerModel.Clusters {
    /// The same clusters under the numbers and names of an earlier run's, matched in that run's scale.
    ///
    /// - Throws: `Problem` when there is no such model, or its clusters are made on other features.
    func numbered(like path: String) throws -> CustomerModel.Clusters {
        let earlier = try ClusterLikeness.read(path, kind: CustomerModel.kind, as: CustomerModel.self).clusters
        let own = scaling.columns.map(\.definition)
        _ = try ClusterLikeness.order(of: earlier.scaling.columns.map(\.definition.name), in: own.map(\.name), path)
        // In the features' units, and from there to the earlier run's scale.
        let centres = FeatureTable(
            columns: own, ids: nil, idName: "row", values: scaling.invert(kMeans.centres.flatMap(\.self)),
            rowCount: kMeans.clusterCount)
        let scaled = Matrix(
            rowCount: kMeans.clusterCount, columnCount: own.count, elements: try earlier.scaling.apply(centres))
        let numbers = try earlier.numbers()
        let matching = ClusterMatching(scaled.rows, to: earlier.kMeans.centres, numbered: earlier.matching)
        let names = matching.names(
            names, earlier: Dictionary(zip(numbers, earlier.names), uniquingKeysWith: { first, _ in first }))
        return CustomerModel.Clusters(
            scaling: scaling, kMeans: kMeans, names: names,
            descriptions: descriptions.map { $0.renamed($0.name, number: matching.numbers[$0.cluster]) },
            matching: matching, rules: rules, choice: choice)
    }

    /// The number of each cluster by position of its centre.
    ///
    /// - Throws: `Problem(.data)` when the model has other clusters than numbers.
    func numbers() throws -> [Int] {
        let numbers = matching?.numbers ?? Array(kMeans.centres.indices)
        guard numbers.count == kMeans.clusterCount, names.count == kMeans.clusterCount else {
            throw Problem(
                .data, "the model has \(kMeans.clusterCount) clusters and \(numbers.count) numbers: train it again")
        }
        return numbers
    }
}

/// What `--like` names.
enum ClusterLikeness {
    /// Reads an earlier model.
    ///
    /// - Throws: `Problem(.inputMissing)` when it is not there; `Problem(.data)` when it is another kind or damaged.
    static func read<Content: Codable & Sendable>(
        _ path: String, kind: String, as content: Content.Type
    ) throws -> Content {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "--like \(path): there is no such model, or it can't be read")
        }
        return try ModelFile<Content>(bytes: data, path: path, kind: kind).model
    }

    /// Where each of the earlier columns stands among the new.
    ///
    /// - Throws: `Problem(.data)` when they are not the same.
    static func order(of earlier: [String], in later: [String], _ path: String) throws -> [Int] {
        let order = earlier.compactMap { later.firstIndex(of: $0) }
        guard order.count == earlier.count, later.count == earlier.count else {
            throw Problem(
                .data,
                "--like \(path): its clusters are on \(earlier.joined(separator: ", ")), and these are on "
                    + "\(later.joined(separator: ", ")): only clusters on the same columns can be matched")
        }
        return order
    }

    /// What goes on as what, in words.
    static func lines(_ matching: ClusterMatching, like path: String) -> [String] {
        func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ", ") }
        var parts = matching.matched.map { pair in
            "\(pair.number) moved by \(Figures.short(pair.distance))"
                + (pair.reach.map { " (the next lay \(Figures.short($0)) away)" } ?? "")
        }
        if !matching.new.isEmpty { parts.append("new: \(list(matching.new))") }
        if !matching.vanished.isEmpty { parts.append("gone: \(list(matching.vanished))") }
        return ["  numbers as in \(path), by the nearest centres: \(parts.joined(separator: "; "))"]
    }
}

extension Matrix where Element == Double {
    /// The rows.
    fileprivate var rows: [[Double]] {
        (0..<rowCount).map { Array(elements[$0 * columnCount..<($0 + 1) * columnCount]) }
    }
}
