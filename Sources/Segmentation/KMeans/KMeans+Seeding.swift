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

        /// The faster of the two, where the starts are equally good.
        init(rowCount: Int, clusterCount: Int) {
            self = rowCount >= 100_000 && clusterCount >= 50 ? .oversampling : .plusPlus
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
