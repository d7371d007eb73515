import CustomerData
import Statistics
import Testing

@Suite("Gathering transactions") struct PurchaseHistoryBuilderTests {
    /// Ids of a kind, many of which share a beginning.
    private static func ids(_ random: inout SeededGenerator, count: Int) -> [[UInt8]] {
        let digits = Array("0123456789".utf8)
        return (0..<count).map { _ in
            let length = random.index(below: 41)
            switch random.index(below: 4) {
            case 0: return (0..<length % 21).map { _ in digits[random.index(below: 10)] }
            case 1:
                return Array("customer-000000000000000000000000000000".utf8.prefix(length)) + [
                    digits[random.index(below: 3)]
                ]
            case 2: return (0..<length).map { _ in UInt8(ascii: "a") + UInt8(random.index(below: 2)) }
            default: return [UInt8](repeating: UInt8(random.index(below: 2) * 0x41), count: length)
            }
        }
    }

    /// Blocks of lines of chance.
    static func blocks(_ random: inout SeededGenerator) -> [[TransactionLine]] {
        let customers = ids(&random, count: 1 + random.index(below: 12))
        let orders = ids(&random, count: 1 + random.index(below: 30))
        let products = ids(&random, count: 1 + random.index(below: 4))
        let channels = [[], Array("web".utf8), Array("store".utf8), Array("App".utf8)]
        let days = 1 + random.index(below: 6)
        return (0..<1 + random.index(below: 6)).map { _ in
            var lines: [TransactionLine] = []
            for _ in 0..<random.index(below: 60) {
                // A line after the one before: often of the same order.
                if let before = lines.last, random.index(below: 2) == 0 {
                    var line = before
                    line.value = abs(line.value) + 1
                    line.quantity = 30_000
                    if random.index(below: 3) == 0 { line.channel = channels[random.index(below: 4)] }
                    line.product = products[random.index(below: products.count)]
                    lines.append(line)
                    continue
                }
                let isReturn = random.index(below: 4) == 0
                let units = Int64(random.index(below: 5)) * 10_000 + (random.index(below: 5) == 0 ? 3333 : 0)
                lines.append(
                    TransactionLine(
                        customer: customers[random.index(below: customers.count)],
                        order: orders[random.index(below: orders.count)],
                        product: products[random.index(below: products.count)],
                        channel: channels[random.index(below: 4)],
                        day: Int32(random.index(below: days)) - 2,
                        second: random.index(below: 3) == 0 ? -1 : Int32(random.index(below: 4) * 3000),
                        quantity: isReturn ? -units : units,
                        value: Int64(random.index(below: 100_000)) * (isReturn && random.index(below: 5) > 0 ? -1 : 1)))
            }
            return lines
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `Blocks in any order, by any number of threads, give what plain loops give`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let blocks = Self.blocks(&random)
        let all: TransactionColumns = [.order, .product, .channel, .quantity]
        for rule in OrderRule.allCases {
            for returns in [ReturnRule.match, .net] {
                for columns in [all, [.order], [.order, .quantity], [.order, .product, .channel]] {
                    let gathering = Gathering(
                        orderRule: rule, returns: returns, columns: columns, countsProducts: columns.contains(.product))
                    let expected = PlainHistory(blocks, gathering)
                    let one = try gathering.history(blocks)
                    #expect(PlainHistory(one) == expected)
                    let three = try gathering.history(blocks, threads: 3, seed: seed)
                    #expect(PlainHistory(three) == expected)
                    // Not only the same, but in the same order.
                    #expect(three.orderDays == one.orderDays && three.orderValues == one.orderValues)
                    #expect(three.orderStarts == one.orderStarts && three.orderChannels == one.orderChannels)
                    #expect(three.reversals == one.reversals && three.unmatchedReturns == one.unmatchedReturns)
                }
            }
        }
    }

    /// So many lines that partitions are settled again and again: orders come back long after, in no order.
    @Test(arguments: 0..<6 as Range<UInt64>)
    func `Orders whose lines lie far apart are one order`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let customers = ["one", "another", "a customer of a long id"]
        let orderCount = [300, 5000, 40_000][random.index(below: 3)]
        let prefix = ["", "00", "order-of-a-long-id-"][Int(seed) % 3]
        let blocks = (0..<10).map { _ in
            (0..<3000).map { _ in
                let order = random.index(below: orderCount)
                return TransactionLine(
                    customers[order % 3], order: prefix + String(order),
                    channel: ["web", "store", ""][random.index(below: 3)],
                    day: Int32(order % 50 + random.index(below: 3)), second: Int32(random.index(below: 3)) * 4000 - 1,
                    value: Int64(random.index(below: 50)) - (random.index(below: 40) == 0 ? 50 : 0))
            }
        }
        let gathering = Gathering(columns: [.order, .channel], countsProducts: false)
        let expected = PlainHistory(blocks, gathering)
        let one = try gathering.history(blocks)
        #expect(PlainHistory(one) == expected)
        let three = try gathering.history(blocks, threads: 3, seed: seed)
        #expect(PlainHistory(three) == expected)
        #expect(three.orderDays == one.orderDays && three.orderValues == one.orderValues)
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `Customers ascend by their bytes, and their orders by day`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var ids = Self.ids(&random, count: 3000)
        let letters = Array("ab\u{0}\u{7F}é".utf8)
        for _ in 0..<2000 {
            ids.append((0..<random.index(below: 20)).map { _ in letters[random.index(below: letters.count)] })
        }
        let lines = ids.map { TransactionLine(customer: $0, order: $0, day: Int32(random.index(below: 500)), value: 1) }
        let history = try Gathering(columns: [.order], countsProducts: false).history([lines], threads: 2)
        let found = (0..<history.customers.count).map { history.customers.withBytes(at: $0) { Array($0) } }
        #expect(found == Set(ids).sorted { $0.lexicographicallyPrecedes($1) })
        for customer in 0..<history.customers.count {
            let days = history.orderDays[history.orderStarts[customer]..<history.orderStarts[customer + 1]]
            #expect(days.elementsEqual(days.sorted()))
        }
    }

