import CustomerData
import Semantics
import Testing

@testable import Cleaning

/// Words of names, cities and companies: what is changed in them, and what never is.
@Suite struct ValueFormTests {
    private func form(
        _ value: String, _ kind: ColumnKind, among values: [(text: String, count: Int)] = []
    ) -> ValueForm {
        ValueForm(value, count: 1, kind: kind, ColumnEvidence(values + [(value, 1)]))
    }

    @Test func arabicLettersBecomePersianWherePersianIsWritten() {
        let persian: [(text: String, count: Int)] = [("پریسا", 5), ("علی", 9), ("کامران", 4)]
        #expect(form("علي", .givenName, among: persian).text == "علی")
        #expect(form("كامران", .givenName, among: persian).text == "کامران")
        #expect(form("علي", .givenName, among: persian).condition == .notArabic)
        // A keyboard of Arabic writes Persian: the country decides.
        #expect(form("علي", .givenName).condition == .persian)
        let arabic: [(text: String, count: Int)] = [("فاطمة", 9), ("علي", 9), ("أحمد", 4)]
        #expect(form("علي", .givenName, among: arabic).text == "علي")
    }

    @Test func joinersStayBetweenPersianLettersAndNowhereElse() {
        let persian: [(text: String, count: Int)] = [("علی", 9)]
        #expect(form("نیک\u{200C}پور", .familyName, among: persian).text == "نیک\u{200C}پور")
        #expect(form("نیک\u{200C} پور\u{200C}", .familyName, among: persian).text == "نیک پور")
        #expect(form("\u{200F}رضا\u{200B}", .givenName, among: persian).text == "رضا")
    }

    @Test func chineseNamesHaveNoSpacesWithin() {
        #expect(form("欧 阳", .familyName).text == "欧阳")
        #expect(form("王　伟", .name).text == "王伟")
        #expect(form("欧阳", .familyName).rules.isEmpty)
        #expect(form("Ｊｏｈｎ", .givenName).text == "John")
    }

    @Test func traditionalCharactersBecomeSimplifiedWhereThoseAreWritten() {
        let simplified: [(text: String, count: Int)] = [("张", 50), ("刘", 40), ("陈", 30)]
        let found = form("張", .familyName, among: simplified)
        #expect(found.text == "张" && found.condition == .notTraditional)
        #expect(form("張", .familyName, among: [("劉", 9), ("陳", 9)]).text == "張")
    }

    @Test func lettersThatLookAlikeBecomeLatin() {
        #expect(form("Sаrаh", .givenName).text == "Sarah")
        // A Cyrillic name stays one.
        #expect(form("Анна", .givenName).text == "Анна")
    }

    @Test func titlesAndOrder() {
        #expect(form("Dr. John", .givenName).text == "John")
        #expect(form("Smith, John", .name).text == "John Smith")
        #expect(form("King, Jr", .name).text == "King, Jr")
        #expect(form("王先生", .familyName).text == "王")
    }

    @Test func splitWordsAreJoinedWhereTheColumnKnowsTheWord() {
        let values: [(text: String, count: Int)] = [("London", 50), ("Mary", 20), ("Ann", 20), ("Maryann", 30)]
        #expect(form("Lon don", .city, among: values).text == "London")
        #expect(form("Mary Ann", .givenName, among: values).text == "Mary Ann")
    }

    @Test func hiddenMissingBecomesEmpty() {
        for cell in ["N/A", "-", "unknown", "xxx", "ندارد", "无"] {
            #expect(form(cell, .city).text.isEmpty, "\(cell)")
        }
        #expect(form("unknown", .category).text == "unknown")
    }

    /// Names that are right as they stand, in three scripts.
    @Test(arguments: [
        "O'Brien", "MacDonald", "García", "van der Berg", "Xi'an", "D'Angelo", "de la Cruz", "Jean-Luc", "Müller",
        "J.R.",
        "رضایی", "آزاده", "سید محمد", "نیک\u{200C}پور", "اَبدَه", "欧阳", "诸葛", "王", "阿依古丽·买买提",
    ])
    func rightNamesStay(name: String) {
        let found = form(name, .familyName, among: [("علی", 9), ("پریسا", 3), ("张", 9), ("Smith", 9)])
        #expect(found.text == name && found.rules.isEmpty)
    }

    @Test func legalFormsOfCompanies() {
        #expect(form("Acme ltd", .company).text == "Acme Ltd")
        #expect(form("Bauer GMBH", .company).text == "Bauer GmbH")
        #expect(form("IBM", .company).text == "IBM")
        #expect(form("华为技术有限公司", .company).rules.isEmpty)
    }
}
