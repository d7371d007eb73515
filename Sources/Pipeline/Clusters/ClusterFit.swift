import CustomerData
import LinearAlgebra
import Report
import Segmentation
import Statistics

/// Clusters that were found, of whatever kind.
struct ClusterFit {
    /// What was found.
    enum Found {
        case kMeans(KMeansModel)
        case miniBatch(KMeansModel)
        case balanced(BalancedKMeansModel)
        case mixed(KPrototypesModel)
    }

    let found: Found
    let assignment: ClusterAssignment

    /// Clusters the rows by a job's method.
    init(_ job: ClusterJob, _ vectors: ClusterVectors) throws {
        switch job.method {
        case .kMeans:
            let kMeans = KMeans(job.options)
            let fit: (model: KMeansModel, assignment: ClusterAssignment)
            switch vectors.points {
            case .floats(let matrix):
                fit = try kMeans.fitAssigning(
                    matrix, weights: vectors.weights, initialCentres: vectors.start, columnNames: vectors.names,
                    parallel: job.parallel)
            case .doubles(let matrix):
                fit = try kMeans.fitAssigning(
                    matrix, weights: vectors.weights, initialCentres: vectors.start, columnNames: vectors.names,
                    parallel: job.parallel)
            }
            (found, assignment) = (.kMeans(fit.model), fit.assignment)
        case .balanced(let sizes):
            let fit = try BalancedKMeans(.init(job.options, sizes: sizes)).fitAssigning(
                vectors.points.asDoubles, weights: vectors.weights, initialCentres: vectors.start,
                columnNames: vectors.names, parallel: job.parallel)
            (found, assignment) = (.balanced(fit.model), fit.assignment)
        case .miniBatch(let size):
            let fit = try MiniBatchKMeans(.init(job.options, batchSize: size)).fitAssigning(
                vectors.points.asDoubles, weights: vectors.weights, initialCentres: vectors.start,
                columnNames: vectors.names, parallel: job.parallel)
            (found, assignment) = (.miniBatch(fit.model), fit.assignment)
        case .prototypes(_, let gamma):
            let fit = try KPrototypes(.init(job.options, gamma: gamma)).fitAssigning(
                vectors.points.asDoubles, vectors.categories, weights: vectors.weights, columnNames: vectors.names,
                parallel: job.parallel)
            (found, assignment) = (.mixed(fit.model), fit.assignment)
        }
    }

    var sizes: [Int] {
        switch found {
        case .kMeans(let model), .miniBatch(let model): model.sizes
        case .balanced(let model): model.clusters.sizes
        case .mixed(let model): model.sizes
        }
    }

    /// How well it went: `3 clusters: inertia 25.9 after 13 iterations`.
    var summary: String {
        let clusters = Figures.counted(sizes.count, "cluster")
        func ended(_ text: String, _ converged: Bool) -> String {
            text + (converged ? "" : " (not at rest yet: allow more with --max-iterations)")
        }
        switch found {
        case .kMeans(let model):
            return ended(
                "\(clusters): inertia \(model.inertia) after \(Figures.counted(model.iterations, "iteration"))",
                model.converged)
        case .miniBatch(let model):
            let batches = "\(Figures.count(model.iterations)) \(model.iterations == 1 ? "batch" : "batches")"
            return ended("\(clusters): inertia \(model.inertia) after \(batches)", model.converged)
        case .balanced(let model):
            return ended(
                "\(clusters) of \(Figures.count(model.smallest)) to \(Figures.count(model.largest)) rows: "
                    + "inertia \(model.clusters.inertia) after \(Figures.counted(model.clusters.iterations, "iteration"))",
                model.clusters.converged)
        case .mixed(let model):
            return ended(
                "\(clusters): cost \(model.cost) after \(Figures.counted(model.iterations, "iteration")), a word that "
                    + "differs costing \(Figures.short(model.gamma))", model.converged)
        }
    }

    /// The clusters as those of k-means; nil where they have words.
    var kMeans: KMeansModel? {
        switch found {
        case .kMeans(let model), .miniBatch(let model): model
        case .balanced(let model): model.clusters
        case .mixed: nil
        }
    }

    /// What is saved.
    func saved(
        _ vectors: ClusterVectors, _ descriptions: [ClusterDescription], matching: ClusterMatching?,
        rules: ClusterRules?, choice: ClusterCountResult?
    ) -> SavedClusters {
        let (columns, scaling) = (vectors.names, vectors.scaling)
        switch found {
        case .kMeans(let model), .miniBatch(let model):
            return .kMeans(
                .init(
                    columns: columns, scaling: scaling, kMeans: model,
                    masses: StreamingKMeans.masses(
                        assignment.labels, weights: vectors.weights, clusterCount: model.clusterCount),
                    descriptions: descriptions, matching: matching, rules: rules, choice: choice))
        case .balanced(let model):
            return .balanced(
                .init(columns: columns, scaling: scaling, balanced: model, descriptions: descriptions))
        case .mixed(let model):
            return .mixed(
                .init(columns: columns, scaling: scaling, kPrototypes: model, descriptions: descriptions))
        }
    }
}
