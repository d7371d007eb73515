import CustomerData
import Statistics

extension SimulatedCompany {
    /// Rows of transactions.csv for orders `rows` of `0..<orderCount`, in the order of time.
    ///
    /// - Complexity: O(lines).
    public func transactions(_ rows: Range<Int>) -> ResultTable {
        var columns = TransactionRows(lineCount: rows.count * 3)
        var lines: [BasketLine] = []
        for row in rows {
            let event = orders[row]
            let number = Int(population.personOf[Int(event.record)])
            let person = population.persons[number]
            plan.baskets.draw(event, person: person, number: number, calendar: plan.calendar, into: &lines)
            if event.kind == .returnedLine {
                // Which of the lines comes back does not depend on when.
                lines = [lines[(number + Int(event.ordinal)) % lines.count]]
            }
            columns.begin(order: row, event, number, person, plan)
            let goods = plan.baskets.catalogue
            for line in lines { columns.add(line, category: goods.categoryOf[line.product]) }
        }
        return columns.table(plan)
    }

    /// The id of an order: an `R` before those that take goods back.
    static func id(ofOrder row: Int, _ event: OrderEvent) -> String {
        (event.kind.isReturn ? "R" : "A") + String(1_000_001 + row)
    }
}

/// The columns of transactions.csv as they grow.
private struct TransactionRows {
    private var orderIDs = IdentifierList()
    private var customers = IdentifierList()
    private var times = IdentifierList()
    private var devices = IdentifierList()
    private var products: [UInt16] = []
    private var categories: [UInt16] = []
    private var quantities: [Int64] = []
    private var prices: [Int128] = []
    private var channels: [UInt16] = []
    private var currencies: [UInt16] = []
    private var cities: [UInt16] = []
    private var coupons: [UInt16] = []
    private var clerks: [UInt16] = []
    /// What all lines of the order that has begun have in common.
    private var orderID = ASCIIText()
    private var customer = ASCIIText()
    private var time = ASCIIText()
    private var device = ASCIIText()
    private var sign: Int64 = 1
    private var rate = 1.0
    private var (channel, currency, city): (UInt16, UInt16, UInt16) = (0, 0, 0)
    private var (coupon, clerk): (UInt16, UInt16) = (0, 0)

    /// Clerks at the till; the last keeps the money of orders booked back.
    static let clerks = (1...12).map { $0 < 10 ? "K0\($0)" : "K\($0)" }
    static let channels = ["store", "web", "app"]
    /// An index that is an empty cell.
    static let none = UInt16.max

    init(lineCount: Int) {
        orderIDs.reserve(count: lineCount, byteCount: lineCount * 8)
        customers.reserve(count: lineCount, byteCount: lineCount * 8)
        times.reserve(count: lineCount, byteCount: lineCount * 19)
        devices.reserve(count: lineCount, byteCount: lineCount * 4)
        products.reserveCapacity(lineCount)
        categories.reserveCapacity(lineCount)
        quantities.reserveCapacity(lineCount)
        prices.reserveCapacity(lineCount)
        channels.reserveCapacity(lineCount)
        currencies.reserveCapacity(lineCount)
        cities.reserveCapacity(lineCount)
        coupons.reserveCapacity(lineCount)
        clerks.reserveCapacity(lineCount)
    }

    mutating func begin(
        order row: Int, _ event: OrderEvent, _ number: Int, _ person: Person, _ plan: CompanyPlan
    ) {
        orderID.set(event.kind.isReturn ? "R" : "A", number: 1_000_001 + row)
        customer.set("C", number: 100_001 + Int(event.record))
        let (day, second) = Int(event.second).quotientAndRemainder(dividingBy: ShopCalendar.daySeconds)
        time.set(plan.calendar.firstDay.advanced(byDays: day), second: second)
        sign = event.kind.isReturn ? -1 : 1
        channel = UInt16(event.channel)
        // What is taken back has the price of the day on which it was bought.
        let priced = Int(event.origin) / ShopCalendar.daySeconds
        let currency = plan.currencies.currency(script: person.script)
        self.currency = UInt16(currency)
        rate = plan.currencies.rate(currency, day: priced)
        let isStranger = event.kind == .stolen
        // Strangers order from a device and a place of their own.
        let home = plan.scriptCities[Int(person.script)] + Int(person.city)
        city = UInt16(isStranger ? (home + plan.scriptCities[1]) % plan.scriptCities[3] : home)
        device.set("")
        if event.channel > 0 { device.set("D", number: isStranger ? 90_000_001 + row : 10_000_001 + number) }
        coupon = event.kind == .welcome || event.kind == .couponAgain ? 0 : TransactionRows.none
        let isTill = event.channel == 0
        let clerk = event.kind == .clerkRefund ? 11 : Int(event.second) / 97 % TransactionRows.clerks.count
        self.clerk = isTill ? UInt16(clerk) : TransactionRows.none
    }

