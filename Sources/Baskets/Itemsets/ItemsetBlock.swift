/// Some itemsets, one behind the other.
public struct ItemsetBlock {
    /// For each set the number of its items, the number of its baskets, and its items: numbers of
    /// `ItemsetSearch.items`, in no order.
    public let words: UnsafeBufferPointer<UInt32>

    /// Calls `body` with every set.
    public func forEach(_ body: (_ items: UnsafeBufferPointer<UInt32>, _ count: Int) -> Void) {
        var position = 0
        while position < words.count {
            let length = Int(words[position])
            body(
                UnsafeBufferPointer(rebasing: words[position + 2..<position + 2 + length]), Int(words[position + 1]))
            position += length + 2
        }
    }
}
