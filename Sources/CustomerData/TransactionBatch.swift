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
    public let capacity: Int
    /// Rows that are there.
    public var count = 0
    /// Columns that are filled.
    public let columns: TransactionColumns
    /// What the spans refer to.
    public var text: UnsafePointer<UInt8>
    /// Number of the batch among all of the input: the order of rows is (block, row).
    public var block = 0
    /// Customer ids.
    public let customers: UnsafeMutablePointer<Span>
    /// Order ids; only with `.order`.
    public let orders: UnsafeMutablePointer<Span>
    /// Product ids; only with `.product`.
    public let products: UnsafeMutablePointer<Span>
    /// Channels; only with `.channel`.
    public let channels: UnsafeMutablePointer<Span>
    /// Day numbers.
    public let days: UnsafeMutablePointer<Int32>
    /// Seconds of the day, −1 where the time has none.
    public let seconds: UnsafeMutablePointer<Int32>
    /// Units in ten-thousandths, negative in a return; only with `.quantity`.
    public let quantities: UnsafeMutablePointer<Int64>
    /// Value in ten-thousandths of money, negative in a return.
    public let values: UnsafeMutablePointer<Int64>

    /// A batch with room for so many rows of those columns.
    public init(capacity: Int, columns: TransactionColumns) {
        self.capacity = capacity
        self.columns = columns
        text = UnsafePointer(bitPattern: 8)!  // swift-format-ignore: NeverForceUnwrap
        customers = .allocate(capacity: capacity)
        orders = .allocate(capacity: columns.contains(.order) ? capacity : 0)
        products = .allocate(capacity: columns.contains(.product) ? capacity : 0)
        channels = .allocate(capacity: columns.contains(.channel) ? capacity : 0)
        days = .allocate(capacity: capacity)
        seconds = .allocate(capacity: capacity)
        quantities = .allocate(capacity: columns.contains(.quantity) ? capacity : 0)
        values = .allocate(capacity: capacity)
    }

    deinit {
        customers.deallocate()
        orders.deallocate()
        products.deallocate()
        channels.deallocate()
        days.deallocate()
        seconds.deallocate()
        quantities.deallocate()
        values.deallocate()
    }
}
