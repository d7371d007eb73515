import Glibc

/// An array of plain values, what large tables are kept in. Large blocks grow in place or by moving pages (`realloc`),
/// not by copying; of the room behind the values, pages that were never written take no memory.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 64) {
        self.capacity = capacity
        base = GrowingBuffer.resized(nil, to: capacity)
    }

    deinit { free(base) }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        base[count] = element
        count += 1
    }

    mutating func append(contentsOf elements: UnsafePointer<Element>, count added: Int) {
        reserve(added)
        (base + count).update(from: elements, count: added)
        count += added
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }

    /// Makes room for so many more.
    mutating func reserve(_ added: Int) {
        if count + added > capacity { grow(to: count + added) }
    }

    /// Forgets the elements and keeps the memory.
    mutating func removeAllKeepingMemory() { count = 0 }

    /// Makes the count `newCount`; elements beyond the former count are not initialised.
    mutating func resize(to newCount: Int) {
        if newCount > capacity { grow(to: newCount) }
        count = newCount
    }

    /// Gives the memory back.
    mutating func removeAll() {
        base = GrowingBuffer.resized(base, to: 1)
        capacity = 1
        count = 0
    }

    /// Bytes that a growing block copies at most: a larger one gets room that the system gives page by page.
    private static var copiedByteCount: Int { 1 << 15 }
    /// Bytes of the smallest of these.
    private static var mappedByteCount: Int { 1 << 20 }

    @inline(never)
    private mutating func grow(to needed: Int) {
        capacity = max(needed, capacity * 2)
        if capacity * MemoryLayout<Element>.stride > GrowingBuffer.copiedByteCount {
            capacity = max(capacity, GrowingBuffer.mappedByteCount / MemoryLayout<Element>.stride)
        }
        base = GrowingBuffer.resized(base, to: capacity)
    }

    private static func resized(
        _ memory: UnsafeMutablePointer<Element>?, to capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        guard let grown = realloc(memory, capacity * MemoryLayout<Element>.stride) else {
            preconditionFailure("out of memory")
        }
        return grown.assumingMemoryBound(to: Element.self)
    }
}
