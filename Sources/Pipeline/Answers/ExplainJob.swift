import CustomerData
import Export
import Features
import Report
import Segmentation
import Statistics

/// `strata explain`: everything that a run knows of one customer, and why. Reads the run's folder only.
public struct ExplainJob: Sendable {
    /// The customer's id.
    public var customer = ""
    /// The folder of the run.
    public var folder = ""
    /// Whether the answer is JSON.
    public var json = false
    /// Where the answer goes; `-` is standard output.
    public var out = "-"
    /// The key by which the id becomes a pseudonym; nil for ids as they are.
    public var pseudonyms: PseudonymKey?

    /// A job with the defaults.
    public init() {}

    /// Days that are looked ahead.
    static let outlookDays = 730
    /// Purchases that are listed.
    static let listedPurchases = 10

    /// Explains.
    ///
    /// - Returns: notes for standard error.
    /// - Throws: `Problem`, also when the folder is not that of a run, its tables are not in order, or there is no such
    ///   customer.
    public func run() throws -> JobReport {
        let run = try RunFolder(path: folder)
        let (wanted, shown) = try identifiers(run)
        let model = try run.model()
        let segments = try run.table("segments.csv")
        guard let row = try segments.rows(of: wanted).first else { throw try unknown(segments, run) }
        let cells = RowCells(row, of: segments)
        let features = try run.table("features.csv")
        guard let vector = try features.rows(of: wanted).first else {
            throw Problem(
                .data, "\(run.path)'s files don't belong together: a customer of segments.csv is not in features.csv")
        }
        let explanation = try CustomerStory(
            customer: shown, run: run, model: model, segments: cells, features: RowCells(vector, of: features),
            records: try records(of: wanted, run)
        ).explanation()
        let output = try OutputFile(path: out, personal: true)
        try output.write(
            json
                ? try JSONText.pretty(explanation)
                : ExplanationText(explanation).lines.map { $0 + "\n" }.joined())
        try output.commit()
        var report = JobReport()
        report.lines += [pseudonyms?.warning].compactMap { $0.map { "note: \($0)" } }
        return report
    }

    /// The id under which the run has the customer, and the one that is shown.
    private func identifiers(_ run: RunFolder) throws -> (wanted: String, shown: String) {
        guard let pseudonyms else { return (customer, customer) }
        let pseudonym = pseudonyms.pseudonym(of: customer)
        guard let check = run.manifest.keyCheck else { return (customer, pseudonym) }
        guard check == pseudonyms.check else {
            throw Problem(
                .usage, "--pseudonymise \(pseudonyms.path): the pseudonyms of \(run.path) are of another key")
        }
        return (pseudonym, pseudonym)
    }

    /// The rows of `purchases.csv` of a customer.
    private func records(of wanted: String, _ run: RunFolder) throws -> [PurchaseRecord] {
        let table = try run.table("purchases.csv")
        guard table.headers == PurchaseRecords.columns else {
            throw Problem(.data, "\(table.path) is of another version of strata: write the run again")
        }
        return try table.rows(of: wanted).map { row in
            guard let record = PurchaseRecord(cells: row) else {
                throw Problem(.data, "\(table.path): a row can't be read; write the run again")
            }
            return record
        }
    }

    /// Says that there is no such customer, once it is sure that the table is whole.
    private func unknown(_ segments: SortedTable, _ run: RunFolder) throws -> Problem {
        let count = try segments.checkedRowCount()
        if let expected = run.manifest.customerCount, expected != count {
            return Problem(
                .data,
                "\(segments.path) has \(Figures.counted(count, "row")) where the run counted "
                    + "\(Figures.counted(expected, "customer")): it is not whole; write the run again")
        }
        var hint = ""
        if run.manifest.keyCheck != nil {
            hint =
                pseudonyms == nil
                ? "; its ids are pseudonyms: name the key with --pseudonymise to find a customer by the id" : ""
        }
        return Problem(
            .data, "no customer of that id among the \(Figures.count(count)) of \(segments.path)\(hint)")
    }
}