    @Test func `Many lines, more than a worker gathers at a time`() throws {
        var random = SeededGenerator(seed: 5)
        let blocks = (0..<40).map { _ in
            (0..<10_000).map { _ in
                TransactionLine(
                    "customer \(random.index(below: 5000))",
                    order: "order of many bytes \(random.index(below: 30_000))",
                    product: "\(random.index(below: 50))", day: Int32(random.index(below: 300)),
                    quantity: random.index(below: 50) == 0 ? -1 : 1, value: Int64(random.index(below: 90)))
            }
        }
        let gathering = Gathering(columns: [.order, .product, .quantity])
        let expected = PlainHistory(blocks, gathering)
        #expect(PlainHistory(try gathering.history(blocks)) == expected)
        #expect(PlainHistory(try gathering.history(blocks, threads: 3, seed: 1)) == expected)
    }

    @Test func `Long ids, of which few fit into a worker's memory`() throws {
        let ids = (0..<20).map { number in [UInt8](repeating: UInt8(number), count: 1 << 20) }
        let blocks = (0..<60).map {
            [TransactionLine(customer: ids[$0 % 20], order: ids[$0 % 7], day: 1, value: 10_000)]
        }
        let gathering = Gathering(columns: [.order], countsProducts: false)
        #expect(PlainHistory(try gathering.history(blocks, threads: 2)) == PlainHistory(blocks, gathering))
    }

    @Test func `One customer with very many orders, the newest first`() throws {
        let lines = (0..<20_000).map { TransactionLine("till", order: "\($0)", day: 30_000 - Int32($0), value: 1) }
        let history = try Gathering(columns: [.order], countsProducts: false).history([lines])
        #expect(history.orderDays == (10_001...30_000).map { Int32($0) })
    }

