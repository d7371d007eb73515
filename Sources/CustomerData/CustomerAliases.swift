/// Under which id customers go on that are on record under several: the id of their golden record by each of the others.
///
/// It does not change after it was made; any number of threads may ask it. Memory: the bytes of the ids, 24 bytes an alias
/// and 16 a distinct id.
public final class CustomerAliases: @unchecked Sendable {
    private var aliases = ByteTable()
    private var targets = ByteTable()
    private var targetOfAlias: [Int] = []

    /// - Parameter pairs: an alias and the id it goes by, each alias once.
    public init(_ pairs: some Sequence<(alias: String, id: String)>) {
        for (alias, id) in pairs {
            let number = CustomerAliases.withPadded(alias) { aliases.number($0, $1) }
            guard number == targetOfAlias.count else { continue }
            targetOfAlias.append(CustomerAliases.withPadded(id) { targets.number($0, $1) })
        }
    }

    /// How many ids go by another.
    public var count: Int { targetOfAlias.count }

    /// The id by which this one goes; nil where it goes by itself. Eight bytes behind it are readable.
    @inline(__always)
    public func id(of alias: UnsafePointer<UInt8>, _ length: Int) -> UnsafeBufferPointer<UInt8>? {
        aliases.known(alias, length).map { targets[targetOfAlias[$0]] }
    }

    /// As above; an empty id goes by itself.
    public func id(of alias: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        alias.baseAddress.flatMap { id(of: $0, alias.count) }
    }

    private static func withPadded<Result>(
        _ text: String, _ body: (UnsafePointer<UInt8>, Int) -> Result
    ) -> Result {
        let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 8)
        return bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("there are eight bytes at least") }
            return body(start, text.utf8.count)
        }
    }
}
