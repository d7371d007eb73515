import Export
import Testing

@Suite struct RowFilterNamesTests {
    @Test(arguments: [
        "plain", "Two words", "channel=web", "a\"b", "and", "Null", "1st", "", "کد", "x.y", "true", "_a1",
    ])
    func aQuotedNameIsRead(name: String) throws {
        let filter = try RowFilter(parsing: "\(RowFilter.quoted(name)) > 1", columns: ["other", name])
        #expect(filter.matches(["0", "2"]) && !filter.matches(["2", "0"]))
    }
}
