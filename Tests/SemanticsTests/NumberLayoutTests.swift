import Semantics
import Testing

@Suite struct NumberLayoutTests {
    @Test(arguments: [
        ("0", 0, 0), ("5", 50_000, 0), ("-5", -50_000, 0), ("+5", 50_000, 0), ("007", 70_000, 0), ("12.5", 125_000, 1),
        ("12.50", 125_000, 2), (".5", 5_000, 1), ("5.", 50_000, 0), ("1,234.50", 12_345_000, 2),
        ("1,234,567", 12_345_670_000, 0), ("1,23,456.7", 1_234_567_000, 1), ("1 234 567.89", 12_345_678_900, 2),
        ("1\u{00A0}234.5", 12_345_000, 1), ("1\u{202F}234", 12_340_000, 0), ("1'234.50", 12_345_000, 2),
        ("1’234", 12_340_000, 0), ("(1,234.50)", -12_345_000, 2), ("( 5 )", -50_000, 0), ("5-", -50_000, 0),
        ("12.50 -", -125_000, 2), ("−5", -50_000, 0), ("－５．５", -55_000, 1), ("۱۲۳", 1_230_000, 0),
        ("١٢٣٫٥", 1_235_000, 1), ("۱٬۲۳۴٬۵۶۷", 12_345_670_000, 0), ("۱٬۲۳۴٫۵", 12_345_000, 1), ("１２３．４", 1_234_000, 1),
        ("0.00005", 0, 4), ("0.00015", 2, 4), ("0.00025", 2, 4), ("0.000250001", 3, 4), ("-0.00015", -2, 4),
        ("2.5500000000000003", 25_500, 4), ("1E+05", 1_000_000_000, 0), ("1.5e2", 1_500_000, 0), ("1.25E-1", 1_250, 3),
        ("1e-9", 0, 4), ("922337203685477", 9_223_372_036_854_770_000, 0), ("  7\t", 70_000, 0), ("000.5", 5_000, 1),
    ])
    func numbersWithADecimalPoint(text: String, expected: Int64, decimals: Int) {
        let parsed = NumberLayout.decimalPoint.parse(text)
        #expect(parsed?.tenThousandths == expected)
        #expect(parsed?.decimals == decimals)
    }

    @Test(arguments: [
        ("12,5", 125_000, 1), ("1.234,50", 12_345_000, 2), ("1.234.567", 12_345_670_000, 0), ("1 234,5", 12_345_000, 1),
        ("1.234", 12_340_000, 0), ("1,234", 12_340, 3), ("(1.234,50)", -12_345_000, 2), ("-0,5", -5_000, 1),
        ("1'234,50", 12_345_000, 2), ("۱۲٫۵", 125_000, 1),
    ])
    func numbersWithADecimalComma(text: String, expected: Int64, decimals: Int) {
        let parsed = NumberLayout.decimalComma.parse(text)
        #expect(parsed?.tenThousandths == expected)
        #expect(parsed?.decimals == decimals)
    }

    @Test(arguments: [
        "", " ", "-", "+", ".", ",", "()", "$", "abc", "1.2.3", "12,34", "1,2345", "1,,234", "1,234,56", "0,123",
        "1234,567",
        "1 23", "1 234,567", "1,234 567", "--5", "-5-", "(-5)", "((5))", "(5", "5)", "5 5", "1e", "1e+", "1e400", "e5",
        "0x10",
        "12%", "$5€", "NaN", "inf", "2024-01-01", "10:30", "1,234.567,8", "9223372036854776", "99999999999999999999",
        "1,",
        "1.5.", "5 XYZ", "5 USDX",
    ])
    func whatIsNoNumberIsRefused(text: String) {
        #expect(NumberLayout.decimalPoint.parse(text) == nil)
    }

