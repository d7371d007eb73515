/// What a search may hold.
public struct ItemsetMemory: Hashable, Sendable {
    /// The budget for the whole process, in bytes.
    public let byteCount: Int
    /// Bytes that the process holds before the search, the baskets among them.
    public let heldBytes: Int

    /// A budget, and what is used of it.
    public init(byteCount: Int, heldBytes: Int) {
        self.byteCount = byteCount
        self.heldBytes = heldBytes
    }

    /// Bytes of sets that may wait for those before them: a sixteenth of the budget, and 32 MiB at most.
    var mostWaitingBytes: Int { min(1 << 25, byteCount / 16) }

    /// Bytes as a person writes them: `512M`, `2G`; nil for another text.
    public static func bytes(_ text: String) -> Int? {
        guard let unit = text.last, let power = ["K": 10, "M": 20, "G": 30, "T": 40][unit.uppercased()],
            let number = Int(text.dropLast()), number > 0, number < 1 << 20
        else { return nil }
        return number << power
    }

    /// Bytes as a person reads them, rounded up: `813M`.
    public static func text(_ bytes: Int) -> String {
        bytes % (1 << 30) == 0 ? "\(bytes >> 30)G" : "\((bytes + (1 << 20) - 1) >> 20)M"
    }
}
