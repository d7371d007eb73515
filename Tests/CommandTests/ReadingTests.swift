import Foundation
import Testing

/// What the program makes of files as people have them, and what it warns of.
@Suite struct ReadingTests {
    let folder = Scratch()

    @Test func persianFilesAreRead() throws {
        try folder.write(
            "orders.csv",
            [
                "شناسه مشتری;شماره سفارش;تاریخ;مبلغ", "۱۰۱;الف۱;۱۴۰۲/۰۱/۱۵;۱۲۰٬۰۰۰", "۱۰۲;الف۲;۱۴۰۲/۰۲/۲۰;۵۰٬۰۰۰",
                "۱۰۱;الف۳;۱۴۰۲/۱۲/۲۹;۷۵٬۵۰۰",
            ])
        let result = ResultFile(try folder.strata("rfm", "orders.csv").output)
        // 15 Farvardin 1402 is 4 April 2023, 29 Esfand 1402 is 19 March 2024 (Iran's civil calendar).
        #expect(
            result.rows.first.map { Array($0.prefix(6)) } == ["۱۰۱", "2023-04-04", "2024-03-19", "1", "2", "195500"])
        #expect(try folder.strata("inspect", "orders.csv").output.contains("Jalali"))
    }

    @Test func chineseFilesAreReadInBothEncodings() throws {
        let lines = [
            "客户编号,订单编号,下单时间,数量,单价", "甲,1,2024-01-05 10:00:00,2,3.50", "乙,2,2024-02-06 11:00:00,1,10",
            "甲,3,2024-03-07 12:00:00,1,4.25",
        ]
        try folder.write("utf8.csv", lines)
        let plain = try folder.strata("rfm", "utf8.csv").output
        #expect(ResultFile(plain)["甲", "monetary"] == "11.25")
        let packed = try StrataProcess.shell(
            "iconv -f utf-8 -t gb18030 utf8.csv > gb.csv && iconv -f utf-8 -t utf-16 utf8.csv > wide.csv", in: folder)
        try #require(packed.status == 0)
        #expect(try folder.strata("rfm", "gb.csv").output == plain)
        #expect(try folder.strata("rfm", "wide.csv").output == plain)
        #expect(try folder.strata("rfm", "gb.csv", "--encoding", "gb18030").output == plain)
    }

    @Test func oneLateRowDecidesBetweenDayAndMonth() throws {
        let open =
            ["customer_id,order_id,date,amount"]
            + (0..<30).map { "c\($0 % 5),o\($0),0\($0 % 9 + 1)/0\($0 * 5 % 9 + 1)/2023,5" }
        try folder.write("open.csv", open)
        let refused = try StrataProcess.run(["rfm", "open.csv"], in: folder)
        #expect(refused.status == 65 && refused.errors.contains("dd/MM/yyyy and MM/dd/yyyy"))
        #expect(refused.errors.contains("--date-order dmy") && refused.errorLines.count == 1)
        for (row, first) in [("c9,o99,25/12/2023,4", "2023-12-25"), ("c9,o99,12/25/2023,4", "2023-12-25")] {
            try folder.write("late.csv", open + [row])
            #expect(ResultFile(try folder.strata("rfm", "late.csv").output)["c9", "first_purchase"] == first)
        }
        let stated = try folder.strata("rfm", "open.csv", "--date-order", "mdy").output
        // The second row is 02/06/2023.
        #expect(ResultFile(stated)["c1", "first_purchase"] == "2023-02-06")
    }

    @Test func aColumnCanAlwaysBeNamed() throws {
        try folder.write("odd.csv", ["wer,wann,was", "a,2024-01-01,5", "b,2024-01-03,6.50"])
        let overrides = ["--column", "customer=wer", "--column", "time=wann", "--column", "amount=was"]
        let outcome = try StrataProcess.run(["rfm", "odd.csv"] + overrides, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(ResultFile(outcome.output)["b", "monetary"] == "6.50")
    }

    @Test func inspectShowsRolesRowsAndOverridesToCopy() throws {
        try folder.write("orders.csv", Samples.orders())
        let text = try folder.strata("inspect", "orders.csv").output
        for words in [
            "orders.csv", "role: transactions", "yyyy-MM-dd", "row 3", "2024-01-01",
            "--column transactions.customer=customer_id --column transactions.order=order_id --column transactions.time=date",
        ] {
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test func anAmountColumnWinsOverQuantityTimesPrice() throws {
        try folder.write(
            "orders.csv",
            [
                "customer_id,order_id,date,quantity,unit_price,amount", "a,1,2024-01-01,2,3.00,5.50",
                "b,2,2024-01-02,1,4.00,4.00",
            ])
        #expect(ResultFile(try folder.strata("rfm", "orders.csv").output)["a", "monetary"] == "5.50")
    }

    @Test func aLoneDateFarAfterTheRestIsNamed() throws {
        let rows = (0..<1200).map { "c\($0 % 50),o\($0),2024-0\($0 % 9 + 1)-1\($0 % 10),5.00" }
        try folder.write("orders.csv", ["customer_id,order_id,date,amount"] + rows + ["c1,o9999,2031-12-01,5.00"])
        let outcome = try folder.strata("rfm", "orders.csv")
        #expect(outcome.errors.contains("note: 1 line lies 2,6"), "\(outcome.errors)")
        #expect(outcome.errors.contains("up to 2031-12-01") && outcome.errors.contains("give --as-of 2024-09-20"))
        let stated = try folder.strata("rfm", "orders.csv", "--as-of", "2024-10-01")
        #expect(!stated.errors.contains("line lies") && stated.errors.contains("1 after the as-of date"))
    }

    @Test func roundedAmountsAndRepeatedRowsAreNamed() throws {
        try folder.write(
            "orders.csv",
            Samples.orders() + ["c1,x,2024-01-05,1.123456", "c2,y,2024-01-05,2.00", "c2,y,2024-01-05,2.00"])
        let outcome = try folder.strata("run", "orders.csv", "--out", "out")
        #expect(outcome.output.contains("note: 1 amount of more than four decimals was rounded half to even"))
        #expect(outcome.output.contains("note: 1 row repeats an earlier row exactly; it is kept"))
    }

    @Test func salesWithoutACustomerAreWeighed() throws {
        try folder.write(
            "orders.csv",
            ["customer_id,order_id,date,amount", "a,1,2024-01-01,30.00", "b,2,2024-01-02,45.00", ",3,2024-01-02,25.00"])
        let outcome = try folder.strata("run", "orders.csv", "--out", "out")
        #expect(outcome.output.contains("3 rows read = 2 used + 1 set aside (1 no customer) + 0 rejected"))
        #expect(outcome.output.contains("note: 25.0 % of sales (25.00) name no customer"))
    }

    @Test func aBarShowsOnATerminalOnly() throws {
        try folder.write("orders.csv", Samples.orders())
        for mode in ["auto", "never"] {
            let piped = try folder.strata("rfm", Samples.cdnow, "--progress", mode, "--out", "rfm.csv")
            #expect(!piped.errors.contains("\r") && !piped.errors.contains("\u{1B}"))
        }
        #expect(
            try folder.strata("rfm", Samples.cdnow, "--progress", "always", "--out", "rfm.csv").errors.contains(
                "rows/s"))
        let terminal = try StrataProcess.shell(
            "script -qec '\"$STRATA\" rfm \(Samples.cdnow) --out rfm.csv' /dev/null", in: folder)
        #expect(terminal.status == 0)
        #expect(terminal.output.contains("rows/s") && terminal.output.contains("s left"), "\(terminal.output)")
    }

    @Test func timingsAreWritten() throws {
        try folder.strata("rfm", Samples.cdnow, "--out", "rfm.csv", "--timings", "timings.json")
        let timings = try JSONSerialization.jsonObject(with: folder.data("timings.json") ?? Data()) as? [String: Any]
        #expect(timings?["rows"] as? Int == 69_659)
        #expect((timings?["phases"] as? [String: Double])?.keys.sorted() == ["group", "read", "score", "write"])
    }
}
