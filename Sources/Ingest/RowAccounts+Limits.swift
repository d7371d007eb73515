import CustomerData

/// What is done about rows that can't be read.
public struct RejectLimits: Hashable, Sendable {
    /// Whether the first such row ends the run.
    public var strict: Bool
    /// The largest share of rows that may be rejected, 0–1.
    public var maxShare: Double

    /// One in five, unless told.
    public init(strict: Bool = false, maxShare: Double = 0.2) {
        self.strict = strict
        self.maxShare = maxShare
    }
}

extension RowAccounts {
    /// Refuses an input of which too much could not be read.
    ///
    /// - Parameter names: the files, for the sentence.
    /// - Throws: `Problem(.data)`.
    func checkRejected(maxShare: Double, names: String) throws {
        guard rejected > 0, Double(rejected) > maxShare * Double(read) else { return }
        let worst = unused.filter(\.key.isRejection).min { ($1.value, $0.key) < ($0.value, $1.key) }
        let cause = worst.map { ", most often: \($0.key.description)" } ?? ""
        throw Problem(
            .data,
            "\(names): \(rejected) of \(read) rows could not be read\(cause); see them with --rejects FILE, check the "
                + "columns with strata inspect, or raise --max-reject-share")
    }
}

extension UnusedRows.Entry {
    /// The problem that this row is when the first rejected row ends the run.
    func strictProblem(block: Int, headers: [String]) -> BlockProblem {
        let place = column.map { ", column \"\(headers[$0])\"" } ?? ""
        return BlockProblem(
            block: block, line: line,
            sentence: "\(reason.description)\(place); without --strict such rows are counted and left out")
    }
}
