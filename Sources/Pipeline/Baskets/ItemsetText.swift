import Baskets
import CustomerData

/// Itemsets as rows of CSV: `items,size,count`. Numbers are separated by blanks; names are a JSON array, in which commas,
/// quotes and line ends of a name survive.
struct ItemsetText: Sendable {
    static let header = "items,size,count\n"

    /// The names one behind the other, each with eight readable bytes behind it.
    private var texts: [UInt8] = []
    /// Where the name of each number of a block begins; one more than there are numbers.
    private var starts: [Int] = [0]
    /// What items of a row are ordered by.
    private let items: [UInt32]
    private let areNumbers: Bool

    /// The rows of a search's sets.
    init(_ search: ItemsetSearch, _ baskets: BasketTable) {
        items = search.items
        areNumbers = baskets.areNumbers
        for item in items {
            texts += areNumbers ? Array(baskets.names[Int(item)].utf8) : ItemsetText.quoted(baskets.names[Int(item)])
            starts.append(texts.count)
        }
        texts += [UInt8](repeating: 0, count: 8)
    }

    /// A name as a JSON string in a quoted cell.
    private static func quoted(_ name: String) -> [UInt8] {
        var text: [UInt8] = Array("\"\"".utf8)
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "\""): text += Array("\\\"\"".utf8)
            case UInt8(ascii: "\\"): text += Array("\\\\".utf8)
            case UInt8(ascii: "\n"): text += Array("\\n".utf8)
            case UInt8(ascii: "\r"): text += Array("\\r".utf8)
            case UInt8(ascii: "\t"): text += Array("\\t".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                text += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            default: text.append(byte)
            }
        }
        return text + Array("\"\"".utf8)
    }

    /// The rows of a block's sets, the items of each in the order of their names.
    func rows(_ block: ItemsetBlock) -> [UInt8] {
        var capacity = 8
        block.forEach { set, _ in
            capacity += 40
            for number in set { capacity += starts[Int(number) + 1] - starts[Int(number)] + 1 }
        }
        let longest = items.count + 1
        return texts.withUnsafeBytes { texts in
            starts.withUnsafeBufferPointer { starts in
                items.withUnsafeBufferPointer { items in
                    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: longest) { sorted in
                        [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
                            let rows = UnsafeMutableRawBufferPointer(buffer)
                            var end = 0
                            block.forEach { set, count in
                                ItemsetText.sort(set, into: sorted, by: items)
                                if !areNumbers {
                                    rows[end] = UInt8(ascii: "\"")
                                    rows[end + 1] = UInt8(ascii: "[")
                                    end += 2
                                }
                                for position in 0..<set.count {
                                    if position > 0 {
                                        rows[end] = areNumbers ? UInt8(ascii: " ") : UInt8(ascii: ",")
                                        end += 1
                                    }
                                    let number = Int(sorted[position])
                                    let (begin, stop) = (starts[number], starts[number + 1])
                                    var from = begin
                                    while from < stop {
                                        rows.storeBytes(
                                            of: texts.loadUnaligned(fromByteOffset: from, as: UInt64.self),
                                            toByteOffset: end + from - begin, as: UInt64.self)
                                        from += 8
                                    }
                                    end += stop - begin
                                }
                                if !areNumbers {
                                    rows[end] = UInt8(ascii: "]")
                                    rows[end + 1] = UInt8(ascii: "\"")
                                    end += 2
                                }
                                rows[end] = UInt8(ascii: ",")
                                end = ItemsetText.write(set.count, rows, end + 1)
                                rows[end] = UInt8(ascii: ",")
                                end = ItemsetText.write(count, rows, end + 1)
                                rows[end] = UInt8(ascii: "\n")
                                end += 1
                            }
                            initialized = end
                        }
                    }
                }
            }
        }
    }

    /// Puts the numbers of a set in the order of their items; by insertion, for sets are short.
    private static func sort(
        _ set: UnsafeBufferPointer<UInt32>, into sorted: UnsafeMutableBufferPointer<UInt32>,
        by items: UnsafeBufferPointer<UInt32>
    ) {
        for position in 0..<set.count {
            let number = set[position]
            let item = items[Int(number)]
            var place = position
            while place > 0, items[Int(sorted[place - 1])] > item {
                sorted[place] = sorted[place - 1]
                place -= 1
            }
            sorted[place] = number
        }
    }

    /// Writes a number that is not negative; gives where it ends.
    private static func write(_ number: Int, _ rows: UnsafeMutableRawBufferPointer, _ start: Int) -> Int {
        var digits = 1
        var rest = number / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        rest = number
        for position in stride(from: start + digits - 1, through: start, by: -1) {
            rows[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return start + digits
    }
}
