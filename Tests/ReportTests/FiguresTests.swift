import CustomerData
import Testing

@testable import Report

@Suite struct FiguresTests {
    @Test func countsHaveCommasBetweenThousands() {
        #expect(
            [0, 7, 999, 1000, 12_054, 1_234_567].map { Figures.count($0) } == [
                "0", "7", "999", "1,000", "12,054", "1,234,567",
            ])
        #expect(Figures.count(-1234) == "-1,234")
        #expect(Figures.count(Int64.min) == "-9,223,372,036,854,775,808")
    }

    @Test func whatIsCountedAgreesWithItsNumber() {
        #expect([0, 1, 2].map { Figures.counted($0, "order") } == ["0 orders", "1 order", "2 orders"])
        #expect(Figures.counted(2500, "person", "people") == "2,500 people")
    }

    @Test func moneyKeepsItsDecimalsUntilItIsLarge() {
        func money(_ tenThousandths: Int128, _ decimals: Int) -> String {
            Figures.money(Money(tenThousandths: tenThousandths), decimals: decimals)
        }
        #expect(money(125_000, 2) == "12.50")
        #expect(money(125_000, 4) == "12.50")
        #expect(money(125_000, 0) == "12")
        #expect(money(999_999_900, 2) == "99,999.99")
        #expect(money(1_000_004_900, 2) == "100,000")
        #expect(money(-1_234_500, 2) == "-123.45")
        #expect(money(-5_000, 2) == "-0.50")
        #expect(money(0, 2) == "0.00")
    }

    @Test func oneColumnOfMoneyHasOneForm() {
        let small = [Money(tenThousandths: 125_000), Money(tenThousandths: -20_000)]
        #expect(Figures.money(small, decimals: 2) == ["12.50", "-2.00"])
        let large = small + [Money(tenThousandths: 12_345_678_900)]
        #expect(Figures.money(large, decimals: 2) == ["12", "-2", "1,234,568"])
        #expect(Figures.money([Money](), decimals: 2).isEmpty)
    }

    @Test func unknownNumbersAreADash() {
        #expect(Figures.percent(nil) == "–" && Figures.percent(.nan) == "–" && Figures.percent(0.1234) == "12.3 %")
        #expect(Figures.fixed(nil, decimals: 2) == "–" && Figures.fixed(-.infinity, decimals: 2) == "–")
        #expect(Figures.short(.nan) == "–")
    }

    @Test func numbersOfAnySizeCanBeShown() {
        #expect(Figures.fixed(1e300, decimals: 2) == "1e+300")
        #expect(Figures.short(-1e300) == "-1e+300")
        #expect(
            [12054.2, 368.4, 99.96, 56.34, 9.996, 9.03, 0.25, -0.825].map { Figures.short($0) } == [
                "12,054", "368", "100", "56.3", "10.0", "9.03", "0.25", "-0.82",
            ])
    }

    @Test func sizesHaveAUnit() {
        #expect([12, 1500, 1_741_972, 4_200_000_000].map(Figures.bytes) == ["12 bytes", "1.5 kB", "1.7 MB", "4.2 GB"])
    }
}
