import CustomerData
import Features
import Foundation
import Segmentation

/// What a person says about scores, stages and clusters.
public struct SegmentSettings: Sendable {
    /// Scores run from 1 to this; nil for the map's.
    public var bins: Int?
    /// How scores relate.
    public var binning = RFM.Binning.independent
    /// Name of a map that strata has, or path of a JSON file.
    public var map = SegmentMap.includedNames[0]
    /// The horizon in days.
    public var horizonDays = 90
    /// Clusters, or what to choose their number from.
    public var clusterCounts = ClusterCounts.auto
    /// Features that clusters are made on; nil for recency, frequency and monetary.
    public var clusterOn: [String]?
    /// The model of an earlier run whose numbers and names the clusters go on with, where they are the same.
    public var like: String?
    /// The seed of everything random.
    public var seed: UInt64 = 1
    /// Runs of k-means from different starts.
    public var runs = 10

    /// The defaults.
    public init() {}

    /// The segment map.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such file; `Problem(.data)` when it is no map.
    func segmentMap() throws -> SegmentMap {
        if let included = SegmentMap.included(named: map) { return included }
        guard let data = FileManager.default.contents(atPath: map) else {
            throw Problem(
                .inputMissing,
                "--map \(map): there is no such file; the maps that strata has are "
                    + SegmentMap.includedNames.joined(separator: ", "))
        }
        return try SegmentMap(json: data, source: map)
    }

    func rfm() throws -> RFM {
        RFM(try RFM.Options(bins: bins, binning: binning, horizonDays: horizonDays, map: segmentMap()))
    }

    func lifecycle() throws -> Lifecycle { Lifecycle(try Lifecycle.Options(horizonDays: horizonDays)) }

    /// More clusters than this have no number in a result.
    static let maximumClusterCount = 65_534

    /// k-means with so many clusters.
    ///
    /// - Throws: `Problem(.usage)` when a setting is not allowed.
    func kMeans(clusterCount wanted: Int) throws -> KMeans {
        guard clusterCounts.smallest >= 1, clusterCounts.largest <= SegmentSettings.maximumClusterCount else {
            throw Problem(
                .usage, "--k must be in 1...\(SegmentSettings.maximumClusterCount); got \(clusterCounts)")
        }
        return KMeans(try KMeans.Options(clusterCount: wanted, seed: seed, runs: runs))
    }

    /// How to choose the number of clusters; nil where it is given.
    func clusterChoice() throws -> ClusterCountChoice? {
        guard case .chosen(let range) = clusterCounts else { return nil }
        return ClusterCountChoice(try .init(clusterCounts: range, seed: seed, runs: runs))
    }
}
