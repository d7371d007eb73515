import CustomerData
import Statistics

/// Files with a basket a line.
public enum BasketForm: String, CaseIterable, Sendable {
    /// Whole numbers separated by blanks, as in the files of the FIMI workshop.
    case dat
    /// Names separated by a delimiter, without a header.
    case lines
}

/// What was found in files with a basket a line.
public struct BasketLines: Sendable {
    /// The baskets.
    public let baskets: BasketTable
    /// Lines without an item: they are no baskets.
    public let emptyCount: Int
    /// Items that stood more than once in their line; they count once.
    public let repeatedCount: Int
}

/// Reads files with a basket a line.
public struct BasketReader: Sendable {
    private let paths: [String]
    private let form: BasketForm
    private let options: TableFile.Options

    /// A reader of files of one form; `options` are for names alone.
    public init(paths: [String], form: BasketForm, options: TableFile.Options = TableFile.Options()) {
        self.paths = paths
        self.form = form
        self.options = options
    }

    /// Reads all files.
    ///
    /// - Throws: `Problem(.inputMissing)` when a file can't be opened; `Problem(.data)` when a line of numbers holds
    ///   something else, and when there is no basket.
    public func read() throws -> BasketLines {
        let found = form == .dat ? try readNumbers() : try readNames()
        guard found.baskets.count > 0 else {
            throw Problem(.data, "\(paths.joined(separator: ", ")): no basket: every line is empty")
        }
        return found
    }

    private func readNames() throws -> BasketLines {
        var builder = BasketTableBuilder()
        var empty = 0
        for path in paths {
            let file = try TableFile(path: path, options: options)
            try file.forEachBlock(parallel: Parallel(threads: 1)) { _, records, _ in
                for record in 0..<records.count {
                    for column in 0..<records.fieldCount(record) {
                        let cell = records.field(record, column)
                        if cell.length > 0 { builder.add(records.text + Int(cell.start), Int(cell.length)) }
                    }
                    if !builder.endBasket() { empty += 1 }
                }
            } commit: { _, _ in
            }
        }
        let repeated = builder.repeatedCount
        return BasketLines(baskets: builder.finish(), emptyCount: empty, repeatedCount: repeated)
    }

    private func readNumbers() throws -> BasketLines {
        var (starts, numbers): ([Int], [UInt32]) = ([0], [])
        var (empty, repeated) = (0, 0)
        for path in paths {
            let input = try InputFile(path: path)
            let source = input.bytes()
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
            defer { buffer.deallocate() }
            var line = 1
            var number: UInt64 = 0
            var isNumber = false
            var hasText = false
            func endNumber() {
                if isNumber { numbers.append(UInt32(truncatingIfNeeded: number)) }
                (number, isNumber) = (0, false)
            }
            func endLine() {
                endNumber()
                let begin = starts[starts.count - 1]
                if numbers.count == begin {
                    empty += 1
                } else {
                    repeated += BasketReader.settle(&numbers, from: begin)
                    starts.append(numbers.count)
                }
                line += 1
                hasText = false
            }
            while case let count = try source.read(into: buffer), count > 0 {
                for position in 0..<count {
                    let byte = buffer[position]
                    hasText = hasText || byte != UInt8(ascii: "\n")
                    switch byte {
                    case UInt8(ascii: "0")...UInt8(ascii: "9"):
                        number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
                        isNumber = true
                        guard number <= UInt32.max else {
                            throw Problem(
                                .data, "\(input.name) line \(line): an item above \(UInt32.max): number items from 0")
                        }
                    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): endNumber()
                    case UInt8(ascii: "\n"): endLine()
                    default:
                        throw Problem(
                            .data,
                            "\(input.name) line \(line): expected whole numbers separated by blanks; for names separated "
                                + "by a delimiter give --format lines, for a table of transactions --format table")
                    }
                }
            }
            if hasText { endLine() }
        }
        let distinct = BasketReader.distinct(numbers)
        var codes: [UInt32] = []
        if let largest = distinct.last, Int(largest) < 1 << 26 {
            codes = [UInt32](repeating: 0, count: Int(largest) + 1)
            for (code, number) in distinct.enumerated() { codes[Int(number)] = UInt32(code) }
            for position in numbers.indices { numbers[position] = codes[Int(numbers[position])] }
        } else {
            let known = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, UInt32($0)) })
            for position in numbers.indices { numbers[position] = known[numbers[position], default: 0] }
        }
        return BasketLines(
            baskets: BasketTable(
                starts: starts, items: numbers, names: IdentifierList(distinct.map { String($0) }), areNumbers: true),
            emptyCount: empty, repeatedCount: repeated)
    }

    /// Sorts the numbers from a position on and leaves out those that are repeated; gives how many these were.
    private static func settle(_ numbers: inout [UInt32], from begin: Int) -> Int {
        var isAscending = true
        for position in (begin + 1)..<max(begin + 1, numbers.count) where numbers[position - 1] >= numbers[position] {
            isAscending = false
            break
        }
        if isAscending { return 0 }
        numbers[begin...].sort()
        var kept = begin
        for position in begin..<numbers.count where position == begin || numbers[position] != numbers[kept - 1] {
            numbers[kept] = numbers[position]
            kept += 1
        }
        let left = numbers.count - kept
        numbers.removeSubrange(kept...)
        return left
    }

    /// The numbers that there are, ascending.
    private static func distinct(_ numbers: [UInt32]) -> [UInt32] {
        guard let largest = numbers.max(), Int(largest) < 1 << 26 else { return Set(numbers).sorted() }
        var isThere = [Bool](repeating: false, count: Int(largest) + 1)
        for number in numbers { isThere[Int(number)] = true }
        return isThere.indices.compactMap { isThere[$0] ? UInt32($0) : nil }
    }
}