    @Test(arguments: [
        ("$5", "$"), ("5 $", "$"), ("-$5", "$"), ("$-5", "$"), ("($5.00)", "$"), ("$ 1,234.50", "$"), ("€5", "€"),
        ("5€", "€"), ("5 EUR", "EUR"), ("eur 5", "EUR"), ("USD5", "USD"), ("US$5", "US$"), ("£5", "£"), ("¥5", "¥"),
        ("￥5", "¥"), ("5元", "元"), ("人民币5", "RMB"), ("5 ریال", "rial"), ("5 ريال", "rial"), ("﷼5", "rial"),
        ("۵ تومان", "toman"), ("5 tomans", "toman"), ("R$ 5", "R$"), ("₹5", "₹"), ("5 kr.", "kr"), ("5 zł", "zł"),
        ("5-€", "€"), ("CHF 5", "CHF"),
    ])
    func currenciesAreFoundAndReported(text: String, mark: String) {
        let parsed = NumberLayout.decimalPoint.parse(text)
        #expect(parsed?.tenThousandths.magnitude == (text.contains("1,234") ? 12_345_000 : 50_000))
        #expect(parsed?.currency?.description == mark)
    }

    @Test func roundingIsReportedOnlyWhenItChangesTheNumber() {
        #expect(NumberLayout.decimalPoint.parse("1.23450")?.isRounded == false)
        #expect(NumberLayout.decimalPoint.parse("1.23451")?.isRounded == true)
        #expect(NumberLayout.decimalPoint.parse("1.234500000001")?.isRounded == true)
        #expect(NumberLayout.decimalPoint.parse("1e-9")?.isRounded == true)
        #expect(NumberLayout.decimalPoint.parse("0e-9")?.isRounded == false)
    }

    /// Every number of up to two decimals comes back from every way of writing it.
    @Test func whatIsWrittenIsRead() {
        func grouped(_ value: Int, _ separator: String) -> String {
            value < 1000
                ? "\(value)"
                : grouped(value / 1000, separator) + separator + String(String(1000 + value % 1000).dropFirst())
        }
        for cents in stride(from: 0, through: 300_000_000, by: 33_331) {
            let decimals = String(String(100 + cents % 100).dropFirst())
            let value = Int64(cents) * 100
            for (layout, text) in [
                (.decimalPoint, grouped(cents / 100, ",") + "." + decimals),
                (.decimalPoint, grouped(cents / 100, " ") + "." + decimals),
                (.decimalPoint, "\(cents / 100).\(decimals)"),
                (.decimalComma, grouped(cents / 100, ".") + "," + decimals),
                (.decimalComma, grouped(cents / 100, "'") + "," + decimals),
                (.decimalComma, grouped(cents / 100, "٬") + "٫" + decimals),
            ] as [(NumberLayout, String)] {
                #expect(layout.parse(text)?.tenThousandths == value, "\(text)")
                #expect(layout.parse("-" + text)?.tenThousandths == -value, "-\(text)")
            }
        }
    }

    /// Whole numbers of every length up to the largest are exact.
    @Test func bigNumbersAreExact() {
        var value: Int64 = 7
        while value < 922_337_203_685_477 {
            #expect(NumberLayout.decimalPoint.parse("\(value)")?.tenThousandths == value * 10_000)
            #expect(NumberLayout.decimalPoint.parse("-\(value).1234")?.tenThousandths == -(value * 10_000 + 1234))
            value = value.multipliedReportingOverflow(by: 9).partialValue + 4
            if value < 0 { break }
        }
    }

    @Test func anyBytesAreParsedOrRefused() {
        var state: UInt64 = 7
        let alphabet = Array("0123456789.,-+() '$eE€ریال٫٬元".utf8) + [0xFF, 0xC2, 0xE5, 0xF0, 0x00, 0x01]
        for _ in 0..<200_000 {
            var bytes: [UInt8] = []
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for _ in 0..<Int(state >> 60) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            bytes.withUnsafeBufferPointer { buffer in
                for layout in NumberLayout.allCases {
                    if let parsed = layout.parse(buffer) { #expect(parsed.decimals >= 0 && parsed.decimals <= 4) }
                }
            }
        }
    }
}
