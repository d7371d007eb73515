import CustomerData

/// A purchase history by dictionaries and plain loops, straight from the words of the documentation.
struct PlainHistory: Equatable {
    struct Order: Hashable {
        var day: Int32
        var value: Int64
        var lines: Int
        var hour: UInt8
        /// Empty where it is not known.
        var channel: [UInt8]
        /// Days and values of what was taken back.
        var reversals: [[Int64]]
    }

    struct Customer: Equatable {
        /// Counted, since orders of equal days have no order that a plain program would know.
        var orders: [Order: Int] = [:]
        var hasTransactions = true
        var lastReturn = PurchaseHistory.noDay
        var productCount = 0
        /// Days and values of returns that took back nothing, ascending.
        var unmatched: [[Int64]] = []
    }

    var customers: [[UInt8]: Customer] = [:]
    var channels: Set<[UInt8]> = []
    var first: Int32?
    var last: Int32?
    var returnLines = 0
    var matchedLines = 0
    var returnValue: Int128 = 0
    var takenBack: Int128 = 0
    var reversedOrders = 0
    var reversedCustomers = 0

    private struct OrderName: Hashable {
        var customer: [UInt8]
        var key: [Int64]
    }

    private struct Event {
        var time: [Int]
        var line: TransactionLine
        var order: OrderName?
    }

    init(_ blocks: [[TransactionLine]], _ gathering: Gathering) {
        var orders: [OrderName: Order] = [:]
        var earliest: [OrderName: (Int32, UInt8, Int, [UInt8])] = [:]
        var products: [[UInt8]: Set<[UInt8]>] = [:]
        var events: [[[UInt8]]: [Event]] = [:]
        let columns = gathering.columns
        for (block, lines) in blocks.enumerated() {
            for (row, line) in lines.enumerated() {
                first = min(first ?? line.day, line.day)
                last = max(last ?? line.day, line.day)
                var customer = customers[line.customer] ?? Customer()
                defer { customers[line.customer] = customer }
                let product = columns.contains(.product) ? line.product : []
                let isReturn = line.value < 0 || (columns.contains(.quantity) && line.quantity < 0)
                // Without a time a purchase stands at the beginning of its day and a return at its end; at one moment
                // purchases go first.
                let second = line.second >= 0 ? Int(line.second) : isReturn ? 86_399 : 0
                let time = [Int(line.day) * 86_400 + second, isReturn ? 1 : 0, block, row]
                if isReturn {
                    customer.lastReturn = max(customer.lastReturn, line.day)
                    events[[line.customer, product], default: []].append(Event(time: time, line: line))
                    continue
                }
                let key: [Int64] =
                    switch gathering.orderRule {
                    case .column: line.order.map { Int64($0) }
                    case .customerDay: [Int64(line.day)]
                    case .row: [Int64(block), Int64(row)]
                    }
                let name = OrderName(customer: line.customer, key: key)
                let hour = line.second < 0 ? PurchaseHistory.noHour : UInt8(line.second / 3600)
                let channel = columns.contains(.channel) ? line.channel : []
                if !channel.isEmpty { channels.insert(channel) }
                let place = (line.day, hour, channel.isEmpty ? 1 : 0, channel)
                var order =
                    orders[name]
                    ?? Order(day: line.day, value: 0, lines: 0, hour: hour, channel: channel, reversals: [])
                order.value += line.value
                order.lines += 1
                if let known = earliest[name], !PlainHistory.precedes(place, known) {
                } else {
                    earliest[name] = place
                    (order.day, order.hour, order.channel) = (line.day, hour, channel)
                }
                orders[name] = order
                products[line.customer, default: []].insert(product)
                events[[line.customer, product], default: []].append(Event(time: time, line: line, order: name))
            }
        }
        if gathering.countsProducts {
            for (customer, names) in products { customers[customer]?.productCount = names.count }
        }
        for (name, list) in events {
            match(list.sorted { $0.time.lexicographicallyPrecedes($1.time) }, of: name[0], gathering, &orders)
        }
        var left: [[UInt8]: (kept: Int, reversed: Int)] = [:]
        for (name, order) in orders {
            let net = order.value - order.reversals.reduce(0) { $0 + $1[1] }
            if net > 0 || order.value == 0 {
                left[name.customer, default: (0, 0)].kept += 1
            } else {
                left[name.customer, default: (0, 0)].reversed += 1
            }
            var sorted = order
            sorted.reversals.sort { $0.lexicographicallyPrecedes($1) }
            customers[name.customer]?.orders[sorted, default: 0] += 1
        }
        reversedOrders = left.values.reduce(0) { $0 + $1.reversed }
        reversedCustomers = left.values.count { $0.reversed > 0 && $0.kept == 0 }
        for customer in customers.keys {
            customers[customer]?.unmatched.sort { $0.lexicographicallyPrecedes($1) }
        }
    }

