import ArgumentParser
import CustomerData
import Pipeline
import Segmentation

extension KMeans.Seeding: ExpressibleByArgument {}

/// The kinds of k-means, and the update of a model.
struct ClusterMethodOptions: ParsableArguments {
    @Flag(help: "Clusters of equal size, to a row.")
    var balance = false

    @Option(help: ArgumentHelp("Rows that every cluster has at least.", valueName: "n"))
    var minSize: Int?

    @Option(help: ArgumentHelp("Rows that every cluster has at most.", valueName: "n"))
    var maxSize: Int?

    @Option(
        help: ArgumentHelp(
            "By random batches of so many rows: faster, and a little worse. 1024 is usual.", valueName: "n"))
    var miniBatch: Int?

    @Option(
        help: ArgumentHelp(
            "Columns of words, separated by commas; the others are numbers (k-prototypes).", valueName: "names"))
    var categorical: String?

    @Option(
        help: ArgumentHelp(
            "What a word that differs costs, in squared units of the numbers; by default words weigh as much as numbers.",
            valueName: "x"))
    var gamma: Double?

    @Option(
        help: ArgumentHelp(
            "How starts are found: k-means++, k-means|| or auto, the faster for the number of rows and clusters.",
            valueName: "method"))
    var seeding = KMeans.Seeding.automatic

    @Option(
        help: ArgumentHelp(
            "Move the centres of this model by the rows of the table; clusters keep numbers and names.",
            valueName: "model"))
    var update: String?

    @Option(
        help: ArgumentHelp(
            "With --update: new rows after which older ones count half; by default all count in full.",
            valueName: "rows"))
    var halfLife: Double?

    func validate() throws {
        let kinds = [
            (balance || minSize != nil || maxSize != nil)
                ? (balance ? "--balance" : minSize == nil ? "--max-size" : "--min-size") : nil,
            miniBatch.map { _ in "--mini-batch" }, categorical.map { _ in "--categorical" },
            update.map { _ in "--update" },
        ].compactMap(\.self)
        guard kinds.count < 2 else {
            throw ValidationError("\(kinds[0]) and \(kinds[1]) are different methods: choose one")
        }
        if balance, minSize != nil || maxSize != nil {
            throw ValidationError("--balance makes sizes equal: leave out --min-size and --max-size, or it")
        }
        if let minSize, minSize < 1 { throw ValidationError("--min-size must be at least 1; got \(minSize)") }
        if let maxSize, maxSize < (minSize ?? 1) {
            throw ValidationError("--max-size must be at least \(minSize ?? 1); got \(maxSize)")
        }
        if let miniBatch, miniBatch < 1 { throw ValidationError("--mini-batch must be at least 1; got \(miniBatch)") }
        if gamma != nil, categorical == nil {
            throw ValidationError("--gamma weighs words: name their columns with --categorical")
        }
        if let gamma, !(gamma >= 0 && gamma.isFinite) {
            throw ValidationError("--gamma must be 0 or more; got \(gamma)")
        }
        if halfLife != nil, update == nil { throw ValidationError("--half-life goes with --update") }
        if let halfLife, !(halfLife > 0 && halfLife.isFinite) {
            throw ValidationError("--half-life must be more than 0; got \(halfLife)")
        }
    }

    /// The kind of k-means.
    var method: ClusterMethod {
        if balance { return .balanced(.equal) }
        if minSize != nil || maxSize != nil { return .balanced(.within(minimum: minSize, maximum: maxSize)) }
        if let miniBatch { return .miniBatch(miniBatch) }
        if let categorical { return .prototypes(categories: NameList.split(categorical), gamma: gamma) }
        return .kMeans
    }
}