    @Test func `A customer may be known without a transaction`() throws {
        let builder = PurchaseHistoryBuilder(orderRule: .column, returns: .match, countsProducts: false, threads: 1)
        for (id, day) in [("b", 5), ("a", nil), ("b", 3), ("c", nil)] as [(String, Int32?)] {
            Array(id.utf8).withUnsafeBufferPointer { bytes in
                if let day { builder.register(bytes, response: day) } else { builder.register(bytes) }
            }
        }
        let batch = OwnedBatch([TransactionLine("c", order: "1", day: 2, value: 7)], columns: [.order], block: 0)
        builder.add(batch.batch, worker: 0)
        let history = try builder.finish(decimals: 2, parallel: Parallel(threads: 1))
        #expect((0..<3).map { history.customers[$0] } == ["a", "b", "c"])
        #expect(history.hasTransactions == [false, false, true])
        #expect(history.lastResponses == [PurchaseHistory.noDay, 5, PurchaseHistory.noDay])
        #expect(history.orderStarts == [0, 0, 0, 1])
        #expect(history.period == Day(number: 2)...Day(number: 2))
    }

    @Test func `Lines by day count purchases and returns`() {
        let builder = PurchaseHistoryBuilder(orderRule: .row, returns: .net, countsProducts: false, threads: 2)
        let lines = [3, 3, 1, 3, 1, 2].map { TransactionLine("a", day: $0, value: $0 == 2 ? -5 : 5) }
        let (one, two) = (OwnedBatch(lines, columns: [], block: 0), OwnedBatch(lines, columns: [], block: 1))
        builder.add(one.batch, worker: 0)
        builder.add(two.batch, worker: 1)
        #expect(builder.dayCounts.map(\.day.number) == [1, 2, 3])
        #expect(builder.dayCounts.map(\.lines) == [4, 2, 6])
        #expect(!builder.needsCandidates(parallel: Parallel(threads: 2)))
    }

    @Test func `Nothing at all is an empty history`() throws {
        let history = try Gathering().history([[]])
        #expect(history.customers.count == 0 && history.orderStarts == [0] && history.period == nil)
        #expect(history.purchaseDays(asOf: Day(number: 0)).starts == [0])
    }

    @Test func `More channels than there are codes for are no channels, whoever came first`() throws {
        func history(_ count: Int, threads: Int) throws -> PurchaseHistory {
            let blocks = (0..<count).map {
                [TransactionLine("c\($0)", order: "1", channel: "channel \($0)", day: 1, value: 1)]
            }
            return try Gathering(columns: [.order, .channel], countsProducts: false).history(
                blocks, threads: threads, seed: UInt64(count))
        }
        let most = try history(255, threads: 3)
        #expect(most.channels.count == 255)
        #expect(Set(most.orderChannels).count == 255 && !most.orderChannels.contains(PurchaseHistory.noChannel))
        for threads in [1, 3] {
            let more = try history(256, threads: threads)
            #expect(more.channels.isEmpty)
            #expect(more.orderChannels.allSatisfy { $0 == PurchaseHistory.noChannel })
        }
    }

    @Test func `An order beyond the range of money is a problem, not another number`() {
        let half = Int64.max / 2
        for (count, gap) in [(3, 0), (3, 1), (2, 0)] {
            let lines = (0..<count).flatMap { number in
                [TransactionLine(customer: [1], order: [1], day: 1, value: half + 1)]
                    + (0..<gap).map { _ in TransactionLine(customer: [2], order: [UInt8(number)], day: 1, value: 1) }
            }
            for threads in [1, 2] {
                let found = #expect(throws: Problem.self) {
                    try Gathering(columns: [.order], countsProducts: false).history(
                        lines.map { [$0] }, threads: threads)
                }
                #expect(found?.kind == .data)
                #expect(throws: Problem.self) {
                    try Gathering(columns: [.order], countsProducts: false).history([lines], threads: threads)
                }
            }
        }
    }

    @Test func `An order up to the range of money is that number`() throws {
        let line = TransactionLine(customer: [1], order: [1], day: 1, value: Int64.max / 2)
        let history = try Gathering(columns: [.order], countsProducts: false).history([[line, line]])
        #expect(history.orderValues == [Int64.max / 2 * 2])
    }
}
