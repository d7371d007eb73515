import CustomerData
import Semantics

extension CleaningColumns {
    /// What columns are, by their headers and the first rows; what a person says wins.
    ///
    /// A header says what its column is only when its cells are not against it; a column that no header explains is an
    /// email where nine of ten cells have an `@`, a category where few words stand in many rows, else text.
    ///
    /// - Parameters:
    ///   - samples: the first rows.
    ///   - stated: `KIND=HEADER`, as a person wrote it.
    /// - Throws: `Problem(.usage)` when a kind or a column does not exist.
    public static func detect(headers: [String], samples: [[String]], stated: [String]) throws -> CleaningColumns {
        var kinds = headers.indices.map { column in
            let cells = samples.compactMap { row in
                row.indices.contains(column) && !row[column].allSatisfy(\.isWhitespace) ? row[column] : nil
            }
            return kind(header: headers[column], cells: cells)
        }
        // A name among a company's facts is a company's.
        if kinds.contains(.name), !kinds.contains(.company), CompanyFacts.isTable(headers: headers) {
            for column in kinds.indices where kinds[column] == .name { kinds[column] = .company }
        }
        // One id: the first, unless a person says otherwise.
        var hasID = false
        for column in kinds.indices where kinds[column] == .id {
            if hasID { kinds[column] = .text }
            hasID = true
        }
        let plain = CleaningColumns(headers: headers, kinds: kinds)
        for text in stated {
            guard let equals = text.firstIndex(of: "=") else {
                throw Problem(.usage, "--column \(text): expected KIND=HEADER, for example --column city=Town")
            }
            let word = String(text[..<equals])
            let name = String(text[text.index(after: equals)...])
            guard let kind = ColumnKind(rawValue: word == "customer" ? "id" : word) else {
                let known = ColumnKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.usage, "--column \(text): unknown kind \"\(word)\"; the kinds are \(known)")
            }
            guard let column = plain.column(named: name) else {
                let list = headers.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
                throw Problem(.usage, "--column \(text): there is no such column; the columns are \(list)")
            }
            if kind == .id { for other in kinds.indices where kinds[other] == .id { kinds[other] = .text } }
            kinds[column] = kind
        }
        return CleaningColumns(headers: headers, kinds: kinds)
    }

    private static func kind(header: String, cells: [String]) -> ColumnKind {
        func share(_ test: (String) -> Bool) -> Double {
            cells.isEmpty ? 1 : Double(cells.count(where: test)) / Double(cells.count)
        }
        if let named = named(header) {
            switch named {
            case .email where share({ $0.contains("@") }) < 0.5: break
            case .date, .birthDate: if share(isDateLike) >= 0.5 { return named }
            case .phone where share({ $0.contains(where: \.isNumber) }) < 0.5: break
            case .name, .givenName, .familyName, .city, .company, .region:
                if share({ $0.contains(where: \.isLetter) }) >= 0.5 { return named }
            case .country where share({ Country($0) != nil || Country(misspelt: $0) != nil }) < 0.5: break
            case .amount where share({ $0.contains(where: \.isNumber) }) < 0.5: break
            default: return named
            }
        }
        if !cells.isEmpty, share({ $0.contains("@") && $0.contains(".") }) >= 0.9 { return .email }
        let distinct = Set(cells)
        let isWords = share { $0.contains(where: \.isLetter) && $0.count <= 40 } >= 0.8
        if isWords, cells.count >= 20,
            distinct.count <= CleaningColumns.mostCategories(cells.count) || isFewWords(cells)
        {
            return .category
        }
        return .text
    }

    /// Words that a column without a telling header may have to be one of categories: more are names of something.
    private static func mostCategories(_ cells: Int) -> Int { max(12, min(40, cells / 5)) }

    /// Whether at most twelve spellings, of ten rows each in the mean, are three quarters of the cells: a category some of
    /// whose cells were written otherwise.
    private static func isFewWords(_ cells: [String]) -> Bool {
        let counts = Dictionary(cells.map { ($0, 1) }, uniquingKeysWith: +).values.sorted(by: >)
        let frequent = min(12, cells.count / 10)
        return counts.prefix(frequent).reduce(0, +) * 4 >= cells.count * 3
    }

    private static func isDateLike(_ cell: String) -> Bool {
        DateLayout.allCases.contains { $0.parse(cell) != nil } || MonthNames.parse(cell) != nil
            || cell.count { $0.isNumber } >= 4
    }

    /// What a header says, or nil.
    private static func named(_ header: String) -> ColumnKind? {
        let key = PlainText.matchKey(header)
        for (kind, names) in exact where names.contains(key) { return kind }
        if RoleDictionary.strength(of: header, as: .birthDate, in: .customers) >= 60 { return .birthDate }
        for (kind, endings) in endings where endings.contains(where: { key.hasSuffix($0) }) {
            return PlainText.matchKey(header).hasSuffix("id") && kind != .nationalID ? nil : kind
        }
        let best = RoleDictionary.matches(header: header, table: .customers).first
        guard let best, best.strength >= 44 else { return nil }
        switch best.role {
        case .customer: return best.strength >= 74 ? .id : nil
        case .name: return best.strength >= 74 ? .name : nil
        case .givenName: return .givenName
        case .familyName: return .familyName
        case .email: return .email
        case .phone: return .phone
        case .birthDate: return .birthDate
        case .city: return .city
        case .country: return .country
        case .address: return .address
        case .registered: return .date
        case .source: return best.strength >= 74 ? .category : nil
        case .consent: return .category
        default: return nil
        }
    }

    private static let exact: [(ColumnKind, Set<String>)] = [
        (.salutation, keys("salutation,title,name prefix,prefix,honorific,عنوان,称谓,称呼")),
        (
            .company,
            keys(
                "company,company name,organization,organisation,account name,account,employer,business name,firm,legal name,"
                    + "نام شرکت,شرکت,公司,公司名称,企业名称,单位")
        ),
        (
            .nationalID,
            keys(
                "national id,national code,nationalid,identity number,id number,id card,id card number,resident id,ssn,"
                    + "کد ملی,شماره ملی,کدملی,身份证,身份证号,身份证号码")
        ),
        (
            .postcode,
            keys(
                "postcode,post code,postal code,zip,zip code,zipcode,plz,mailing zip,کد پستی,کدپستی,邮编,邮政编码")
        ),
        (.region, keys("state,province,region,county,state province,mailing state,استان,省,省份,州")),
        (
            .amount,
            keys("amount,income,salary,annual revenue,revenue,balance,credit limit,budget,مبلغ,درآمد,مانده,金额,收入,余额")
        ),
        (.phone, keys("fax,fax number,نمابر,传真")),
        (
            .date,
            keys(
                "date,created,updated,modified,last modified,last contact,last activity,last contacted,last seen,last order,"
                    + "last purchase,closing date,start date,end date,valid until,تاریخ,日期,更新时间,修改时间,最后联系时间")
        ),
        (.country, keys("nationality country,kshvr")),
        (.givenName, keys("given,forenames,given names,first names,christian name")),
        (.familyName, keys("family,surnames,family names,last names")),
    ]

    private static let endings: [(ColumnKind, [String])] = [
        (.postcode, ["postalcode", "postcode", "zipcode", "کدپستی", "邮编"]),
        (.country, ["country", "countrycode"]),
        (.region, ["billingstate", "shippingstate", "mailingstate", "otherstate"]),
        (.city, ["city"]),
        (.address, ["street"]),
        (.amount, ["annualrevenue"]),
        (.date, ["date", "createdat", "updatedat", "modifiedat", "createdtime", "modifiedtime", "activitytime"]),
        (.email, ["email"]),
        (.phone, ["phone", "mobile", "telephone"]),
    ]

    private static func keys(_ text: String) -> Set<String> {
        Set(text.split(separator: ",").map { PlainText.matchKey(String($0)) })
    }
}
