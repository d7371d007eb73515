import ArgumentParser
import Pipeline

/// What is told of clusters, each in a file of its own.
struct ReasonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where to write what the rows of each cluster are like, a row a cluster and column of numbers; JSON where "
                + "the name ends in .json.",
            valueName: "file"))
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "Where to write each cluster as a rule, in words and as a condition for export --where; CSV or .json.",
            valueName: "file"))
    var rules: String?

    @Option(
        help: ArgumentHelp(
            "Where to write the three most typical rows of each cluster; CSV or .json.", valueName: "file"))
    var typical: String?

    /// Where they go.
    var paths: ClusterReasons.Paths {
        var paths = ClusterReasons.Paths()
        paths.profile = profile
        paths.rules = rules
        paths.typical = typical
        return paths
    }

    /// The outputs by their options.
    var outputs: [(option: String, path: String?)] {
        [("--profile", profile), ("--rules", rules), ("--typical", typical)]
    }
}
