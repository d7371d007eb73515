import CustomerData
import Semantics
import Statistics
import Testing

@testable import Ingest

@Suite("Dates and numbers of a file") struct DateAndNumberTests {
    private func days(_ cells: [String], order: DateLayout? = nil, threads: Int = 2) throws -> [String] {
        let rows = cells.enumerated().map { "\($0),\"\($1)\",1\n" }.joined()
        let run = try TransactionRun("customer_id,date,amount\n" + rows, threads: threads) {
            $0.dateOrder = order
            $0.orderRule = .row
            $0.maxRejectShare = 1
        }
        // Customers by number, whatever the order of their ids.
        let days = (0..<run.history.customers.count).map {
            (Int(run.history.customers[$0]) ?? 0, Day(number: run.history.orderDays[$0]).description)
        }
        return days.sorted { $0.0 < $1.0 }.map(\.1)
    }

    @Test(arguments: [
        "2024-03-20", "2024-03-20T10:11:12", "2024-03-20 10:11:12", "2024-03-20T10:11:12Z",
        "2024-03-20T10:11:12.123+03:30",
        "2024-03-20 10:11", "20240320", "20240320T101112", "2024/03/20", "2024/3/20 9:05", "20.03.2024",
        "20/03/2024 10:11",
        "3/20/2024", "3/20/24 9:05 PM", "2024年3月20日", "1710892800", "1710892800123", "1403/01/01",
        "1403-01-01 10:11:12",
        "14030101", "۱۴۰۳/۰۱/۰۱", "۲۰۲۴-۰۳-۲۰", "２０２４-０３-２０", " 2024-03-20 ",
    ])
    func `Dates as files write them`(cell: String) throws {
        #expect(try days([cell]) == ["2024-03-20"])
    }

    @Test func `Hours of a day`() throws {
        let run = try TransactionRun(
            """
            customer_id,date,amount
            A,2024-03-20T23:59:59,1
            B,2024-03-20 00:00:00,1
            C,2024-03-20,1
            D,2024-03-20T05:00:00Z,1
            E,2024-03-20T24:00:00,1
            F,2024-02-30T10:00:00,1
            """)
        #expect(run.history.orderHours == [23, 0, PurchaseHistory.noHour, 5])
        #expect(run.accounts.count(.unreadable(.time)) == 2)
    }

    @Test func `A late row decides between day and month first`() throws {
        let early = [String](repeating: "03/04/2024", count: 50_000)
        for threads in [1, 3] {
            #expect(try days(early + ["13/04/2024"], threads: threads).first == "2024-04-03")
            #expect(try days(early + ["04/13/2024"], threads: threads).first == "2024-03-04")
        }
        // One odd cell against a hundred is an error of that cell; one in two is not.
        let most = [String](repeating: "25/04/2024", count: 2000)
        #expect(try days(early + most + ["04/25/2024"]).count == 52_000)
        let mixed = problem { _ = try days(early + ["25/04/2024", "04/25/2024"]) }
        #expect(mixed?.kind == .data)
        #expect(mixed?.description.contains("1 dates fit dd/MM/yyyy alone and 1 fit MM/dd/yyyy alone") == true)
    }

