import CustomerData
import Testing

@testable import Report

@Suite struct TextTableTests {
    @Test func columnsAlignAndNumbersStandRight() {
        var text = TextTable(["name", "count"], right: [1])
        text.add(["a", "5"])
        text.add(["longer", "1,234"])
        #expect(text.lines == ["  name    count", "  a           5", "  longer  1,234"])
    }

    @Test func noLineEndsInBlanks() {
        var text = TextTable(["name", "word"], right: [], indent: 0)
        text.add(["a", ""])
        #expect(text.lines == ["name  word", "a"])
    }

    /// Widths as terminals give them (Unicode Standard Annex 11: wide and fullwidth are two columns, marks none).
    @Test func wideLettersTakeTwoColumnsAndMarksNone() {
        #expect(TextTable.width("abc") == 3)
        #expect(TextTable.width("客户") == 4)
        #expect(TextTable.width("ﾊﾟ") == 2, "halfwidth katakana")
        #expect(TextTable.width("！") == 2)
        #expect(TextTable.width("한국") == 4)
        #expect(TextTable.width("e\u{301}") == 1)
        #expect(TextTable.width("مُشتَری") == 5)
        #expect(TextTable.width("می\u{200C}شود") == 5)
        #expect(TextTable.width("") == 0)
    }

    @Test func columnsAlignInAnyScript() {
        var text = TextTable(["列", "n"], right: [1], indent: 0)
        text.add(["客户编号", "1"])
        text.add(["ab", "22"])
        #expect(text.lines == ["列         n", "客户编号   1", "ab        22"])
        #expect(Set(text.lines.map(TextTable.width)) == [12])
    }

    @Test func resultsAreDrawnByTheTypesOfTheirColumns() {
        let table = ResultTable(
            name: "sample",
            columns: [
                .init("first_name", .texts(["a", "b", "c"])),
                .init("revenue", unit: "money", .money([12_345_678_900, .min, 55_000], decimals: 2)),
                .init("share", unit: "share", .fixed([0.5, .nan, 0.25], decimals: 4)),
                .init("overdue", .flags([true, false, true])),
                .init("state", .categories([0, 9, 1], labels: ["new", "lost"])),
                .init("last", .days([0, PurchaseHistory.noDay, 1])),
                .init("days", .integers([1200, .min, 3])),
            ])
        #expect(
            TextTable.lines(of: table) == [
                "  first name    revenue   share  overdue  state  last         days",
                "  a           1,234,568  50.0 %  yes      new    1970-01-01  1,200",
                "  b                           –  no",
                "  c                   6  25.0 %  yes      lost   1970-01-02      3",
            ])
        #expect(TextTable.lines(of: table, limit: 1).count == 3)
        #expect(TextTable.lines(of: table, limit: 1).last == "  … 2 more")
    }
}
