import Semantics
import Testing

@Suite struct NumberTallyTests {
    @Test(arguments: [
        (["1", "2", "30"], NumberTally.Decision.layout(.decimalPoint)),
        (["1.5", "2"], .layout(.decimalPoint)),
        (["1,5", "2"], .layout(.decimalComma)),
        (["1.234,50", "1.234"], .layout(.decimalComma)),
        (["1,234.50", "1,234"], .layout(.decimalPoint)),
        (["1.234.567", "1.234"], .layout(.decimalComma)),
        (["1,234,567", "1,234"], .layout(.decimalPoint)),
        (["0.125", "1.234"], .layout(.decimalPoint)),
        (["0,125", "1,234"], .layout(.decimalComma)),
        (["1.234", "12.5"], .layout(.decimalPoint)),
        (["1234.567"], .layout(.decimalPoint)),
        // In doubt, and read as the column as a whole suggests.
        (["1.234"], .assumed(.decimalPoint)),
        (["1.234", "500", "20"], .assumed(.decimalComma)),
        (["1.234", "500", "2000"], .assumed(.decimalPoint)),
        (["1,234"], .assumed(.decimalPoint)),
        (["1,234", "500"], .assumed(.decimalPoint)),
        // Contradictions.
        (["1.5", "1,5"], .mixed),
        (["1.234", "1,234"], .mixed),
        (["", "n/a"], .noNumbers),
        ([], .noNumbers),
    ])
    func aColumnDecidesAsAWhole(cells: [String], decision: NumberTally.Decision) {
        #expect(NumberTally(cells).decision == decision)
    }

    @Test func aStrayCellDoesNotOverrule() {
        let points = Array(repeating: "1.5", count: 100)
        #expect(NumberTally(points + ["1,5"]).decision == .layout(.decimalPoint))
        #expect(NumberTally(points + ["1,5", "2,5"]).decision == .mixed)
    }

    @Test func currenciesAreCollected() {
        let tally = NumberTally(["$5", "5 USD", "7", ""])
        #expect(tally.currencies.map(\.description).sorted() == ["$", "USD"])
        #expect(tally.cellCount == 3)
        #expect(tally.numberCount == 3)
        #expect(CurrencyMark.conflict(in: tally.currencies) == nil)
    }

    @Test func talliesOfPartsMergeIntoTheTallyOfTheWhole() {
        let cells = ["1.5", "1,5", "€1.234", "1,234", "", "x", "20", "2000", "$1"]
        for split in 0...cells.count {
            var merged = NumberTally(cells[..<split])
            merged.merge(NumberTally(cells[split...]))
            #expect(merged == NumberTally(cells))
        }
    }

    @Test func detectionGivesNilWhereNothingDecides() {
        #expect(NumberLayout.detect(in: ["1,5"]) == .decimalComma)
        #expect(NumberLayout.detect(in: ["1.5", "1,5"]) == nil)
        #expect(NumberLayout.detect(in: ["none"]) == nil)
    }
}

@Suite struct CurrencyMarkTests {
    @Test(arguments: [
        ("USD", "USD"), ("usd", "USD"), (" eur ", "EUR"), ("$", "$"), ("€", "€"), ("￥", "¥"), ("人民币", "RMB"),
        ("تومان", "toman"),
        ("ريال", "rial"), ("IRR", "IRR"),
    ])
    func cellsThatNameACurrency(cell: String, mark: String) {
        #expect(CurrencyMark(cell)?.description == mark)
    }

    @Test(arguments: ["", "US", "XYZ", "dollars and cents", "5", "USD 5", "USDX"])
    func cellsThatDoNot(cell: String) {
        #expect(CurrencyMark(cell) == nil)
    }

    @Test(arguments: [
        (["USD", "EUR"], true), (["$", "€"], true), (["$", "USD"], false), (["$", "CAD"], false),
        (["$", "CAD", "USD"], true),
        (["¥", "CNY"], false), (["¥", "元", "人民币"], false), (["¥", "円"], false), (["円", "元"], true),
        (["IRR", "ریال"], false),
        (["ریال", "تومان"], true), (["£", "GBP"], false), (["EUR"], false), ([], false),
    ])
    func currenciesThatCanNotBeOneConflict(cells: [String], conflicts: Bool) {
        #expect((CurrencyMark.conflict(in: Set(cells.compactMap { CurrencyMark($0) })) != nil) == conflicts)
    }
}