    @Test func `Dates that all fit both orders are refused, until a person says which`() throws {
        let cells = ["03/04/2024", "05/06/2024", "12/12/2024"]
        let refused = problem { _ = try days(cells) }
        #expect(refused?.kind == .data)
        #expect(
            refused?.description.hasSuffix(
                "orders.csv: column \"date\": every date fits both dd/MM/yyyy and MM/dd/yyyy; say which it is with "
                    + "--date-order dmy or --date-order mdy") == true)
        #expect(try days(cells, order: .dayMonthYear) == ["2024-04-03", "2024-06-05", "2024-12-12"])
        #expect(try days(cells, order: .monthDayYear) == ["2024-03-04", "2024-05-06", "2024-12-12"])
        // Where nothing depends on it, nothing is asked.
        #expect(try days(["01/01/2024", "02/02/2024"]) == ["2024-01-01", "2024-02-02"])
        // What a person says of the order of day and month does not touch dates that have none.
        #expect(try days(["2024-03-04"], order: .monthDayYear) == ["2024-03-04"])
    }

    @Test func `Dates that begin after the first rows are found`() throws {
        let empty = [String](repeating: "", count: 3000)
        #expect(try days(empty + ["2024-03-20"]) == ["2024-03-20"])
        #expect(try days(empty + ["20.03.2024"]) == ["2024-03-20"])
        #expect(try days(empty + ["03/04/2024"], order: .dayMonthYear) == ["2024-04-03"])
    }

    @Test func `A column without a date is refused by its header`() throws {
        let found = problem { _ = try TransactionRun("customer_id,date,amount\n1,soon,1\n2,later,2\n") }
        #expect(found?.kind == .data)
        #expect(found?.description.contains("(\"date\" is named like it, but its cells are no dates)") == true)
        let named = problem {
            _ = try TransactionRun("customer_id,when,amount\n1,soon,1\n2,later,2\n") { $0.overrides = [.time: "when"] }
        }
        #expect(named?.description.contains("column \"when\": no cell is a date in a known layout") == true)
    }

    private func values(_ cells: [String]) throws -> [Int64] {
        let rows = cells.enumerated().map { "\($0)\t2024-01-01\t\($1)\n" }.joined()
        let run = try TransactionRun("customer_id\tdate\tamount\n" + rows) { $0.orderRule = .row }
        #expect(run.accounts.accepted == cells.count)
        var values: [Int: Int64] = [:]
        for customer in 0..<run.history.customers.count {
            let start = run.history.orderStarts[customer]
            if start < run.history.orderStarts[customer + 1] {
                values[Int(run.history.customers[customer]) ?? 0] = run.history.orderValues[start]
            }
        }
        for entry in run.history.unmatchedReturns {
            values[Int(run.history.customers[entry.customer]) ?? 0] = entry.value
        }
        return cells.indices.map { values[$0, default: .min] }
    }

    @Test(
        arguments: [
            (["1234.5", "1,234.50", "$1,234.50", "1,234.50 USD", "1 234.5", "1'234.5", "+1234.5"], 12_345_000),
            (["1234,5", "1.234,50", "€1.234,50", "1.234,50 EUR", "1 234,5", "1\u{A0}234,5"], 12_345_000),
            (["(1234.5)", "-1234.5", "1234.5-", "−1,234.5", "-$1,234.5"], -12_345_000),
            (["۱۲۳۴٫۵", "۱٬۲۳۴٫۵۰ ریال", "١٢٣٤٫٥", "１２３４.５"], 12_345_000),
            (["0", "0.0", "-0", "0.0000"], 0),
        ] as [([String], Int64)])
    func `Numbers as files write them`(cells: [String], value: Int64) throws {
        #expect(try values(cells) == cells.map { _ in value })
    }

    @Test func `A late cell decides between decimal comma and point`() throws {
        // 1.234 alone is a decimal number; beside 2.345,50 it is more than a thousand.
        let early = [String](repeating: "1.234", count: 3000)
        #expect(try values(early)[0] == 12_340)
        #expect(try values(early + ["2.345,50"])[0] == 12_340_000)
        #expect(
            try values([String](repeating: "7", count: 3000) + ["1,5", "1.234"]).suffix(2) == [15_000, 12_340_000])
    }

    @Test func `Both in one column are refused`() throws {
        let found = problem { _ = try values(["1.50", "2.50", "3,75", "4,75"]) }
        #expect(found?.kind == .data)
        #expect(
            found?.description.hasSuffix(
                "some numbers in \"amount\" have a decimal point and others a decimal comma: write them in one way")
                == true)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `The short loop for plain numbers gives what the layout gives`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789.-".utf8) + Array("0123456789".utf8)
        for _ in 0..<20_000 {
            var cell = (0..<random.index(below: 18)).map { _ in alphabet[random.index(below: alphabet.count)] }
            let length = cell.count
            cell += [UInt8](repeating: UInt8(ascii: "7"), count: 8)
            cell.withUnsafeMutableBufferPointer { cell in
                guard let base = cell.baseAddress else { return }
                withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1) { marks in
                    guard let mark = marks.baseAddress else { return }
                    let records = Records(count: 0, text: base, marks: mark, recordEnds: mark, sideStart: 0)
                    let span = Span(start: 0, length: length)
                    for layout in NumberLayout.allCases {
                        guard let plain = NumberCells.plain(records, span, layout) else { continue }
                        let parsed = layout.parse(records.bytes(span))
                        #expect(parsed?.tenThousandths == plain.tenThousandths && parsed?.decimals == plain.decimals)
                        #expect(parsed?.isRounded == plain.isRounded)
                    }
                }
            }
        }
    }

    @Test func `Every day as an ISO date, with the day before it in mind`() throws {
        var text = "customer_id,date,amount\n"
        for number in stride(from: Int32(-25_000), to: 40_000, by: 1) {
            let day = Day(number: number)
            text += "\(number),\(day)\(number % 3 == 0 ? "T01:02:03" : ""),1\n\(number),\(day)x,1\n"
        }
        let run = try TransactionRun(text) { $0.orderRule = .row }
        #expect(run.accounts.accepted == 65_000)
        #expect(run.accounts.count(.unreadable(.time)) == 65_000)
        for customer in 0..<run.history.customers.count {
            #expect(String(run.history.orderDays[customer]) == run.history.customers[customer])
        }
    }
}
