/// A run of bytes in a batch's text.
public struct Span: BitwiseCopyable, Sendable {
    /// Offset of the first byte.
    public var start: UInt32
    /// Bytes.
    public var length: UInt32

    /// The bytes `start..<start + length`.
    @inlinable
    public init(start: Int, length: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.length = UInt32(truncatingIfNeeded: length)
    }
}

/// Which columns a transaction batch fills, beside customer, day and value.
public struct TransactionColumns: OptionSet, Sendable {
    /// The set as bits.
    public let rawValue: UInt8

    /// A set of columns from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The order id.
    public static let order = TransactionColumns(rawValue: 1)
    /// The product id.
    public static let product = TransactionColumns(rawValue: 2)
    /// The channel's name.
    public static let channel = TransactionColumns(rawValue: 4)
    /// The number of units.
    public static let quantity = TransactionColumns(rawValue: 8)
}

/// Accepted transaction lines as columns: what Ingest hands to the accumulators, a block of a file at a time.
///
/// The columns are raw memory that one worker fills and reads again and again; ids are spans of `text`, which is
/// readable for eight bytes behind every span.
public final class TransactionBatch {
    /// Rows that fit.
    public private(set) var capacity = 0
    /// Rows that are there.
    public var count = 0
    /// Columns that are filled.
    public let columns: TransactionColumns
    /// What the spans refer to; whoever fills the batch sets it.
    public var text: UnsafePointer<UInt8>
    /// Number of the batch among all of the input: the order of rows is (block, row).
    public var block = 0
    /// Customer ids.
    public private(set) var customers: UnsafeMutablePointer<Span>
    /// Order ids; only with `.order`.
    public private(set) var orders: UnsafeMutablePointer<Span>
    /// Product ids; only with `.product`.
    public private(set) var products: UnsafeMutablePointer<Span>
    /// Channels; only with `.channel`.
    public private(set) var channels: UnsafeMutablePointer<Span>
    /// Day numbers.
    public private(set) var days: UnsafeMutablePointer<Int32>
    /// Seconds of the day, −1 where the time has none.
    public private(set) var seconds: UnsafeMutablePointer<Int32>
    /// Units in ten-thousandths, negative in a return; only with `.quantity`.
    public private(set) var quantities: UnsafeMutablePointer<Int64>
    /// Value in ten-thousandths of money, negative in a return.
    public private(set) var values: UnsafeMutablePointer<Int64>

    /// An empty batch of those columns.
    public init(columns: TransactionColumns) {
        self.columns = columns
        customers = .allocate(capacity: 0)
        orders = .allocate(capacity: 0)
        products = .allocate(capacity: 0)
        channels = .allocate(capacity: 0)
        days = .allocate(capacity: 0)
        seconds = .allocate(capacity: 0)
        quantities = .allocate(capacity: 0)
        values = .allocate(capacity: 0)
        text = UnsafeRawPointer(values).assumingMemoryBound(to: UInt8.self)
    }

    /// Empties the batch and makes room for so many rows.
    public func removeAll(reserving rows: Int) {
        count = 0
        guard rows > capacity else { return }
        deallocate()
        capacity = rows + rows / 4
        func room(_ column: TransactionColumns) -> Int { columns.contains(column) ? capacity : 0 }
        customers = .allocate(capacity: capacity)
        orders = .allocate(capacity: room(.order))
        products = .allocate(capacity: room(.product))
        channels = .allocate(capacity: room(.channel))
        days = .allocate(capacity: capacity)
        seconds = .allocate(capacity: capacity)
        quantities = .allocate(capacity: room(.quantity))
        values = .allocate(capacity: capacity)
    }

    /// Bytes that `text` refers to while ids stand behind those of a block.
    private var own: UnsafeMutablePointer<UInt8> = .allocate(capacity: 0)
    private var ownCapacity = 0
    private var ownCount = 0

    /// Makes `text` the batch's own, a copy of its first bytes.
    func copyText(_ extent: Int) {
        ownCount = 0
        append(text, extent)
    }

    /// Puts bytes behind the batch's own text, eight readable ones behind them; gives where they begin.
    func appendToText(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let start = ownCount
        if let base = bytes.baseAddress { append(base, bytes.count) }
        return start
    }

    private func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        if ownCount + length + 8 > ownCapacity {
            ownCapacity = (ownCount + length + 8) * 5 / 4
            let room = UnsafeMutablePointer<UInt8>.allocate(capacity: ownCapacity)
            room.update(from: own, count: ownCount)
            (room + ownCount).update(repeating: 0, count: ownCapacity - ownCount)
            own.deallocate()
            own = room
        }
        (own + ownCount).update(from: bytes, count: length)
        ownCount += length
        text = UnsafePointer(own)
    }

    private func deallocate() {
        customers.deallocate()
        orders.deallocate()
        products.deallocate()
        channels.deallocate()
        days.deallocate()
        seconds.deallocate()
        quantities.deallocate()
        values.deallocate()
    }

    deinit {
        deallocate()
        own.deallocate()
    }
}
