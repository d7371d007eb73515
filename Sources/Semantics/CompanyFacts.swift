/// Headers that only tables of companies have.
public enum CompanyFacts {
    /// Whether a table with these headers is of companies: at least two are of an industry, employees, a ticker symbol and the
    /// like. A column of names is of companies' names there.
    public static func isTable(headers: [String]) -> Bool {
        headers.count { known.contains(PlainText.matchKey($0)) } >= 2
    }

    private static let known = Set(
        [
            "industry", "sector", "employees", "number of employees", "ticker symbol", "sic", "sic code",
            "annual revenue", "account number", "parent id", "subsidiary of", "website", "ownership", "vat number",
            "year established", "account type", "行业", "员工人数", "注册资本", "统一社会信用代码", "صنعت", "تعداد کارکنان",
        ].map { PlainText.matchKey($0) })
}
