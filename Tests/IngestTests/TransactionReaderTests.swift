import CustomerData
import Semantics
import Statistics
import Testing

@testable import Ingest

@Suite("Reading transactions") struct TransactionReaderTests {
    @Test func `Orders by customer, lines of one order wherever they stand`() throws {
        let run = try TransactionRun(
            """
            order_id,customer_id,date,amount
            1,B,2024-01-05,10.50
            2,A,2024-01-02,1
            1,B,2024-01-03,0.25
            3,B,2024-01-01,7
            2,A,2024-01-02,2.125
            """)
        #expect(run.orders == ["A 2024-01-02 3.12 2", "B 2024-01-01 7.00 1", "B 2024-01-03 10.75 2"])
        #expect(run.history.decimals == 3)
        #expect(run.accounts.read == 5 && run.accounts.accepted == 5 && run.accounts.unused.isEmpty)
        #expect(run.accounts.acceptedValue.formatted(decimals: 4) == "20.8750")
        #expect(run.history.period == Day("2024-01-01").flatMap { first in Day("2024-01-05").map { first...$0 } })
    }

    @Test func `Without an order column a customer's day is an order, or every row`() throws {
        let text = "customer_id,date,amount\nA,2024-01-01,1\nA,2024-01-02,2\nA,2024-01-01,4\n"
        let days = try TransactionRun(text)
        #expect(days.reader.orderRule == .customerDay)
        #expect(days.orders == ["A 2024-01-01 5.00 2", "A 2024-01-02 2.00 1"])
        let rows = try TransactionRun(text) { $0.orderRule = .row }
        #expect(rows.orders == ["A 2024-01-01 1.00 1", "A 2024-01-01 4.00 1", "A 2024-01-02 2.00 1"])
        let refused = problem { _ = try TransactionRun(text) { $0.orderRule = .column } }
        #expect(refused?.kind == .data)
        #expect(refused?.description.contains("no column for the order; name one with --column order=NAME") == true)
    }

    @Test func `An amount wins over quantity times price`() throws {
        let run = try TransactionRun("customer_id,date,quantity,unit price,amount\nA,2024-01-01,2,3,10\n")
        #expect(run.orders == ["A 2024-01-01 10.00 1"])
        let product = try TransactionRun("customer_id,date,quantity,unit price\nA,2024-01-01,2.5,3.25\n")
        #expect(product.history.orderValues == [81_250])
        #expect(product.history.decimals == 3)
    }

    @Test func `Amounts of more than four decimals are rounded half to even, and counted`() throws {
        let run = try TransactionRun(
            """
            order_id,customer_id,date,amount
            1,A,2024-01-01,1.00005
            2,A,2024-01-02,1.00015
            3,A,2024-01-03,1.000150001
            4,A,2024-01-04,1.000100
            5,A,2024-01-05,1.5E-01
            """)
        #expect(run.history.orderValues == [10_000, 10_002, 10_002, 10_001, 1500])
        #expect(run.accounts.roundedAmounts == 3)
        let products = try TransactionRun(
            "customer_id,date,quantity,unit price\nA,2024-01-01,0.5,0.0001\nA,2024-01-02,0.5,0.0002\nA,2024-01-03,3,0.0001\n"
        )
        #expect(products.history.orderValues == [0, 1, 3])
        #expect(products.accounts.roundedAmounts == 1)
    }

    @Test func `Numbers beyond the range of money are rejected, never wrapped`() throws {
        // 2^63 / 10,000 is 922,337,203,685,477.5807.
        let run = try TransactionRun(
            """
            order_id,customer_id,date,amount
            1,A,2024-01-01,99999999999999
            2,B,2024-01-01,922337203685477.57
            3,C,2024-01-01,922337203685478
            4,D,2024-01-01,999999999999999
            5,E,2024-01-01,12345678901234567890
            6,F,2024-01-01,1
            """)
        #expect(run.history.orderValues == [999_999_999_999_990_000, 9_223_372_036_854_775_700, 10_000])
        #expect(run.accounts.count(.unreadable(.amount)) == 3)
        let products = try TransactionRun(
            "customer_id,date,quantity,unit price\nA,2024-01-01,2,1\nB,2024-01-01,99999999,99999999999\n"
                + "C,2024-01-01,99999999.5,99999999999.25\n")
        #expect(products.accounts.count(.unreadable(.unitPrice)) == 2)
    }

    @Test func `The value of an order beyond the range is a problem`() throws {
        let rows = (0..<4).map { "1,A,2024-01-0\($0 + 1),400000000000000\n" }.joined()
        for threads in [1, 3] {
            let found = problem {
                _ = try TransactionRun("order_id,customer_id,date,amount\n" + rows, threads: threads)
            }
            #expect(found?.kind == .data)
            #expect(found?.description.contains("the value of an order is beyond 922337203685477") == true)
        }
    }

