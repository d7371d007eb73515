import CustomerData
import Semantics

/// Columns that follow from a row's others: the country by phone and email, the region by city and postcode, how to address a person without knowing
/// more, the band of ages, consumer or company, days since the last contact, and what a lookup has for a key.
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
        "contact_country", "place_region", "address_as", "age_band", "customer_kind", "days_since_contact",
    ]

    /// The cells of a row.
    public func cells(_ cells: CleanedCells, _ row: Int) -> [String] {
        func text(_ kind: ColumnKind) -> String { columns.first(kind).map { cells.text(row, $0) } ?? "" }
        var result: [String] = []
        if derives {
            let email = text(.email)
            let domain = email.split(separator: "@").last.map(String.init) ?? ""
            result.append(CallingCodes.country(of: text(.phone)) ?? Enrichment.country(ofDomain: domain))
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

/// Countries by the code that their numbers begin with in E.164, where a code is one country's alone.
enum CallingCodes {
    /// The country of a number in E.164; nil for other texts and for codes that several countries share.
    static func country(of phone: String) -> String? {
        guard phone.hasPrefix("+") else { return nil }
        for length in [3, 2] { if let code = codes[String(phone.dropFirst().prefix(length))] { return code } }
        return nil
    }

    /// ITU-T E.164 assigned country codes (list of 2016), shared ones (+1, +7, +44 with its islands is Britain's) left out.
    private static let codes: [String: String] = Dictionary(
        uniqueKeysWithValues: """
            20EG 27ZA 30GR 31NL 32BE 33FR 34ES 36HU 39IT 40RO 41CH 43AT 44GB 45DK 46SE 47NO 48PL 49DE 51PE 52MX 53CU 54AR
            55BR 56CL 57CO 58VE 60MY 61AU 62ID 63PH 64NZ 65SG 66TH 81JP 82KR 84VN 86CN 90TR 91IN 92PK 93AF 94LK 95MM 98IR
            211SS 212MA 213DZ 216TN 218LY 220GM 221SN 222MR 223ML 224GN 225CI 226BF 227NE 228TG 229BJ 230MU 231LR 232SL
            233GH 234NG 235TD 236CF 237CM 238CV 239ST 240GQ 241GA 242CG 243CD 244AO 245GW 248SC 249SD 250RW 251ET 252SO
            253DJ 254KE 255TZ 256UG 257BI 258MZ 260ZM 261MG 263ZW 264NA 265MW 266LS 267BW 268SZ 269KM 291ER 297AW 298FO
            299GL 350GI 351PT 352LU 353IE 354IS 355AL 356MT 357CY 358FI 359BG 370LT 371LV 372EE 373MD 374AM 375BY 376AD
            377MC 378SM 380UA 381RS 382ME 385HR 386SI 387BA 389MK 420CZ 421SK 423LI 501BZ 502GT 503SV 504HN 505NI 506CR
            507PA 509HT 591BO 592GY 593EC 595PY 597SR 598UY 670TL 673BN 675PG 676TO 677SB 678VU 679FJ 680PW 685WS 686KI
            688TV 691FM 692MH 850KP 852HK 853MO 855KH 856LA 880BD 886TW 960MV 961LB 962JO 963SY 964IQ 965KW 966SA 967YE
            968OM 970PS 971AE 972IL 973BH 974QA 975BT 976MN 977NP 992TJ 993TM 994AZ 995GE 996KG 998UZ
            """.split(whereSeparator: \.isWhitespace).map { (String($0.dropLast(2)), String($0.suffix(2))) })
}
