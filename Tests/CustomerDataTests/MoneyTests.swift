import CustomerData
import Foundation
import Statistics
import Testing

@Suite("Money") struct MoneyTests {
    @Test func `Halves go to the even neighbour, everything else to the nearest`() {
        var wrong = 0
        for numerator in -2000...2000 {
            for divisor in 1...60 {
                // Below 2^53 the quotient of doubles is a half exactly when it is one.
                let expected = (Double(numerator) / Double(divisor)).rounded(.toNearestOrEven)
                if Double(Money.halfEven(Int128(numerator), Int128(divisor))) != expected { wrong += 1 }
            }
        }
        #expect(wrong == 0)
        let large = Int128(Int64.max) * 1_000_000
        #expect(Money.halfEven(large * 2 + 1, 2) == large)
        #expect(Money.halfEven(large * 2 + 3, 2) == large + 2)
        #expect(Money.halfEven(-large * 2 - 1, 2) == -large)
    }

    @Test(arguments: 0...4)
    func `Amounts are written with their decimals, rounded as bankers round`(decimals: Int) {
        var random = SeededGenerator(seed: UInt64(decimals))
        for _ in 0..<5000 {
            let amount = random.index(below: 2_000_001) - 1_000_000
            var exact = Decimal(amount) / 10_000
            var rounded = Decimal()
            NSDecimalRound(&rounded, &exact, decimals, .bankers)
            let text = Money(tenThousandths: Int128(amount)).formatted(decimals: decimals)
            #expect(Decimal(string: text) == rounded)
            #expect(text.split(separator: ".").dropFirst().first?.count ?? 0 == decimals)
            #expect(text.contains(".") == (decimals > 0))
            #expect(rounded != 0 || !text.hasPrefix("-"))
        }
    }

    @Test(
        arguments: [
            (0, 2, "0.00"), (-1, 4, "-0.0001"), (-1, 2, "0.00"), (50, 2, "0.00"), (150, 2, "0.02"), (-150, 2, "-0.02"),
            (12_345, 4, "1.2345"), (12_345, 0, "1"), (15_000, 0, "2"), (25_000, 0, "2"), (-125_000, 2, "-12.50"),
        ] as [(Int128, Int, String)])
    func `Amounts as text`(amount: Int128, decimals: Int, text: String) {
        #expect(Money(tenThousandths: amount).formatted(decimals: decimals) == text)
    }

    @Test func `Sums are exact beyond the range of one amount`() {
        var sum = Money.zero
        for _ in 0..<1000 { sum += Money(tenThousandths: Int128(Int64.max)) }
        #expect(sum.tenThousandths == Int128(Int64.max) * 1000)
        // 9,223,372,036,854,775,807 · 1000 ten-thousandths.
        #expect(sum.formatted(decimals: 4) == "922337203685477580.7000")
        #expect(sum - sum == .zero)
        #expect(Money(tenThousandths: -1) < .zero)
        #expect(sum.value == 922_337_203_685_477_580.7)
        #expect(Money(tenThousandths: 12_345).value == 1.2345)
    }

    @Test func `An average has the decimals it is asked for`() {
        let amount = Money(tenThousandths: 100_000)
        #expect(amount.divided(by: 3, decimals: 2) == Money(tenThousandths: 33_300))
        #expect(amount.divided(by: 3, decimals: 4) == Money(tenThousandths: 33_333))
        #expect(Money(tenThousandths: 250).divided(by: 2, decimals: 2) == Money(tenThousandths: 100))
        #expect(Money(tenThousandths: 300).divided(by: 2, decimals: 2) == Money(tenThousandths: 200))
        #expect(Money(tenThousandths: -100_000).divided(by: 3, decimals: 0) == Money(tenThousandths: -30_000))
    }
}