    @Test func `Files of several months are one input, whatever their form`() throws {
        let folder = try TestFolder()
        let paths = [
            try folder.file("order_id,customer_id,date,amount\n1,A,2024-01-01,1.50\n", name: "1"),
            try folder.file(
                packed(Array("order_id;customer_id;date;amount\n1;A;02/01/2024;2,50\n2;B;31/01/2024;1\n".utf8)),
                name: "2"),
            try folder.file(
                encoded("amount\tdate\tcustomer_id\torder_id\n4\t2024-03-01\tB\t2\n", as: "UTF-16LE"), name: "3"),
        ]
        let run = try TransactionRun(paths: paths)
        #expect(run.orders == ["A 2024-01-01 4.00 2", "B 2024-01-31 5.00 2"])
        let other = try folder.file("customer_id,date,amount\nA,2024-01-01,1\n", name: "4")
        let refused = problem { _ = try TransactionRun(paths: paths + [other]) }
        #expect(
            refused
                == Problem(
                    .data,
                    "\(other): no column for the order, which the other files have; name one with --column order=NAME"))
    }

    @Test func `Products of a file that has them are no match for returns of one that has none`() throws {
        let folder = try TestFolder()
        let paths = [
            try folder.file("order_id,customer_id,date,product,quantity,amount\n1,A,2024-01-01,P,1,10\n", name: "1"),
            try folder.file("order_id,customer_id,date,quantity,amount\n2,A,2024-01-05,-1,-10\n", name: "2"),
        ]
        let run = try TransactionRun(paths: paths)
        #expect(run.history.reversals.isEmpty)
        #expect(run.history.unmatchedReturns.map(\.value) == [-100_000])
    }

    @Test func `Quoted cells, blanks around cells, and cells asked for twice`() throws {
        let run = try TransactionRun(
            "order_id,customer_id,date,amount\n \"o\"\"1\" ,\" A \"\"x\"\"\",\t2024-01-01 ,\" 1.5\"\n\"o\"\"1\",\"A \"\"x\"\"\",2024-01-01,2\n"
        ) { $0.overrides = [.order: "customer_id", .customer: "customer_id"] }
        #expect(run.orders == ["A \"x\" 2024-01-01 3.50 2"])
    }

    @Test func `Roles can be named, and the error names candidates and the option`() throws {
        let text = "编号,客户,日期,总金额,金额\n1,A,2024-01-01,5,4\n"
        let run = try TransactionRun(text) { $0.overrides = [.amount: "总金额"] }
        #expect(run.orders == ["A 2024-01-01 5.00 1"])
        let none = problem { _ = try TransactionRun("a,b\n1,2\n") }
        #expect(none?.kind == .data)
        #expect(none?.description.contains("orders.csv: no column could be the customer") == true)
        #expect(none?.description.contains("--column customer=NAME") == true)
        let two = problem {
            _ = try TransactionRun("customer_id,Customer ID,date,amount\n1,2,2024-01-01,5\n")
        }
        #expect(two?.kind == .data)
        #expect(two?.description.contains("\"customer_id\" and \"Customer ID\" could each be the customer") == true)
    }

    @Test(arguments: 0..<2 as Range<UInt64>)
    func `The same history for any number of threads`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var text = "order_id,customer_id,date,product,quantity,unit_price,channel,note\n"
        let long = String(repeating: "a long note\n", count: 60_000)
        for row in 0..<20_000 {
            let customer = random.index(below: 700)
            let day = random.index(below: 28) + 1
            let quantity = random.index(below: 12) - 1
            text +=
                "\(seed % 2 == 0 ? "ORDER-\(row / 3)" : "\(row / 2)"),C\(customer),2024-02-\(day < 10 ? "0" : "")\(day) "
            text += "\(10 + day % 10):00:00,P\(random.index(below: 9)),\(quantity),\(random.index(below: 500)).75,"
            text += "\(["web", "store", "app", ""][random.index(below: 4)]),"
            // One record far longer than a block, after which one worker has more room than the others.
            text += row == 9000 ? "\"\(long)\"\n" : "\n"
        }
        let folder = try TestFolder()
        let path = try folder.file(text)
        for rule in ReturnRule.allCases {
            for order in OrderRule.allCases {
                let runs = try [1, 2, 5].map { threads in
                    try TransactionRun(paths: [path], threads: threads) {
                        $0.returns = rule
                        $0.orderRule = order
                        $0.wantsProfile = true
                    }
                }
                #expect(Set(runs.map(\.everything)).count == 1)
                #expect(Set(runs.map(\.accounts)).count == 1)
                #expect(Set(runs.map(\.rejects)).count == 1)
            }
        }
    }

    @Test func `Progress counts all rows and all bytes`() throws {
        let folder = try TestFolder()
        let rows = (0..<50_000).map { "A\($0),2024-01-01,1\n" }.joined()
        let path = try folder.file("customer_id,date,amount\n" + rows)
        let file = try TableFile(path: path)
        let reader = try TransactionReader(files: [file, file], options: .init(), parallel: Parallel(threads: 2))
        let builder = PurchaseHistoryBuilder(
            orderRule: .customerDay, returns: .match, countsProducts: false, threads: 2)
        var last = (rows: 0, bytes: 0)
        _ = try reader.read(into: builder, parallel: Parallel(threads: 2)) { rows, bytes in
            #expect(rows >= last.rows && bytes >= last.bytes)
            last = (rows, bytes)
        }
        #expect(last == (100_000, 2 * file.input.byteCount))
    }
}
