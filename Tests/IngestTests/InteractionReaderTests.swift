import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Reading interactions") struct InteractionReaderTests {
    private func read(
        _ text: String, threads: Int = 2, limits: RejectLimits = RejectLimits(maxShare: 1)
    ) throws -> (
        history: PurchaseHistory, accounts: RowAccounts, directions: InteractionReader.Directions, rejects: String
    ) {
        let folder = try TestFolder()
        let parallel = Parallel(threads: threads)
        let reader = try InteractionReader(
            files: [TableFile(path: folder.file(text))], overrides: [:], dateOrder: nil, parallel: parallel)
        let builder = PurchaseHistoryBuilder(
            orderRule: .customerDay, returns: .match, countsProducts: false, threads: threads)
        var rejects: [UInt8] = []
        let writer = RejectsWriter { rejects.append(contentsOf: $0) }
        let asOf = try #require(Day("2024-06-30"))
        let read = try reader.read(into: builder, asOf: asOf, parallel: parallel, rejects: writer, limits: limits)
        try writer.flush()
        let history = try builder.finish(decimals: 2, parallel: parallel)
        let text = String(decoding: rejects, as: UTF8.self).replacing("\(folder.path)/", with: "")
        return (history, read.accounts, read.directions, text)
    }

    @Test func `The last inbound contact of each customer, and nothing after the date`() throws {
        let read = try read(
            """
            customer_id,time,kind
            a,2024-01-01 10:00:00,visit
            b,2024-02-01,sent
            a,2024-03-01,open
            a,2024-02-15,click
            a,2024-07-01,click
            ,2024-01-01,visit
            c,sometime,visit
            d,2024-01-01,dance
            e,2024-01-01

            """)
        let history = read.history
        #expect((0..<history.customers.count).map { history.customers[$0] } == ["a", "b", "d"])
        let none = PurchaseHistory.noDay
        #expect(history.lastResponses == [Day("2024-03-01")?.number ?? 0, none, none])
        #expect(history.hasTransactions == [false, false, false])
        #expect(read.directions.inbound == 3 && read.directions.outbound == 1 && read.directions.unknown == 1)
        #expect(read.accounts.read == 9 && read.accounts.accepted == 5)
        #expect(
            read.accounts.unused == [.afterAsOf: 1, .noCustomer: 1, .unreadable(.time): 1, .fieldCount: 1])
        #expect(read.rejects.split(separator: "\n").count == 5)
    }

    @Test func `Without a kind every contact came from the customer`() throws {
        let read = try read("customer_id,time,rating\na,2024-01-01,5\n")
        #expect(read.directions.inbound == 1)
    }

    @Test func `The same for any number of threads`() throws {
        var random = SeededGenerator(seed: 8)
        let kinds = ["visit", "sent", "x", "open"]
        let rows = (0..<60_000).map { _ in
            "c\(random.index(below: 999)),2024-0\(1 + random.index(below: 9))-10,\(kinds[random.index(below: 4)])\n"
        }
        let runs = try [1, 2, 5].map { try read("customer_id,time,kind\n" + rows.joined(), threads: $0) }
        for run in runs {
            #expect(run.history.lastResponses == runs[0].history.lastResponses)
            #expect(run.accounts == runs[0].accounts && run.directions == runs[0].directions)
            #expect(run.rejects.utf8.elementsEqual(runs[0].rejects.utf8))
        }
    }

    @Test func `Rejected rows have a limit`() throws {
        let text = "customer_id,time,kind\na,2024-01-01,visit\nb,2024-01-02,visit\nc,nothing,visit\n"
        #expect(problem { _ = try read(text, limits: .init()) }?.description.contains("1 of 3 rows") == true)
        let strict = problem { _ = try read(text, limits: .init(strict: true)) }
        #expect(strict?.description.contains("line 4: not a date, column \"time\"") == true)
    }
}
