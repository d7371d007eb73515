import CustomerData
import Semantics
import Statistics
import Testing

@testable import Ingest

@Suite("What becomes of rows") struct RowAccountTests {
    private let text = """
        order_id,customer_id,date,quantity,unit price
        1,A,2024-01-01,1,5.00
        2,A,2024-01-02,1
        3,A,2024-01-02,1,5,6
        4,A,yesterday,1,5
        5,A,2024-01-03,many,5
        6,A,2024-01-03,1,cheap
        7,A,2024-01-03,1,
        ,A,2024-01-03,1,5
        NULL,A,2024-01-03,1,5
        8,,2024-01-03,2,5.25
        9,N/A,2024-01-03,-1,5
        10,A,2024-01-04,-1,5
        11,A,2024-01-04,0,5
        12,A,2024-01-04,1,0
        13,A,2024-02-01,1,5

        14,,someday,1,5
        15,,2024-02-02,-1,5
        16,-,2024-02-02,1,1.5
        """

    @Test func `Each reason, the first that holds`() throws {
        let run = try TransactionRun(text) {
            $0.returns = .ignore
            $0.asOf = Day("2024-01-31")
        }
        let accounts = run.accounts
        #expect(accounts.read == 18 && accounts.accepted == 1 && accounts.blankLines == 1)
        #expect(
            accounts.unused == [
                .fieldCount: 2, .unreadable(.time): 2, .unreadable(.quantity): 1, .unreadable(.unitPrice): 2,
                .missing(.order): 2, .noCustomer: 4, .isReturn: 3, .afterAsOf: 1,
            ])
        #expect(accounts.rejected == 9 && accounts.setAside == 8)
        #expect(accounts.read == accounts.accepted + accounts.setAside + accounts.rejected)
        #expect(accounts.noCustomerValue.formatted(decimals: 2) == "12.00")
        #expect(run.orders == ["A 2024-01-01 5.00 1"])
    }

    @Test func `Words for no customer, and ids that look like them`() throws {
        let none = ["", " ", "NULL", "null", "NaN", "nan", "NA", "na", "N/A", "n/a", "None", "nil", "\\N", "\\n", "-"]
        let ids = [
            "0", "N", "nul", "nulls", "nans", "n-a", "n/b", "|n", "\\m", "--", "_", "mull", "nine", "n\u{E3}", "NIO",
        ]
        let rows = (none + ids).map { "\($0),2024-01-01,1\n" }.joined()
        let run = try TransactionRun("customer_id,date,amount\n" + rows)
        #expect(run.accounts.count(.noCustomer) == none.count)
        #expect(run.history.customers.count == ids.count)
    }

    @Test func `Under the other rules a return is used, and what costs nothing is a purchase`() throws {
        for rule in [ReturnRule.match, .net] {
            let run = try TransactionRun(text) { $0.returns = rule }
            #expect(run.accounts.accepted == 5)
            #expect(run.accounts.count(.isReturn) == 0)
            #expect(run.history.returnAccounts.lines == 1)
            #expect(
                run.orders == [
                    "A 2024-01-01 5.00 1", "A 2024-01-04 0.00 1", "A 2024-01-04 0.00 1", "A 2024-02-01 5.00 1",
                ])
        }
    }

    @Test func `The as-of date is the last that counts`() throws {
        for (date, count) in [("2023-12-31", nil), ("2024-01-01", 1), ("2024-01-31", 4), ("2024-02-01", 5)]
            as [(String, Int?)]
        {
            let run = { try TransactionRun(text) { $0.asOf = Day(date) } }
            guard let count else {
                #expect(problem { _ = try run() }?.description.contains("none of 18 rows can be used") == true)
                continue
            }
            #expect(try run().accounts.accepted == count)
        }
    }

    @Test func `Nothing accepted is a problem that gives the reasons`() throws {
        let found = problem {
            _ = try TransactionRun("customer_id,date,amount\n,2024-01-01,1\nA,2024-01-01,0\n,2024-01-02,3\n") {
                $0.returns = .ignore
            }
        }
        #expect(found?.kind == .data)
        #expect(
            found?.description.hasSuffix("orders.csv: none of 3 rows can be used (2 no customer, 1 return)") == true)
    }

    @Test func `Too many rejected rows are a problem`() throws {
        let good = (0..<8).map { "A\($0),2024-01-01,1\n" }.joined()
        let text = "customer_id,date,amount\n" + good + "A,2024-01-01x,1\nA,,1\n"
        // Two of ten are no more than a fifth.
        #expect(try TransactionRun(text) { $0.maxRejectShare = 0.2 }.accounts.rejected == 2)
        let found = problem { _ = try TransactionRun(text) { $0.maxRejectShare = 0.19 } }
        #expect(found?.kind == .data)
        #expect(
            found?.description.contains("orders.csv: 2 of 10 rows could not be read, most often: not a date;") == true)
        #expect(problem { _ = try TransactionRun(text) { $0.maxRejectShare = 0 } }?.kind == .data)
        // Rows without a customer can be read.
        let aside = "customer_id,date,amount\n" + String(repeating: ",2024-01-01,1\n", count: 99) + "A,2024-01-01,1\n"
        #expect(try TransactionRun(aside) { $0.maxRejectShare = 0 }.accounts.setAside == 99)
    }

    @Test func `Strict stops at the first rejected row of the file, whoever reads it`() throws {
        let folder = try TestFolder()
        let good = (0..<30_000).map { "A\($0),2024-01-01,1,\"two\nlines\"\n" }
        for (places, line, sentence) in [
            ([100, 25_000], 202, "amount is not a number, column \"amount\""),
            ([25_000, 29_000], 50_002, "amount is not a number, column \"amount\""),
        ] {
            var rows = good
            for place in places { rows[place] = "A,2024-01-01,abc,\n" }
            rows[29_999] = "A,2024-01-01\n"
            // A row without a customer is no rejected row.
            rows[50] = ",2024-01-01,1,\"two\nlines\"\n"
            let path = try folder.file("customer_id,date,amount,note\n" + rows.joined())
            for threads in 1...4 {
                let found = problem { _ = try TransactionRun(paths: [path], threads: threads) { $0.strict = true } }
                #expect(
                    found
                        == Problem(
                            .data,
                            "\(path) line \(line): \(sentence); without --strict such rows are counted and left out"))
            }
        }
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `Rows always add up`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func pick(_ cells: [String]) -> String { cells[random.index(below: cells.count)] }
        var rows: [String] = []
        for row in 0..<random.index(below: 3000) + 20 {
            var cells = [
                pick(["A", "B", "", "nan", "C\(row)"]),
                pick(["2024-01-01", "2024-06-30", "", "31.12.", "2024-01-01 10:00:00"]),
                pick(["1", "2.5", "-3", "", "x", "0"]), pick(["o1", "", "order-\(row % 50)-of-many", "17"]),
            ]
            if random.index(below: 20) == 0 { cells.removeLast() }
            rows.append(random.index(below: 20) == 0 ? "" : cells.joined(separator: ";"))
        }
        rows.append("Z;2024-01-01;1;last")
        let text = "customer;date;amount;order\n" + rows.joined(separator: "\r\n")
        for rule in ReturnRule.allCases {
            let run = try TransactionRun(text, threads: 3) {
                $0.returns = rule
                $0.asOf = Day("2024-03-01")
            }
            let accounts = run.accounts
            #expect(accounts.read == rows.count { !$0.isEmpty })
            #expect(accounts.blankLines == rows.count { $0.isEmpty })
            #expect(accounts.read == accounts.accepted + accounts.setAside + accounts.rejected)
            #expect(accounts.setAside + accounts.rejected == accounts.unused.values.reduce(0, +))
            let lines = run.history.orderLines.reduce(0) { $0 + Int($1) }
            #expect(lines + run.history.returnAccounts.lines == accounts.accepted)
        }
    }

    @Test func `What was not used is written as it was`() throws {
        let folder = try TestFolder()
        let rows = [
            "A,2024-01-01,1,plain", "A,2024-01-01,\"x\"\"y\nz\",\" quoted, with \"\"more\"\"\"",
            ",2024-01-01,1, =cmd() ",
            "A,2024-01-01", "A;2024-01-01;1;x", "", "\"\",2024-01-01,\"2\",\"a\nb\"", "A,never,1,مشتری",
        ]
        let path = try folder.file("customer_id,date,amount,note\r\n" + rows.joined(separator: "\r\n"), name: "a,b.csv")
        let run = try TransactionRun(paths: [path])
        #expect(run.accounts.accepted == 1)
        let written = try TableFile(path: folder.file(run.rejects, name: "rejects.csv")).everyRecord()
        #expect(written.first == ["file", "line", "status", "column", "reason", "record"])
        let expected: [(Int, Int, String, String, String)] = [
            (1, 3, "rejected", "amount", "amount is not a number"), (2, 5, "set aside", "customer_id", "no customer"),
            (3, 6, "rejected", "", "wrong number of fields"), (4, 7, "rejected", "", "wrong number of fields"),
            (6, 9, "set aside", "customer_id", "no customer"), (7, 11, "rejected", "date", "not a date"),
        ]
        #expect(
            written.dropFirst().map { $0 }
                == expected.map { row, line, status, column, reason in
                    [path, String(line), status, column, reason, rows[row].trimmingBlanks]
                })
    }

    @Test func `Returns after the as-of date and the ignored ones are written too`() throws {
        let run = try TransactionRun("customer_id,date,amount\nA,2024-01-01,1\nA,2024-01-02,-1\nA,2024-03-01,1\n") {
            $0.returns = .ignore
            $0.asOf = Day("2024-02-01")
        }
        let lines = String(decoding: run.rejects, as: UTF8.self).split(separator: "\n").dropFirst().map {
            $0.split(separator: "/").last ?? ""
        }
        #expect(
            lines == [
                "orders.csv,3,set aside,,return,\"A,2024-01-02,-1\"",
                "orders.csv,4,set aside,date,after the as-of date,\"A,2024-03-01,1\"",
            ])
    }
}

extension String {
    /// The text without the blanks around it, which a reader of fields leaves out.
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
