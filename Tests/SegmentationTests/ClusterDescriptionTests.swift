import CustomerData
import Foundation
import Statistics
import Testing

@testable import Segmentation

@Suite("Cluster descriptions")
struct ClusterDescriptionTests {
    private func table(_ names: [String], _ rows: [[Double]]) -> FeatureTable {
        FeatureTable(
            columns: names.map { FeatureDefinition(name: $0, unit: "u", formula: "", transform: FeatureTransform()) },
            ids: nil, idName: "row", values: rows.flatMap { $0 }, rowCount: rows.count)
    }

    @Test func `traits are differences from the mean in standard deviations, in the feature's own units`() {
        let features = table(
            ["recency_days", "frequency", "constant"], [[10, 1, 5], [20, 1, 5], [30, 3, 5], [40, 7, 5]])
        let clusters = ClusterDescription.all(features, labels: [0, 0, 1, 1], clusterCount: 2)
        #expect(clusters.map(\.size) == [2, 2])
        #expect(clusters.map(\.share) == [0.5, 0.5])
        // recency: mean 25, deviation √125; frequency: mean 3, deviation √6.
        let recency = 10 / 125.0.squareRoot()
        let frequency = 2 / 6.0.squareRoot()
        let first = clusters[0].traits
        #expect(first.map(\.feature) == ["recency_days", "frequency", "constant"])
        #expect(first.map(\.mean) == [15, 1, 5])
        #expect(first.map(\.overallMean) == [25, 3, 5])
        #expect(zip(first.map(\.difference), [-recency, -frequency, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(clusters.map(\.name) == ["recent, infrequent", "long silent, frequent"])
    }

    @Test func `weighted rows weigh in means, and sizes count rows`() {
        let features = table(["x"], [[1], [3], [100], [7]])
        let clusters = ClusterDescription.all(
            features, labels: [0, 0, 0, 1], clusterCount: 2, weights: [1, 3, 0, 2])
        #expect(clusters.map(\.size) == [3, 1])
        #expect(clusters[0].traits.map(\.mean) == [2.5])
        // (1 + 9 + 0 + 14) / 6
        #expect(clusters[0].traits.map(\.overallMean) == [4])
    }

    @Test func `names speak of known features in words and of others by their names`() {
        let features = table(
            ["monetary", "tenure_days", "web_share"], [[1, 1, 1], [1, 1, 0], [9, 1, 0], [9, 9, 0]])
        let names = ClusterDescription.all(features, labels: [0, 1, 2, 3], clusterCount: 4).map(\.name)
        #expect(names[0] == "high web share, low monetary, new")
        #expect(names[3] == "long-standing, high monetary, low web share")
    }

    @Test func `a cluster like all is average`() {
        let features = table(["frequency"], [[1], [3], [2]])
        #expect(ClusterDescription.all(features, labels: [0, 0, 0], clusterCount: 1).map(\.name) == ["average"])
    }

    @Test(arguments: 1...12) func `no two clusters have one name`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for columns in 1...4 {
            let rows = (0..<60).map { row in
                (0..<columns).map { Double($0 == 0 ? row % count : generator.index(below: 2)) }
            }
            let names = ClusterDescription.all(
                table(["recency", "frequency", "monetary", "other"].prefix(columns).map { $0 }, rows),
                labels: (0..<60).map { UInt32($0 % count) }, clusterCount: count
            ).map(\.name)
            #expect(Set(names).count == count)
        }
    }

    @Test func `equal clusters are told apart by number`() {
        let features = table(["frequency"], [[1], [1], [3], [3]])
        let names = ClusterDescription.all(features, labels: [0, 1, 2, 3], clusterCount: 4).map(\.name)
        #expect(names == ["infrequent 1", "infrequent 2", "frequent 1", "frequent 2"])
    }

    @Test func `a missing value is left out, an empty cluster has no traits`() {
        let features = table(["frequency"], [[1], [.nan], [5]])
        let clusters = ClusterDescription.all(features, labels: [0, 0, 2], clusterCount: 3)
        #expect(clusters[0].traits.map(\.mean) == [1])
        #expect(clusters[0].traits.map(\.overallMean) == [3])
        #expect(clusters[1].traits.isEmpty)
        #expect(clusters.map(\.size) == [2, 0, 1])
    }

    @Test func `many blocks of far values give the same digits for any number of threads`() {
        let rows = (0..<20_000).map { [1e9 + Double($0 % 10)] }
        let labels = (0..<20_000).map { UInt32($0 % 2) }
        let one = ClusterDescription.all(
            table(["x"], rows), labels: labels, clusterCount: 2, parallel: Parallel(threads: 1))
        // Even last digits have the mean 4, odd ones 5; all together deviate by √8.25.
        #expect(one.map { $0.traits[0].mean } == [1e9 + 4, 1e9 + 5])
        #expect(abs(one[1].traits[0].difference - 0.5 / 8.25.squareRoot()) < 1e-12)
        for threads in 2...3 {
            #expect(
                ClusterDescription.all(
                    table(["x"], rows), labels: labels, clusterCount: 2, parallel: Parallel(threads: threads)) == one)
        }
    }
}