    private static func precedes(_ left: (Int32, UInt8, Int, [UInt8]), _ right: (Int32, UInt8, Int, [UInt8])) -> Bool {
        let (leftHead, rightHead) = ((left.0, left.1, left.2), (right.0, right.1, right.2))
        return leftHead == rightHead ? left.3.lexicographicallyPrecedes(right.3) : leftHead < rightHead
    }

    /// Lets returns of one customer and product take back what was bought before.
    private mutating func match(
        _ events: [Event], of customer: [UInt8], _ gathering: Gathering, _ orders: inout [OrderName: Order]
    ) {
        func units(_ line: TransactionLine) -> Int128 {
            Int128(gathering.columns.contains(.quantity) ? line.quantity.magnitude : line.value.magnitude)
        }
        var open: [(order: OrderName, units: Int128, value: Int128)] = []
        for event in events {
            let value = Int128(event.line.value.magnitude)
            if let order = event.order {
                if units(event.line) > 0 { open.append((order, units(event.line), value)) }
                continue
            }
            returnLines += 1
            returnValue += value
            let all = units(event.line)
            var wanted = gathering.returns == .match ? all : 0
            while wanted > 0, let newest = open.popLast() {
                let taken = min(wanted, newest.units)
                let share = PlainHistory.nearest(newest.value * taken, newest.units)
                if taken < newest.units { open.append((newest.order, newest.units - taken, newest.value - share)) }
                if share > 0 { orders[newest.order]?.reversals.append([Int64(event.line.day), Int64(share)]) }
                takenBack += share
                wanted -= taken
            }
            if gathering.returns == .match, wanted == 0, all > 0 {
                matchedLines += 1
            } else {
                let isWhole = gathering.returns != .match || wanted == all
                let rest = isWhole ? value : PlainHistory.nearest(value * wanted, all)
                customers[customer]?.unmatched.append([Int64(event.line.day), -Int64(rest)])
            }
        }
    }

    /// A quotient of whole numbers that are not negative, halves to the even neighbour.
    private static func nearest(_ numerator: Int128, _ divisor: Int128) -> Int128 {
        let floor = numerator / divisor
        let twice = (numerator - floor * divisor) * 2
        if twice == divisor { return floor + floor % 2 }
        return twice > divisor ? floor + 1 : floor
    }

    /// What a history says, in the same form.
    init(_ history: PurchaseHistory) {
        channels = Set(history.channels.map { Array($0.utf8) })
        first = history.period?.lowerBound.number
        last = history.period?.upperBound.number
        var reversals: [Int: [[Int64]]] = [:]
        for entry in history.reversals { reversals[entry.order, default: []].append([Int64(entry.day), entry.value]) }
        var unmatched: [Int: [[Int64]]] = [:]
        for entry in history.unmatchedReturns {
            unmatched[entry.customer, default: []].append([Int64(entry.day), entry.value])
        }
        for position in 0..<history.customers.count {
            var customer = Customer()
            for order in history.orderStarts[position]..<history.orderStarts[position + 1] {
                let code = history.orderChannels[order]
                let plain = Order(
                    day: history.orderDays[order], value: history.orderValues[order],
                    lines: Int(history.orderLines[order]), hour: history.orderHours[order],
                    channel: code == PurchaseHistory.noChannel ? [] : Array(history.channels[Int(code)].utf8),
                    reversals: reversals[order] ?? [])
                customer.orders[plain, default: 0] += 1
            }
            customer.hasTransactions = history.hasTransactions[position]
            customer.lastReturn = history.lastReturns[position]
            customer.productCount = history.productCounts.isEmpty ? 0 : Int(history.productCounts[position])
            customer.unmatched = unmatched[position] ?? []
            customers[history.customers.withBytes(at: position) { Array($0) }] = customer
        }
        returnLines = history.returnAccounts.lines
        matchedLines = history.returnAccounts.matchedLines
        returnValue = history.returnAccounts.value.tenThousandths
        takenBack = history.returnAccounts.takenBack.tenThousandths
        reversedOrders = history.returnAccounts.reversedOrders
        reversedCustomers = history.returnAccounts.reversedCustomers
    }
}
