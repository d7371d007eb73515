import Semantics

/// What a header and the first cells say about how a column is compared.
struct ColumnEvidence {
    let header: String
    let cells: [String]

    /// The kind, and whether the column is one of ids.
    var kind: (ComparisonKind, isID: Bool) {
        let key = PlainText.matchKey(header)
        if let named = ColumnEvidence.exact[key] { return (fitting(named), false) }
        for (ending, kind) in ColumnEvidence.endings where key.hasSuffix(ending) { return (fitting(kind), false) }
        if RoleDictionary.strength(of: header, as: .birthDate, in: .customers) >= 60 { return (fitting(.date), false) }
        let best = RoleDictionary.matches(header: header, table: .customers).first
        if let best, best.strength >= 44 {
            switch best.role {
            case .customer where best.strength >= 74: return (.ignored, true)
            case .name where best.strength >= 74: return (fitting(.name), false)
            case .givenName: return (fitting(.givenName), false)
            case .familyName: return (fitting(.familyName), false)
            case .email: return (fitting(.email), false)
            case .phone: return (fitting(.phone), false)
            case .birthDate: return (fitting(.date), false)
            case .city: return (fitting(.words), false)
            case .country: return (.category, false)
            case .address: return (fitting(.address), false)
            case .registered, .source, .consent: return (.ignored, false)
            default: break
            }
        }
        return (byContent, false)
    }

    /// The kind that a header states, where the cells are not against it.
    private func fitting(_ kind: ComparisonKind) -> ComparisonKind {
        switch kind {
        case .email where share({ $0.contains("@") }) < 0.5: byContent
        case .phone where share({ $0.contains(where: \.isNumber) }) < 0.5: byContent
        case .date where share(ColumnEvidence.isDate) < 0.5: byContent
        case .givenName where share({ $0.contains(where: \.isLetter) }) < 0.5,
            .familyName where share({ $0.contains(where: \.isLetter) }) < 0.5,
            .name where share({ $0.contains(where: \.isLetter) }) < 0.5:
            byContent
        case .words where share({ $0.contains(where: \.isLetter) }) < 0.5: byContent
        default: kind
        }
    }

    private var byContent: ComparisonKind {
        guard !cells.isEmpty else { return .ignored }
        if share({ $0.contains("@") && $0.contains(".") }) >= 0.9 { return .email }
        if cells.count >= 20, Set(cells).count * 20 <= cells.count || Set(cells).count <= 12 { return .ignored }
        let digits = share { $0.allSatisfy { $0.isNumber || $0 == "-" || $0 == " " } }
        if digits >= 0.9 { return share(ColumnEvidence.isDate) >= 0.9 ? .ignored : .code }
        if share({ Double($0) != nil }) >= 0.9 { return .ignored }
        if share(ColumnEvidence.isDate) >= 0.9 { return .ignored }
        let words = cells.reduce(0) { $0 + $1.split(separator: " ").count }
        if share({ $0.contains(where: \.isNumber) && $0.contains(where: \.isLetter) && !$0.contains(" ") }) >= 0.7 {
            return .code
        }
        // Free text of many words is no attribute.
        if words >= cells.count * 10 { return .ignored }
        return Double(words) >= 1.6 * Double(cells.count) ? .address : .words
    }

    private func share(_ test: (String) -> Bool) -> Double {
        cells.isEmpty ? 1 : Double(cells.count(where: test)) / Double(cells.count)
    }

    static func isDate(_ cell: String) -> Bool {
        DateLayout.allCases.contains { layout in
            layout != .epochSeconds && layout != .epochMilliseconds && layout.parse(cell) != nil
        } || MonthNames.parse(cell) != nil
    }

    private static let exact: [String: ComparisonKind] = {
        var table: [String: ComparisonKind] = [:]
        func add(_ kind: ComparisonKind, _ names: String) {
            for name in names.split(separator: ",") { table[PlainText.matchKey(String(name))] = kind }
        }
        add(.ignored, "salutation,title,name prefix,prefix,honorific,عنوان,称谓,称呼")
        add(
            .company,
            "company,company name,organization,organisation,account name,account,employer,business name,firm,legal name,"
                + "نام شرکت,شرکت,公司,公司名称,企业名称,单位")
        add(
            .code,
            "national id,national code,nationalid,identity number,id number,id card,id card number,resident id,ssn,soc sec id,"
                + "social security number,tax id,vat number,passport,passport number,"
                + "کد ملی,شماره ملی,کدملی,身份证,身份证号,身份证号码,统一社会信用代码")
        add(
            .placeCode,
            "house number,street number,house no,street no,postcode,post code,postal code,zip,zip code,zipcode,plz,mailing zip,کد پستی,کدپستی,邮编,邮政编码"
        )
        add(
            .category,
            "state,province,region,county,state province,mailing state,استان,省,省份,州,gender,sex,جنسیت,性别,country,nationality"
        )
        add(.ignored, "lead status,status,score,notes,note,comment,comments,description,tag,tags,owner,password")
        add(.phone, "fax,fax number,نمابر,传真")
        add(.familyName, "maiden name,middle name 2")
        add(.givenName, "middle name")
        return table
    }()

    private static let endings: [(String, ComparisonKind)] = [
        ("postalcode", .placeCode), ("postcode", .placeCode), ("zipcode", .placeCode), ("کدپستی", .placeCode),
        ("邮编", .placeCode),
        ("email", .email), ("phone", .phone), ("mobile", .phone), ("telephone", .phone), ("street", .address),
        ("city", .words), ("createdat", .ignored), ("updatedat", .ignored), ("modifiedat", .ignored),
        ("createdtime", .ignored), ("modifiedtime", .ignored), ("activitytime", .ignored),
    ]
}
