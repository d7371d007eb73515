import CustomerData
import Foundation
import LinearAlgebra
import Models
import Segmentation
import Statistics

/// The content of a cluster model's file, one kind for each kind of clusters.
enum SavedClusters {
    case kMeans(KMeans)
    case balanced(Balanced)
    case mixed(Mixed)

    /// Clusters of k-means.
    struct KMeans: Codable, Sendable {
        static let kind = "clusters"
        let columns: [String]
        let scaling: ColumnScaling?
        let kMeans: KMeansModel
        /// The weight of all rows of each cluster so far, for updates; a file without them counts its sizes.
        let masses: [Double]?
        let descriptions: [ClusterDescription]
        /// Which clusters go on as which of an earlier model; nil where they are numbered by position.
        let matching: ClusterMatching?
        let rules: ClusterRules?
        /// How the number of clusters was chosen; nil where it was given.
        let choice: ClusterCountResult?
    }

    /// Clusters of limited sizes.
    struct Balanced: Codable, Sendable {
        static let kind = "balanced clusters"
        let columns: [String]
        let scaling: ColumnScaling?
        let balanced: BalancedKMeansModel
        let descriptions: [ClusterDescription]
    }

    /// Clusters of k-prototypes.
    struct Mixed: Codable, Sendable {
        static let kind = "mixed clusters"
        let columns: [String]
        let scaling: ColumnScaling?
        let kPrototypes: KPrototypesModel
        let descriptions: [ClusterDescription]
    }

    /// Whether a file is a model of one of these kinds, as far as its head tells.
    static func isSaved(at path: String) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: path), let kind = ModelKind.read(bytes) else {
            return false
        }
        return [KMeans.kind, Balanced.kind, Mixed.kind].contains(kind)
    }

    /// Reads a file.
    ///
    /// - Throws: `Problem` when there is no such file, or it is no cluster model.
    init(path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "\(path): there is no such model, or it can't be read")
        }
        switch ModelKind.read(bytes) {
        case Balanced.kind:
            self = .balanced(try ModelFile<Balanced>(bytes: bytes, path: path, kind: Balanced.kind).model)
        case Mixed.kind: self = .mixed(try ModelFile<Mixed>(bytes: bytes, path: path, kind: Mixed.kind).model)
        default: self = .kMeans(try ModelFile<KMeans>(bytes: bytes, path: path, kind: KMeans.kind).model)
        }
    }

    /// The file's bytes.
    func bytes() throws -> [UInt8] {
        switch self {
        case .kMeans(let content): try ModelFile(kind: KMeans.kind, content).bytes()
        case .balanced(let content): try ModelFile(kind: Balanced.kind, content).bytes()
        case .mixed(let content): try ModelFile(kind: Mixed.kind, content).bytes()
        }
    }

    /// Columns of numbers.
    var columns: [String] {
        switch self {
        case .kMeans(let content): content.columns
        case .balanced(let content): content.columns
        case .mixed(let content): content.columns
        }
    }

    /// How they are scaled.
    var scaling: ColumnScaling? {
        switch self {
        case .kMeans(let content): content.scaling
        case .balanced(let content): content.scaling
        case .mixed(let content): content.scaling
        }
    }

    /// Columns of words.
    var categories: [String] {
        guard case .mixed(let content) = self else { return [] }
        return content.kPrototypes.categories
    }

    var clusterCount: Int { descriptions.count }

    /// What the clusters were like in training.
    var descriptions: [ClusterDescription] {
        switch self {
        case .kMeans(let content): content.descriptions
        case .balanced(let content): content.descriptions
        case .mixed(let content): content.descriptions
        }
    }

    /// The clusters of rows.
    func assign(_ vectors: ClusterVectors, parallel: Parallel) throws -> ClusterAssignment {
        switch self {
        case .kMeans(let content):
            switch vectors.points {
            case .floats(let points):
                return try content.kMeans.assign(points, columnNames: vectors.names, parallel: parallel)
            case .doubles(let points):
                return try content.kMeans.assign(points, columnNames: vectors.names, parallel: parallel)
            }
        case .balanced(let content):
            return try content.balanced.assign(
                vectors.points.asDoubles, weights: vectors.weights, columnNames: vectors.names, parallel: parallel)
        case .mixed(let content):
            return try content.kPrototypes.assign(
                vectors.points.asDoubles, vectors.categories, columnNames: vectors.names, parallel: parallel)
        }
    }
}
