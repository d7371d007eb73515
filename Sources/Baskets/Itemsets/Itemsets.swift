import CKernels
import CustomerData
import Statistics

/// Frequent itemsets of baskets: exact, each once, in an order that does not depend on the number of threads.
///
/// One task an item, for the sets whose rarest item it is: the baskets that hold it are delivered into a column of bits
/// for each item that is frequent beside it (LCM's occurrence deliver: Uno, Asai, Uchida, Arimura, FIMI 2003), and the
/// columns are searched depth first (Eclat: Zaki 2000). An item that is in all baskets of a set doubles the sets below it
/// and is not searched again. Closed sets are told by one check for duplicates, in the columns or, where these would be
/// sparse, in the baskets (DCI-Closed: Lucchese, Orlando, Perego 2006), so that tasks need nothing of each other.
public struct Itemsets: Sendable {
    /// Which sets.
    public enum Target: String, CaseIterable, Sendable {
        /// All that are frequent.
        case all
        /// Those without a larger set in the same baskets.
        case closed
        /// Those without a larger frequent set.
        case maximal
        /// Those without a smaller set in the same baskets, the empty one included, which is in all.
        case generators
    }

    /// What is looked for.
    public struct Options: Sendable {
        /// Which sets.
        public var target = Target.all
        /// In how many baskets a set must be.
        public var support: Support
        /// Items of the smallest set that is wanted.
        public var minimumLength = 1
        /// Items of the largest set that is wanted; nil for no limit.
        public var maximumLength: Int?
        /// Items that every set has.
        public var included: [UInt32] = []
        /// Items that are left out of the baskets.
        public var excluded: [UInt32] = []
        /// Only so many of the most frequent sets, and those as frequent as the last of them; nil for all.
        public var top: Int?

        /// All sets of a support.
        public init(support: Support) { self.support = support }
    }

    /// The options.
    public let options: Options

    /// Checks the options.
    ///
    /// - Throws: `Problem(.usage)` for one that can't be.
    public init(_ options: Options) throws {
        if options.support.minimumCount(of: Int(UInt32.max)) < 1 {
            throw Problem(.usage, "Itemsets.support must be at least 1; got \(options.support)")
        }
        if options.minimumLength < 1 {
            throw Problem(.usage, "Itemsets.minimumLength must be in 1...; got \(options.minimumLength)")
        }
        if let most = options.maximumLength, most < options.minimumLength {
            throw Problem(
                .usage, "Itemsets.maximumLength must be in \(options.minimumLength)...; got \(most)")
        }
        if let top = options.top {
            if top < 1 { throw Problem(.usage, "Itemsets.top must be in 1...; got \(top)") }
            if options.target == .maximal || options.target == .generators {
                throw Problem(.usage, "Itemsets.top goes with all or closed sets; got \(options.target.rawValue)")
            }
        }
        if let item = options.included.first(where: options.excluded.contains) {
            throw Problem(.usage, "Itemsets: item \(item) is both included and excluded")
        }
        if options.target == .generators, !options.included.isEmpty {
            throw Problem(.usage, "Itemsets.included goes with all, closed or maximal sets; got generators")
        }
        self.options = options
    }

    /// The search in some baskets: their frequent items, counted.
    ///
    /// - Throws: `Problem(.data)` for more baskets than 2³² − 1.
    /// - Complexity: O(items of the baskets).
    public func search(_ baskets: BasketTable) throws -> ItemsetSearch { try ItemsetSearch(self, baskets) }
}
