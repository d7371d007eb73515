import CustomerData
import LinearAlgebra
import Statistics

extension KMeans {
    /// How the centres that a run begins with are found.
    public enum Seeding: String, Hashable, Codable, Sendable, CaseIterable {
        /// The faster of the two for the size of the data, by `Seeding.init(rowCount:clusterCount:)`.
        case automatic = "auto"
        /// Greedy k-means++: a pass over the rows for every centre.
        case plusPlus = "k-means++"
        /// k-means‖: a few passes that draw many candidates at a time, and greedy k-means++ among those.
        case oversampling = "k-means||"

        /// k-means‖ from 50,000 rows and 20 clusters on: there it takes less than half the time, and less the more there
        /// are (1,000,000 × 16: with k = 30 a third, with k = 100 a tenth), and runs end at inertias within what seeds
        /// differ by. With the few clusters of customers it gains a few hundredths of a second.
        init(rowCount: Int, clusterCount: Int) {
            self = rowCount >= 50_000 && clusterCount >= 20 ? .oversampling : .plusPlus
        }
    }
}

extension KMeansPasses {
    /// Centres to begin with.
    func seeds(_ count: Int, by seeding: KMeans.Seeding, using generator: inout SeededGenerator) -> KMeansCentres {
        switch seeding {
        case .automatic:
            seeds(count, by: .init(rowCount: data.rowCount, clusterCount: count), using: &generator)
        case .plusPlus: seeds(count, using: &generator)
        case .oversampling: oversampledSeeds(count, using: &generator)
        }
    }
}