    mutating func add(_ line: BasketLine, category: Int) {
        orderID.append(to: &orderIDs)
        customer.append(to: &customers)
        time.append(to: &times)
        device.append(to: &devices)
        products.append(UInt16(line.product))
        categories.append(UInt16(category))
        quantities.append(sign * Int64(line.quantity))
        let cents = rate == 1 ? line.cents : max(1, Int((Double(line.cents) / rate).rounded()))
        prices.append(Int128(cents) * 100)
        currencies.append(currency)
        channels.append(channel)
        cities.append(city)
        coupons.append(coupon)
        clerks.append(clerk)
    }

    func table(_ plan: CompanyPlan) -> ResultTable {
        let goods = plan.baskets.catalogue
        return ResultTable(
            name: "transactions",
            columns: [
                .init("order_id", .identifiers(orderIDs)), .init("customer_id", .identifiers(customers)),
                .init("order_time", .identifiers(times)),
                .init("product_id", .categories(products, labels: goods.ids)),
                .init("description", .categories(products, labels: goods.names)),
                .init("category", .categories(categories, labels: goods.categories.map(\.name))),
                .init("quantity", unit: "units", .integers(quantities)),
                .init("unit_price", unit: "money", .money(prices, decimals: 2)),
                .init("channel", .categories(channels, labels: TransactionRows.channels)),
                .init(
                    "currency",
                    .categories(currencies, labels: plan.currencies.codes)),
                .init("device", .identifiers(devices)),
                .init("city", .categories(cities, labels: plan.cityNames)),
                .init("coupon", .categories(coupons, labels: ["WELCOME20"])),
                .init("clerk", .categories(clerks, labels: TransactionRows.clerks)),
            ])
    }
}

/// A short ASCII text that is made once and added to a list often.
struct ASCIIText {
    private var bytes: (UInt64, UInt64, UInt64) = (0, 0, 0)
    private var count = 0

    /// A letter and a number behind it.
    mutating func set(_ letter: StaticString, number: Int = 0) {
        count = letter.utf8CodeUnitCount
        guard count > 0 else { return }
        var digits = 1
        var bound = 10
        while number >= bound {
            digits += 1
            bound *= 10
        }
        let first = letter.utf8Start[0]
        withUnsafeMutableBytes(of: &bytes) { bytes in
            bytes[0] = first
            ASCIIText.put(number, digits, at: 1, in: bytes)
        }
        count = 1 + digits
    }

    /// A moment, `2024-03-20 17:05:00`.
    mutating func set(_ day: Day, second: Int) {
        let (year, month, date) = day.civil
        withUnsafeMutableBytes(of: &bytes) { bytes in
            for (place, sign) in [(4, UInt8(ascii: "-")), (7, 45), (10, 32), (13, 58), (16, 58)] { bytes[place] = sign }
            ASCIIText.put(year, 4, at: 0, in: bytes)
            ASCIIText.put(month, 2, at: 5, in: bytes)
            ASCIIText.put(date, 2, at: 8, in: bytes)
            ASCIIText.put(second / 3600, 2, at: 11, in: bytes)
            ASCIIText.put(second / 60 % 60, 2, at: 14, in: bytes)
            ASCIIText.put(second % 60, 2, at: 17, in: bytes)
        }
        count = 19
    }

    func append(to list: inout IdentifierList) {
        withUnsafeBytes(of: bytes) { list.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    private static func put(_ number: Int, _ digits: Int, at start: Int, in bytes: UnsafeMutableRawBufferPointer) {
        var rest = number
        for place in (start..<start + digits).reversed() {
            bytes[place] = UInt8(48 + rest % 10)
            rest /= 10
        }
    }
}
