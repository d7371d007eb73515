/// The columns of a batch as plain pointers, made for loops over rows.
struct BatchRows {
    let text: UnsafePointer<UInt8>
    let customers: UnsafeMutablePointer<Span>
    let orders: UnsafeMutablePointer<Span>
    let days: UnsafeMutablePointer<Int32>
    let seconds: UnsafeMutablePointer<Int32>
    let values: UnsafeMutablePointer<Int64>
    private let channels: UnsafeMutablePointer<Span>
    private let quantities: UnsafeMutablePointer<Int64>
    let hasChannel: Bool
    private let hasQuantity: Bool
    private let orderRule: OrderRule
    private let block: Int

    init(_ batch: TransactionBatch, _ orderRule: OrderRule) {
        text = batch.text
        (customers, orders, channels) = (batch.customers, batch.orders, batch.channels)
        (days, seconds, values, quantities) = (batch.days, batch.seconds, batch.values, batch.quantities)
        hasChannel = batch.columns.contains(.channel)
        hasQuantity = batch.columns.contains(.quantity)
        block = batch.block
        self.orderRule = orderRule
    }

    @inline(__always)
    func isReturn(_ row: Int) -> Bool { values[row] < 0 || (hasQuantity && quantities[row] < 0) }

    /// Whether a row is a purchase line of the same order and time as the row before.
    @inline(__always)
    func continuesOrder(_ row: Int) -> Bool {
        days[row] == days[row - 1] && seconds[row] == seconds[row - 1] && same(customers, row)
            && (orderRule != .column || same(orders, row)) && (!hasChannel || same(channels, row)) && !isReturn(row)
    }

    /// The key of a row's order, or nil when the order's id is a long one.
    @inline(__always)
    func orderKey(_ row: Int) -> UInt64? {
        switch orderRule {
        case .customerDay: OrderKey.day(days[row])
        case .row: OrderKey.row(UInt64(block) << 32 | UInt64(row))
        case .column: OrderKey.short(text + Int(orders[row].start), Int(orders[row].length))
        }
    }

    /// Whether a row's bytes are those of the row before.
    @inline(__always)
    private func same(_ column: UnsafeMutablePointer<Span>, _ row: Int) -> Bool {
        let (left, right) = (column[row], column[row - 1])
        guard left.length == right.length else { return false }
        let length = Int(left.length)
        let leftBytes = UnsafeRawPointer(text + Int(left.start))
        let rightBytes = UnsafeRawPointer(text + Int(right.start))
        var offset = 0
        while length - offset > 8 {
            if leftBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != rightBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset += 8
        }
        return ByteHash.tail(leftBytes + offset, length - offset) == ByteHash.tail(rightBytes + offset, length - offset)
    }
}
