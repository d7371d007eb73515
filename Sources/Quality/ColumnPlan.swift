import CustomerData
import Semantics

/// What is known of a column before its cells are read: from its header and the first rows.
struct ColumnPlan: Sendable {
    let header: String
    /// What the header says, among what customers, transactions, interactions and deals have.
    let roles: Set<ColumnRole>
    /// What the header says and no role is.
    private(set) var hints: Set<HeaderHint>
    /// How the column writes its numbers.
    let numbers: NumberLayout
    /// Whether most of the first cells are numbers, in whatever form.
    let isNumeric: Bool
    /// How dates that begin with a day or a month are read.
    let dayOrder: DateLayout
    /// A layout of dates that looks like a whole number; nil where the column has none.
    let digitLayout: DateLayout?
    /// Whether the header says that the cells are ids, of this record or another.
    let isNamedID: Bool
    /// Whether the column names the record rather than describing it: its header says that it holds ids, and none of the
    /// first comes twice. Near duplicates may differ in it.
    let isIdentity: Bool

    /// The plans of a table's columns, by its headers and its first rows.
    static func all(headers: [String], samples: [[String]]) -> [ColumnPlan] {
        var plans = headers.enumerated().map { column, header in
            ColumnPlan(header: header, samples: samples.compactMap { $0.indices.contains(column) ? $0[column] : nil })
        }
        if CompanyFacts.isTable(headers: headers), !plans.contains(where: { $0.hints.contains(.company) }) {
            for column in plans.indices where plans[column].roles.contains(.name) {
                plans[column].hints.insert(.company)
            }
        }
        return plans
    }

    /// - Parameter samples: the column's first cells.
    init(header: String, samples: [String]) {
        self.header = header
        var roles: Set<ColumnRole> = []
        for table in TableRole.allCases {
            if let best = RoleDictionary.matches(header: header, table: table).first, best.strength >= 60 {
                roles.insert(best.role)
            }
        }
        self.roles = roles
        hints = HeaderHint.all(of: header)
        let filled = samples.filter { !$0.isEmpty && HiddenMissing($0) == nil }
        let tally = NumberTally(filled)
        isNumeric = tally.numberCount * 2 >= max(1, filled.count)
        switch tally.decision {
        case .layout(let layout), .assumed(let layout): numbers = layout
        case .mixed, .noNumbers: numbers = .decimalPoint
        }
        let isDated = roles.contains(where: \.isDate)
        let dates = DateTally(filled)
        dayOrder = dates.count(of: .monthDayYear) > dates.count(of: .dayMonthYear) ? .monthDayYear : .dayMonthYear
        let byDigits: [DateLayout] = [.compact, .jalaliCompact, .epochSeconds, .epochMilliseconds]
        isNamedID =
            hints.contains(.id)
            || (!roles.isDisjoint(with: ColumnPlan.identities) && roles.isDisjoint(with: ColumnPlan.persons))
        isIdentity = isNamedID && !filled.isEmpty && Set(filled).count == filled.count
        digitLayout = isDated ? byDigits.first { dates.count(of: $0) * 10 >= filled.count * 9 && !filled.isEmpty } : nil
    }

    /// Whether a cell that says nothing elsewhere is a country's code or a name here.
    func isSpoken(_ hidden: HiddenMissing, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        hidden.isNamibia && roles.contains(.country)
            || hidden.isName(bytes) && !roles.isDisjoint(with: [.name, .givenName, .familyName])
    }

    private static let identities: Set<ColumnRole> = [.customer, .order, .deal, .product]
    /// What may serve as an id, and is something else first.
    private static let persons: Set<ColumnRole> = [.email, .phone, .name, .givenName, .familyName]

}

/// What a header says that is no role of a table.
enum HeaderHint: CaseIterable {
    case id, postcode, nationalID, company, fax, updated, freeText

    private var words: [String] {
        switch self {
        case .id: ["id", "uuid", "guid", "rowid", "key", "code", "شناسه", "编号"]
        case .postcode:
            [
                "postcode", "postal code", "post code", "zip", "zip code", "zipcode", "postalcode", "plz", "کد پستی",
                "کدپستی", "邮编", "邮政编码",
            ]
        case .nationalID:
            [
                "national id", "nationalid", "national code", "ssn", "کد ملی", "کدملی", "شماره ملی", "身份证", "身份证号",
                "证件号码",
            ]
        case .company:
            [
                "company", "company name", "organization", "organisation", "employer", "account name", "firm", "شرکت",
                "نام شرکت", "公司", "公司名称", "企业名称", "单位",
            ]
        case .fax: ["fax", "fax number", "telefax", "نمابر", "فکس", "传真", "传真号码"]
        case .updated:
            [
                "updated", "updated at", "modified", "last modified", "last modified date", "modified time",
                "last updated",
                "update time", "last activity", "last activity time", "last contact", "last seen", "تاریخ بروزرسانی",
                "更新时间", "修改时间", "最后修改时间",
            ]
        case .freeText:
            [
                "description", "notes", "note", "comment", "comments", "remark", "remarks", "message", "توضیحات",
                "یادداشت", "备注", "评论",
            ]
        }
    }

    /// What a header says.
    static func all(of header: String) -> Set<HeaderHint> {
        // Words in lower case, parted as a person reads them: "PostalCode", "postal_code".
        var text = ""
        var previous: Character = " "
        for character in header {
            if character.isUppercase, previous.isLowercase { text.append(" ") }
            text.append(character.isLetter || character.isNumber ? Character(character.lowercased()) : " ")
            previous = character
        }
        let plain = " " + text.split(separator: " ").joined(separator: " ") + " "
        return Set(
            allCases.filter { hint in
                hint.words.contains { word in
                    switch hint {
                    // "account id" ends with it; "company id" is no company.
                    case .id: plain.hasSuffix(" \(word) ")
                    case .company: plain == " \(word) " || plain.hasSuffix(" \(word) ")
                    // Long words are found in headers that are all capitals: BILLINGPOSTALCODE.
                    default:
                        plain.contains(" \(word) ")
                            || ((word.utf8.first ?? 0) >= 0x80 || word.count >= 7 && !word.contains(" "))
                                && plain.contains(word)
                    }
                }
            })
    }
}
