import Statistics

/// Under which id customers go on that are on record under several: the id of their golden record by each of the others.
///
/// It does not change after it was made; any number of threads may ask it. Memory: the bytes of the ids, 24 bytes an alias
/// and 16 a distinct id.
public struct CustomerAliases: Sendable {
    private final class Names {
        var aliases = ByteTable()
        var targets = ByteTable()
        var targetOfAlias: [Int] = []
    }

    private let names: UncheckedSendable<Names>

    /// - Parameter pairs: an alias and the id it goes by, each alias once.
    public init(_ pairs: some Sequence<(alias: String, id: String)>) {
        let names = Names()
        for (alias, id) in pairs {
            let number = CustomerAliases.withPadded(alias) { names.aliases.number($0, $1) }
            guard number == names.targetOfAlias.count else { continue }
            names.targetOfAlias.append(CustomerAliases.withPadded(id) { names.targets.number($0, $1) })
        }
        self.names = UncheckedSendable(names)
    }

    /// How many ids go by another.
    public var count: Int { names.value.targetOfAlias.count }

    /// The id by which this one goes; nil where it goes by itself. Eight bytes behind it are readable.
    @inline(__always)
    public func id(of alias: UnsafePointer<UInt8>, _ length: Int) -> UnsafeBufferPointer<UInt8>? {
        let names = names.value
        return names.aliases.known(alias, length).map { names.targets[names.targetOfAlias[$0]] }
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
