import CustomerData

/// A column made ready for writing: where its values lie and how a cell is made of one. Its pointers hold as long as
/// the call of `withColumns` that made it.
struct CSVColumn {
    enum Kind {
        case identifiers, days, integers, money, reals, fixed, categories, flags, texts
    }

    let kind: Kind
    /// First value, of the type that belongs to the kind; of identifiers, the first of all their bytes.
    let values: UnsafeRawPointer
    let decimals: Int
    /// Cells of the labels, one after the other, with sixteen bytes to spare.
    let labels: UnsafePointer<UInt8>?
    /// Where each identifier, or each label, ends.
    let ends: UnsafeBufferPointer<Int>
    /// Room that a cell takes at most and its separator; cells that make room themselves count their separator.
    let room: Int

    private init(
        _ kind: Kind, _ values: UnsafeRawPointer, decimals: Int = 0, labels: UnsafePointer<UInt8>? = nil,
        ends: UnsafeBufferPointer<Int> = .init(start: nil, count: 0), cellRoom: Int = 0
    ) {
        self.kind = kind
        self.values = values
        self.decimals = decimals
        self.labels = labels
        self.ends = ends
        room = cellRoom + 2
    }

    /// Calls `body` with the columns of a table.
    static func withColumns<Result>(
        of table: ResultTable, formulaSafe: Bool, _ body: (UnsafeBufferPointer<CSVColumn>) throws -> Result
    ) rethrows -> Result {
        func ready(_ index: Int, _ done: [CSVColumn]) throws -> Result {
            guard index < table.columns.count else { return try done.withUnsafeBufferPointer(body) }
            return try with(table.columns[index].values, formulaSafe: formulaSafe) { try ready(index + 1, done + [$0]) }
        }
        return try ready(0, [])
    }

    private static func with<Result>(
        _ values: ResultTable.Values, formulaSafe: Bool, _ body: (CSVColumn) throws -> Result
    ) rethrows -> Result {
        switch values {
        case .identifiers(let list):
            try list.withStorage { bytes, ends in
                try with(UnsafeRawBufferPointer(bytes)) { try body(CSVColumn(.identifiers, $0, ends: ends)) }
            }
        case .texts(let texts):
            try withUnsafePointer(to: texts) { try body(CSVColumn(.texts, $0)) }
        case .days(let days):
            try with(days) { try body(CSVColumn(.days, $0, cellRoom: 16)) }
        case .integers(let integers):
            try with(integers) { try body(CSVColumn(.integers, $0, cellRoom: CellBuffer.numberRoom)) }
        case .money(let money, let decimals):
            try with(money) { try body(CSVColumn(.money, $0, decimals: min(max(decimals, 0), 4), cellRoom: 44)) }
        case .reals(let reals):
            try with(reals) { try body(CSVColumn(.reals, $0)) }
        case .fixed(let reals, let decimals):
            try with(reals) { try body(CSVColumn(.fixed, $0, decimals: max(decimals, 0))) }
        case .flags(let flags):
            try with(flags) { try body(CSVColumn(.flags, $0, cellRoom: 5)) }
        case .categories(let codes, let labels):
            try with(codes) { codes in
                var cells = CellBuffer(capacity: 256)
                defer { cells.deallocate() }
                var widest = 0
                let ends = labels.map { label in
                    let start = cells.count
                    var label = label
                    label.withUTF8 { cells.put(cell: $0, formulaSafe: formulaSafe, room: 0) }
                    widest = max(widest, cells.count - start)
                    return cells.count
                }
                cells.reserve(16)
                return try ends.withUnsafeBufferPointer {
                    try body(CSVColumn(.categories, codes, labels: cells.base, ends: $0, cellRoom: max(widest, 16)))
                }
            }
        }
    }

    /// Calls `body` with where the values of an array lie, which is never nil.
    private static func with<Value, Result>(_ values: [Value], _ body: (UnsafeRawPointer) throws -> Result) rethrows
        -> Result
    {
        try values.withUnsafeBytes { try with($0, body) }
    }

    private static func with<Result>(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawPointer) throws -> Result)
        rethrows -> Result
    {
        if let start = bytes.baseAddress { return try body(start) }
        // An empty array may lie nowhere; what lies here is never read.
        return try withUnsafePointer(to: 0) { try body($0) }
    }

    /// Adds the cell of a row; `room` bytes must be free, at least the column's own, and are free again after it.
    @inline(__always)
    func put(row: Int, into buffer: inout CellBuffer, formulaSafe: Bool, room: Int) {
        switch kind {
        case .identifiers:
            let start = row == 0 ? 0 : ends[row - 1]
            let bytes = values.assumingMemoryBound(to: UInt8.self) + start
            let cell = UnsafeBufferPointer(start: bytes, count: ends[row] - start)
            buffer.put(cell: cell, formulaSafe: formulaSafe, room: room)
        case .texts:
            var text = values.assumingMemoryBound(to: [String].self).pointee[row]
            text.withUTF8 { buffer.put(cell: $0, formulaSafe: formulaSafe, room: room) }
        case .days:
            let day = values.assumingMemoryBound(to: Int32.self)[row]
            if day != PurchaseHistory.noDay { buffer.put(day: day) }
        case .integers:
            let integer = values.assumingMemoryBound(to: Int64.self)[row]
            if integer != .min { buffer.put(integer) }
        case .money:
            let money = values.assumingMemoryBound(to: Int128.self)[row]
            if money != .min { buffer.put(money: money, decimals: decimals) }
        case .reals:
            let real = values.assumingMemoryBound(to: Double.self)[row]
            if !real.isNaN { buffer.put(shortest: real) }
            buffer.reserve(room)
        case .fixed:
            let real = values.assumingMemoryBound(to: Double.self)[row]
            if !real.isNaN { buffer.put(real, decimals: decimals) }
            buffer.reserve(room)
        case .categories:
            let code = Int(values.assumingMemoryBound(to: UInt16.self)[row])
            guard code < ends.count, let labels else { return }
            let start = code == 0 ? 0 : ends[code - 1]
            buffer.put(padded: labels + start, ends[code] - start)
        case .flags:
            let word: StaticString = values.assumingMemoryBound(to: Bool.self)[row] ? "true" : "false"
            buffer.put(word.utf8Start, word.utf8CodeUnitCount)
        }
    }
}
