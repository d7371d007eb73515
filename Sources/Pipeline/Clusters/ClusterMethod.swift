import CustomerData
import Segmentation

/// The kinds of k-means of `strata cluster`.
public enum ClusterMethod: Hashable, Sendable {
    /// k-means over all rows.
    case kMeans
    /// Clusters of limited sizes.
    case balanced(BalancedKMeans.Sizes)
    /// By random batches of so many rows.
    case miniBatch(Int)
    /// Columns of words beside those of numbers: their headers, and what a word that differs costs, nil to weigh
    /// numbers and words alike.
    case prototypes(categories: [String], gamma: Double?)

    /// Headers of the columns of words.
    var categories: [String] {
        guard case .prototypes(let categories, _) = self else { return [] }
        return categories
    }

    /// The method without some columns of words.
    func dropping(_ names: [String]) -> ClusterMethod {
        guard case .prototypes(let categories, let gamma) = self else { return self }
        return .prototypes(categories: categories.filter { !names.contains($0) }, gamma: gamma)
    }
}
