import CustomerData
import Semantics

/// Columns that follow from a row's others: the country by phone and email, the region by the phone's area code and by city
/// and postcode, how to address a person without knowing more, the band of ages, consumer or company, days since the last
/// contact, and what a lookup has for a key.
public struct Enrichment {
    /// Further columns by a key.
    public struct Lookup: Sendable {
        /// The column whose cells are looked up.
        public let column: Int
        /// Headers of what is found.
        public let headers: [String]
        /// Cells by key.
        public let rows: [String: [String]]

        /// A lookup.
        public init(column: Int, headers: [String], rows: [String: [String]]) {
            self.column = column
            self.headers = headers
            self.rows = rows
        }
    }

    private let columns: CleaningColumns
    private let asOf: Day?
    private let contacted: Int?
    private let lookup: Lookup?
    private let derives: Bool
    private let plan: CleaningPlan?

    /// What is added to a table.
    ///
    /// - Parameters:
    ///   - derives: whether the columns that follow from others are added, or those of the lookup alone.
    ///   - asOf: the day from which ages and days are told; nil leaves them empty.
    ///   - contacted: the column of the last contact.
    ///   - plan: what the table says of its places; nil for nothing.
    public init(
        _ columns: CleaningColumns, derives: Bool, asOf: Day?, contacted: Int?, lookup: Lookup?,
        plan: CleaningPlan? = nil
    ) {
        self.columns = columns
        self.asOf = asOf
        self.contacted = contacted
        self.lookup = lookup
        self.derives = derives
        self.plan = plan
    }

    /// The headers of the columns, behind the table's own.
    public var headers: [String] { (derives ? Enrichment.derived : []) + (lookup?.headers ?? []) }

    private static let derived = [
        "contact_country", "contact_region", "place_region", "address_as", "age_band", "customer_kind",
        "days_since_contact",
    ]

    /// The cells of a row.
    public func cells(_ cells: CleanedCells, _ row: Int, _ worker: CleaningWorker) -> [String] {
        func text(_ kind: ColumnKind) -> String { columns.first(kind).map { cells.text(row, $0) } ?? "" }
        var result: [String] = []
        if derives {
            let email = text(.email)
            let domain = email.split(separator: "@").last.map(String.init) ?? ""
            let place = columns.first(.phone).flatMap { worker.place(ofPhone: cells.cell(row, $0)) }
            result.append(place?.country ?? Enrichment.country(ofDomain: domain))
            result.append(place?.area ?? "")
            result.append(plan?.region(cells, row) ?? "")
            result.append(Enrichment.address(text(.givenName), text(.familyName), whole: text(.name)))
            result.append(Enrichment.ageBand(text(.birthDate), asOf))
            let isCompany =
                !text(.company).isEmpty || (!domain.isEmpty && !EmailAddress.isPersonal(domain: domain))
            result.append(isCompany ? "company" : domain.isEmpty ? "" : "consumer")
            let last = contacted.flatMap { Day(String(cells.text(row, $0).prefix(10))) }
            result.append(last.flatMap { day in asOf.map { String($0.days(since: day)) } } ?? "")
        }
        if let lookup {
            result += lookup.rows[cells.text(row, lookup.column)] ?? Array(repeating: "", count: lookup.headers.count)
        }
        return result
    }

    /// The country of a country's top-level domain; empty for any other.
    private static func country(ofDomain domain: String) -> String {
        guard let end = domain.split(separator: ".").last, end.count == 2 else { return "" }
        // Domains that the world uses for something else.
        if ["me", "co", "io", "tv", "ai", "fm", "cc", "ws", "to"].contains(end) { return "" }
        return end == "uk" ? "GB" : Country(String(end))?.code ?? ""
    }

    /// Given and family name as the script has them, which greets a person of any gender.
    private static func address(_ given: String, _ family: String, whole: String) -> String {
        if given.isEmpty || family.isEmpty { return whole.isEmpty ? given + family : whole }
        let isHan = family.unicodeScalars.contains(where: PlainText.isHan)
        return isHan ? family + given : given + " " + family
    }

    private static func ageBand(_ birth: String, _ asOf: Day?) -> String {
        guard let asOf, let day = Day(birth) else { return "" }
        let (now, then) = (asOf.civil, day.civil)
        let age = now.year - then.year - ((now.month, now.day) < (then.month, then.day) ? 1 : 0)
        switch age {
        case 0..<18: return "0-17"
        case 18..<25: return "18-24"
        case 25..<35: return "25-34"
        case 35..<45: return "35-44"
        case 45..<55: return "45-54"
        case 55..<65: return "55-64"
        case 65...120: return "65+"
        default: return ""
        }
    }
}
