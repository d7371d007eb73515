import Semantics
import Testing

/// Cells that are filled and say nothing.
@Suite struct HiddenMissingTests {
    @Test(arguments: [
        ("-", HiddenMissing.Kind.mark), ("--", .mark), ("…", nil), ("???", .mark), ("N/A", .null), ("n/a.", .null),
        ("NULL", .null), ("<null>", .null), ("(none)", .null), ("#N/A", .null), ("\\N", .null), ("Unknown", .word),
        ("ندارد", .word), ("نامشخص", .word), ("無", .word), ("未填写", .word), ("（无）", .word), ("Select", .prompt),
        ("-- Please select --", .prompt), ("请选择", .prompt), ("انتخاب کنيد", .prompt), ("1900-01-01", .date),
        ("01/01/1900", .date), ("1900-01-01T00:00:00Z", .date), ("0000-00-00", .date), ("9999-12-31 00:00:00", .date),
        ("xxx", .word), ("Xxxx", .word), ("0000", .zeros), ("0000000000", .zeros), ("۰۰۰۰", .zeros),
    ])
    func whatSaysNothingIsKnownByItsKind(_ cell: String, _ kind: HiddenMissing.Kind?) {
        #expect(HiddenMissing(cell)?.kind == kind)
    }

    @Test(arguments: [
        "", " ", "0", "000", "-1", "0000.5", "00001", "None Such", "Nullmeier", "Selecta", "Anna", "1900-01-02", "علی",
        "无锡",
        "A-", "1970-01-01", "--help", "a", "n", "(0000)", "-0000",
    ])
    func whatSaysSomethingIsLeftAlone(_ cell: String) {
        #expect(HiddenMissing(cell) == nil)
    }

    @Test func oneSpellingStandsForAllWaysToWriteIt() {
        #expect(Set(["N/A", "n/a", "N/A.", " n/a "].map { HiddenMissing($0)?.spelling }) == ["n/a"])
        #expect(HiddenMissing("NA")?.isNamibia == true)
        #expect(HiddenMissing("N/A")?.isNamibia == false)
    }
}
