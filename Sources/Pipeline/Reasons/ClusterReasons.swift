import CustomerData
import Ingest
import LinearAlgebra
import Segmentation
import Statistics

/// What `strata cluster` tells of clusters besides their centres.
public struct ClusterReasons {
    /// Where each part goes; nil for nowhere.
    public struct Paths: Sendable {
        /// One row a cluster and column.
        public var profile: String?
        /// One row a cluster.
        public var rules: String?
        /// Three rows a cluster.
        public var typical: String?

        /// Nothing is written.
        public init() {}

        /// The files, opened.
        ///
        /// - Throws: `Problem(.outputFailed)`.
        func open() throws -> [TableOutput?] {
            try [profile, rules, typical].map { path in try path.map { try TableOutput(path: $0, personal: true) } }
        }
    }

    let rules: ClusterRules
    let report: RuleReport
    /// What the profile has not; nil when it has everything.
    let note: String?
    private let job: ClusterJob
    private let vectors: ClusterVectors
    private let division: SegmentDivision
    /// The clusters' numbers, by position of their centres.
    private let numbers: [Int]
    private let weights: [Double]?
    /// The columns that are described.
    private let described: FeatureTable?

    /// Finds out what was asked for; nil when nothing was.
    ///
    /// - Throws: `Problem`.
    init?(
        _ job: ClusterJob, _ vectors: ClusterVectors, _ model: KMeansModel, _ labels: [UInt32],
        descriptions: [ClusterDescription]
    ) throws {
        let paths = job.reasons
        let names = descriptions.map(\.name)
        guard job.model != nil || paths.profile != nil || paths.rules != nil || paths.typical != nil else { return nil }
        if names.count >= Int(UInt16.max) {
            throw Problem(
                .usage,
                "--profile, --rules and --typical are for at most \(UInt16.max - 1) clusters; got \(names.count)")
        }
        self.job = job
        self.vectors = vectors
        numbers = descriptions.map(\.cluster)
        weights = vectors.weights
        division = SegmentDivision(by: "cluster", names: names, segments: labels.map { UInt16($0) })
        let centres = try ClusterReasons.inputUnits(model.centres, vectors.scaling)
        func made<Element>(_ points: Matrix<Element>) throws -> ClusterRules {
            try ClusterRules(
                vectors.table, points: points, labels: labels, kMeans: model, centres: centres,
                weights: vectors.weights, parallel: job.parallel)
        }
        switch vectors.points {
        case .floats(let matrix): rules = try made(matrix)
        case .doubles(let matrix): rules = try made(matrix)
        }
        report = RuleReport(rules, names: names, numbers: numbers, sizes: model.sizes, rows: "rows")
        (described, note) = paths.profile == nil ? (nil, nil) : try ClusterReasons.described(job, vectors)
    }

    private static func inputUnits(_ centres: [[Double]], _ scaling: ColumnScaling?) throws -> [[Double]] {
        guard let scaling, let width = centres.first?.count else { return centres }
        let matrix = Matrix(rowCount: centres.count, columnCount: width, elements: centres.flatMap(\.self))
        let inverted = try scaling.invert(matrix).elements
        return centres.indices.map { Array(inverted[$0 * width..<($0 + 1) * width]) }
    }

    /// The columns clustered on, and all other columns of numbers; what could not be had, in words.
    private static func described(
        _ job: ClusterJob, _ vectors: ClusterVectors
    ) throws -> (FeatureTable, String?) {
        guard job.columns != nil else { return (vectors.table, nil) }
        func only(_ why: String) -> (FeatureTable, String) {
            (vectors.table, "the profile has only the columns clustered on: \(why)")
        }
        if job.table == "-" { return only("standard input can't be read twice") }
        if job.table.hasSuffix(".npy") {
            let file = try Ingest.NumpyFile(path: job.table)
            let names = (0..<file.columnCount).map { "x\($0)" }
            let all = FeatureTable(
                columns: names.map(ClusterVectors.definition), ids: nil, idName: "row",
                values: ClusterVectors.values(file), rowCount: file.rowCount)
            return (all.columns(names.filter { $0 != job.weights }), nil)
        }
        let file = try TableFile(path: job.table, options: job.form)
        let hidden = job.pseudonyms == nil ? [] : PrivateColumns.columns(of: file)
        let others = file.headers.indices.filter { column in
            let name = file.headers[column]
            guard name != job.weights, name != vectors.table.idName, !hidden.contains(column) else { return false }
            if vectors.names.contains(name) { return true }
            let cells = file.sampleCells(column).filter { !$0.isEmpty }
            return !cells.isEmpty && cells.allSatisfy { Double($0) != nil }
        }.map { file.headers[$0] }
        do {
            let table = try FeatureTableReader.read(file, columns: others, id: job.id, parallel: job.parallel)
            guard table.rowCount == vectors.table.rowCount else { return only("the file has changed meanwhile") }
            return (table, nil)
        } catch let problem as Problem where problem.kind == .data {
            return only(problem.description)
        }
    }

    /// Writes what was asked for.
    ///
    /// - Parameter files: the profile's, the rules' and the typical rows'.
    /// - Throws: `Problem(.outputFailed)`.
    func write(to files: [TableOutput?]) throws {
        let parallel = job.parallel
        try files[0]?.write(profile(), parallel: parallel)
        try files[1]?.write(report.table(), record: report.record, parallel: parallel)
        try files[2]?.write(typical(), parallel: parallel)
        for file in files { try file?.commit() }
    }

    private func profile() -> ResultTable {
        let table = described ?? vectors.table
        let profiles = SegmentProfile.all(table, divisions: [division], parallel: job.parallel)[0]
        let numbers = Dictionary(uniqueKeysWithValues: zip(division.names, numbers))
        return SegmentProfile.table(
            profiles,
            key: [
                .init("cluster", .integers(profiles.map { Int64(numbers[$0.segment] ?? 0) })),
                .init("name", .texts(profiles.map(\.segment))),
            ], rows: "rows")
    }

    private func typical() -> ResultTable {
        func found<Element>(_ points: Matrix<Element>) -> [TypicalMembers] {
            TypicalMembers.all(points, division: division, weights: weights, parallel: job.parallel)
        }
        let typical: [TypicalMembers]
        switch vectors.points {
        case .floats(let matrix): typical = found(matrix)
        case .doubles(let matrix): typical = found(matrix)
        }
        let members = typical.flatMap { typical in
            typical.members.enumerated().map { (cluster: typical.segment, rank: $0.offset + 1, member: $0.element) }
        }
        let rows = members.map(\.member.row)
        let table = vectors.table.rows(rows)
        return ResultTable(
            name: "typical_rows",
            columns: [
                .init("cluster", .integers(members.map { Int64(numbers[$0.cluster]) })),
                .init("name", .texts(members.map { division.names[$0.cluster] })),
                .init("rank", .integers(members.map { Int64($0.rank) })),
                key(table, rows), .init("distance", .reals(members.map(\.member.distance))),
            ] + table.columns.indices.map { .init(table.columns[$0].name, .reals(table.column($0))) })
    }

    /// The rows' ids, pseudonyms or numbers.
    private func key(_ table: FeatureTable, _ rows: [Int]) -> ResultTable.Column {
        guard let ids = table.ids else { return .init("row", .integers(rows.map(Int64.init))) }
        return .init(
            table.idName,
            .identifiers(job.pseudonyms.map { $0.pseudonyms(of: ids, parallel: job.parallel) } ?? ids))
    }
}
