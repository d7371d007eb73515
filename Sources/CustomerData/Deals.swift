/// Deals as columns of one length, a row a deal, in the order of the file.
public struct Deals: Sendable {
    /// A column of names: each name once, and which of them each deal has.
    public struct Names: Sendable {
        /// The names in the order in which they first appear; an empty one stands for an empty cell.
        public internal(set) var names: [String]
        /// The position in `names` of each deal's name.
        public let codes: [Int32]

        /// The same with other names, one a name.
        public func renamed(_ name: (String) -> String) -> Names {
            var renamed = self
            renamed.names = names.map(name)
            return renamed
        }
    }

    /// The stage that each deal has come to.
    public let stages: Names
    /// With whom each deal is.
    public var accounts: Names
    /// Who works on each deal.
    public var owners: Names
    /// What each deal is about.
    public let products: Names
    /// What each deal is worth, in ten-thousandths; `noAmount` where it is not known.
    public let amounts: [Int64]
    /// Day number of each deal's beginning; `PurchaseHistory.noDay` where it is not known.
    public let opened: [Int32]
    /// Day number of each deal's end, as the file states it; `PurchaseHistory.noDay` where it states none.
    public let closed: [Int32]
    /// The most decimals, 0–4, that an amount has.
    public let decimals: Int

    /// Stands for "the amount is not known".
    public static let noAmount = Int64.min

    /// Deals.
    public var count: Int { amounts.count }
}

/// Gathers deals in the order in which they are added.
///
/// Memory: 36 bytes a deal, its id, and each name once.
public final class DealsBuilder {
    /// Names in the making.
    private struct Column: ~Copyable {
        var table = ByteTable()
        var codes: [Int32] = []

        mutating func append(_ name: UnsafeBufferPointer<UInt8>?) {
            // Eight bytes behind an empty name are read, too.
            guard let base = name?.baseAddress, let count = name?.count else {
                let nothing: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0]
                let number = nothing.withUnsafeBufferPointer { table.number($0.baseAddress.unsafelyUnwrapped, 0) }
                return codes.append(Int32(number))
            }
            codes.append(Int32(table.number(base, count)))
        }

        var names: Deals.Names {
            Deals.Names(
                names: (0..<table.count).map { String(decoding: table[$0], as: UTF8.self) }, codes: codes)
        }
    }

    private var ids = ByteTable()
    private var stages = Column()
    private var accounts = Column()
    private var owners = Column()
    private var products = Column()
    private var amounts: [Int64] = []
    private var opened: [Int32] = []
    private var closed: [Int32] = []
    private var decimals = 0

    /// No deals.
    public init() {}

    /// Enters an id; false when it was entered before. Eight bytes behind it are readable.
    public func enter(id: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = id.baseAddress else { return true }
        let known = ids.count
        return ids.number(base, id.count) == known
    }

    /// Adds a deal; nil stands for what is not known. Eight bytes behind each name are readable.
    ///
    /// - Parameters:
    ///   - amount: in ten-thousandths, with the decimals that it is written with.
    ///   - opened: day number.
    ///   - closed: day number.
    public func add(
        stage: UnsafeBufferPointer<UInt8>, account: UnsafeBufferPointer<UInt8>?, owner: UnsafeBufferPointer<UInt8>?,
        product: UnsafeBufferPointer<UInt8>?, amount: (tenThousandths: Int64, decimals: Int)?, opened: Int32?,
        closed: Int32?
    ) {
        stages.append(stage)
        accounts.append(account)
        owners.append(owner)
        products.append(product)
        amounts.append(amount?.tenThousandths ?? Deals.noAmount)
        decimals = max(decimals, amount?.decimals ?? 0)
        self.opened.append(opened ?? PurchaseHistory.noDay)
        self.closed.append(closed ?? PurchaseHistory.noDay)
    }

    /// What was added.
    public func finish() -> Deals {
        Deals(
            stages: stages.names, accounts: accounts.names, owners: owners.names, products: products.names,
            amounts: amounts, opened: opened, closed: closed, decimals: decimals)
    }
}
