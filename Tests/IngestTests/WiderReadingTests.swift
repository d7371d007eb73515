import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Reading what is known besides purchases") struct WiderReadingTests {
    private let parallel = Parallel(threads: 2)

    private func interactions(_ text: String) throws -> (InteractionHistory, InteractionReader.Directions) {
        let folder = try TestFolder()
        let reader = try InteractionReader(
            files: [TableFile(path: folder.file(text))], overrides: [:], dateOrder: nil, parallel: parallel)
        let builder = PurchaseHistoryBuilder(
            orderRule: .customerDay, returns: .match, countsProducts: false, threads: 2)
        let gathered = InteractionHistoryBuilder()
        let asOf = try #require(Day("2024-06-30"))
        let read = try reader.read(
            into: builder, interactions: gathered, asOf: asOf, parallel: parallel, limits: RejectLimits())
        let history = try builder.finish(decimals: 2, parallel: parallel)
        return (gathered.finish(customers: history.customers), read.directions)
    }

    @Test func `Kinds, channels and marks`() throws {
        let (history, directions) = try interactions(
            #"""
            customer_id,time,kind,channel,rating
            b,2024-01-05,review,web,4.5
            a,2024-01-03,sent,"e ""mail""",
            b,2024-01-01,open,,
            b,2024-01-02,complaint,web,bad
            a,2024-07-01,open,web,

            """#)
        let day = try #require(Day("2024-01-01")).number
        #expect(history.channels == ["e \"mail\"", "web"])
        #expect(
            history.events == [
                Interaction(customer: 0, day: day + 2, kind: .sent, channel: 0),
                Interaction(customer: 1, day: day, kind: .open),
                Interaction(customer: 1, day: day + 1, kind: .complaint, channel: 1),
                Interaction(customer: 1, day: day + 4, kind: .rating, channel: 1, rating: 45_000),
            ])
        #expect(directions.inbound == 3 && directions.outbound == 1 && directions.unreadableRatings == 1)
    }

    @Test func `A direction says who began`() throws {
        let (history, directions) = try interactions(
            "customer_id,date,type,direction\na,2024-01-01,call,inbound\na,2024-01-02,call,outbound\n")
        #expect(history.events.map(\.kind) == [.otherInbound, .sent])
        #expect(directions.inbound == 1 && directions.outbound == 1 && directions.unknown == 0)
    }

    @Test func `Without a kind a mark makes a rating`() throws {
        let (history, _) = try interactions("customer_id,date,stars\na,2024-01-01,5\na,2024-01-02,\n")
        #expect(history.events.map(\.kind) == [.rating, .otherInbound])
    }

    @Test func `Birth dates and consents`() throws {
        let folder = try TestFolder()
        let text = "customer_id,name,birth_date,consent\na,A,1980-05-01,yes\nb,B,soon,no\nc,C,,\na,A,1999-01-01,no\n"
        let reader = try CustomerReader(files: [TableFile(path: folder.file(text))], overrides: [:])
        let customers = try reader.read(readsPersonal: true, parallel: parallel, limits: RejectLimits()).customers
        let none = PurchaseHistory.noDay
        #expect(customers.birthDays == [try #require(Day("1980-05-01")).number, none, none])
        #expect(customers.consents == [true, false, nil])
        #expect(customers.notes == ["1 birth date can't be read and counts as none"])
        let plain = try reader.read(parallel: parallel, limits: RejectLimits()).customers
        #expect(plain.birthDays == nil && plain.consents == nil && plain.notes.isEmpty)
    }

    @Test func `Categories follow their rows, whatever stands between them`() throws {
        let folder = try TestFolder()
        let text = #"""
            customer_id,date,sku,category,amount
            a,2024-01-01,mug,"china, ""white""",1
            "b",not a date,mug,lost,1
            b,2024-01-02,tea,food
            "b ""two""",2024-01-02,tea,food,2

            ,2024-01-02,tea,lost,2
            a,2024-01-03,mug,NULL,1
            a,2024-01-03,mug,china,-1

            """#
        var options = TransactionReader.Options()
        options.wantsProfile = true
        options.maxRejectShare = 1
        let reader = try TransactionReader(
            files: [TableFile(path: folder.file(text))], options: options, parallel: parallel)
        let builder = PurchaseHistoryBuilder(orderRule: .customerDay, returns: .match, countsProducts: true, threads: 2)
        let products = ProductHistoryBuilder(threads: 2)
        _ = try reader.read(into: builder, products: products, parallel: parallel)
        let history = try builder.finish(decimals: 2, parallel: parallel)
        let found = products.finish(customers: history.customers)
        #expect((0..<found.products.count).map { found.products[$0] } == ["mug", "tea"])
        #expect((0..<found.categories.count).map { found.categories[$0] } == ["china, \"white\"", "food"])
        #expect(found.itemProducts == [0, 0, 1] && found.itemCategories == [0, ProductHistory.none, 1])
        #expect(found.starts == [0, 2, 3] && found.items == [0, 1, 2] && found.lines == [1, 1, 1])
    }
}
