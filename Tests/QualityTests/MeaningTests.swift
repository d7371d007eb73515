import Testing

@testable import Quality

/// Every meaning that a column may have is told in Latin, Persian and Chinese tables.
@Suite struct MeaningTests {
    private func meaning(_ header: String, _ cell: (Int) -> String) throws -> SemanticType {
        try TableText([header, "row"], (0..<60).map { [cell($0), String($0)] }).profile().columns[0].meaning
    }

    private func pick(_ words: String, _ number: Int) -> String {
        let words = words.split(separator: "|")
        return String(words[number % words.count])
    }

    /// Digits in Persian.
    private func persian(_ number: Int) -> String {
        String(
            String(number).map { $0.wholeNumberValue.flatMap { Character(UnicodeScalar(0x06F0 + $0) ?? "۰") } ?? $0 })
    }

    @Test func emails() throws {
        #expect(try meaning("email") { "p\($0)@example.org" } == .email)
        #expect(try meaning("ایمیل") { "p\($0)@example.ir" } == .email)
        #expect(try meaning("邮箱") { "\(10_000 + $0)@qq.com" } == .email)
    }

    @Test func phones() throws {
        #expect(try meaning("phone") { "+44 7400 \(100_000 + $0)" } == .phone)
        #expect(try meaning("تلفن") { "۰۹۱۲" + persian(1_234_500 + $0) } == .phone)
        #expect(try meaning("电话") { "138\(10_000_000 + $0 * 7)" } == .phone)
    }

    @Test func names() throws {
        #expect(try meaning("full name") { pick("Ann Lee|Bob Ray|Cy Fox", $0) } == .personName)
        #expect(try meaning("نام") { pick("سارا|علی|مینا", $0) } == .personName)
        #expect(try meaning("姓名") { pick("王芳|李伟|张敏", $0) } == .personName)
    }

    @Test func companies() throws {
        #expect(try meaning("company") { "Firm \($0) Ltd" } == .company)
        #expect(try meaning("شرکت") { "شرکت " + persian($0) } == .company)
        #expect(try meaning("公司") { "第\($0)有限公司" } == .company)
    }

    /// A name among a company's facts is a company's.
    @Test func namesOfCompanies() throws {
        let rows = (0..<60).map { ["Firm \($0)", "Media", String($0 * 7), "+1 416 555 0\(100 + $0)"] }
        let columns = try TableText(["NAME", "INDUSTRY", "NUMBEROFEMPLOYEES", "FAX"], rows).profile().columns
        #expect(columns[0].meaning == .company && columns[3].meaning == .phone)
    }

    @Test func productsMayBeCodesOrNames() throws {
        #expect(try meaning("product") { "P-\($0 % 7)" } == .id)
        #expect(try meaning("product") { pick("GTX Basic|GTX Pro|MG Special", $0) } == .category)
    }

    @Test func dates() throws {
        #expect(try meaning("date") { "2024-01-\(10 + $0 % 20)" } == .date)
        #expect(try meaning("تاریخ") { "1403/01/\(10 + $0 % 20)" } == .jalaliDate)
        #expect(try meaning("تاریخ") { "۱۴۰۳/۰۱/" + persian(10 + $0 % 20) } == .jalaliDate)
        #expect(try meaning("日期") { "2024年3月\(1 + $0 % 28)日" } == .date)
    }

    @Test func countries() throws {
        #expect(try meaning("country") { pick("Germany|France|Iran", $0) } == .country)
        #expect(try meaning("کشور") { pick("ایران|آلمان|چین", $0) } == .country)
        #expect(try meaning("国家") { pick("中国|德国|伊朗", $0) } == .country)
    }

    @Test func postcodes() throws {
        #expect(try meaning("postcode") { "EC1A \($0 % 9)BB" } == .postcode)
        #expect(try meaning("کد پستی") { "\(1_193_653_471 + $0)" } == .postcode)
        #expect(try meaning("邮编") { "\(100_000 + $0)" } == .postcode)
    }

    @Test func currencyAmounts() throws {
        #expect(try meaning("amount") { "\($0).50" } == .currencyAmount)
        #expect(try meaning("مبلغ") { "\(50_000 + $0) تومان" } == .currencyAmount)
        #expect(try meaning("金额") { "¥\($0).50" } == .currencyAmount)
    }

    @Test func ids() throws {
        #expect(try meaning("customer_id") { "C\($0)" } == .id)
        #expect(try meaning("شناسه") { "\(5000 + $0)" } == .id)
        #expect(try meaning("编号") { "K\($0)" } == .id)
    }

    @Test func categoriesAndFreeText() throws {
        #expect(try meaning("colour") { pick("red|green", $0) } == .category)
        #expect(try meaning("رنگ") { pick("قرمز|سبز", $0) } == .category)
        #expect(try meaning("颜色") { pick("红色|绿色", $0) } == .category)
        #expect(try meaning("notes") { "wrote on day \($0)" } == .freeText)
        #expect(try meaning("توضیحات") { "روز " + persian($0) + " نامه نوشت" } == .freeText)
        #expect(try meaning("备注") { "第\($0)天来信" } == .freeText)
    }

    /// Names of countries in any language are valid, and what is none is not.
    @Test func namesOfCountriesAreJudged() throws {
        let cells = ["Germany", "Iran", "德国", "فرانسه", "Deutschland", "Narnia"]
        let column = try TableText(["country", "row"], (0..<60).map { [cells[$0 % 6], String($0)] }).profile().columns[
            0]
        #expect(column.meaning == .country && column.filled == 60 && column.valid == 50)
    }
}
