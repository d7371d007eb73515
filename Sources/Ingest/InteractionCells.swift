import CustomerData
import Semantics
import Statistics

/// Tells the kinds of a file's interactions. Rows that follow each other mostly share the kind, which is then looked up
/// once.
struct InteractionKinds {
    private let kind: Int?
    private let direction: Int?
    private var latest: (kind: [UInt8], direction: [UInt8], found: InteractionKind)?

    init(_ roles: RoleAssignment) {
        kind = roles[.kind]
        direction = roles[.direction]
    }

    /// The kind of a record's interaction; nil where the file says nothing about it: then the customer did it.
    mutating func kind(_ records: Records, _ record: Int) -> InteractionKind? {
        guard kind != nil || direction != nil else { return nil }
        let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let name = kind.map { records.bytes(records.field(record, $0)) } ?? empty
        let side = direction.map { records.bytes(records.field(record, $0)) } ?? empty
        if let latest, latest.kind.elementsEqual(name), latest.direction.elementsEqual(side) { return latest.found }
        var found = InteractionKind(name: String(decoding: name, as: UTF8.self))
        if direction != nil { found = found.directed(by: String(decoding: side, as: UTF8.self)) }
        latest = (Array(name), Array(side), found)
        return found
    }
}

/// Reads what else is kept of a file's interactions: channel and mark.
struct InteractionMarks {
    private let channel: Int?
    private let rating: Int?
    /// Holds the marks of interactions of the kind `rating` where there is no column for marks.
    private let value: Int?
    private let numbers: NumberCells

    init(_ file: TableFile, _ roles: RoleAssignment, _ parallel: Parallel) {
        channel = roles[.channel]
        rating = roles[.rating]
        value = roles[.value]
        // Marks are mostly whole; where points and commas mix, those with commas are counted as unreadable.
        let columns = [rating ?? value].compactMap { $0 }
        numbers = NumberCells(
            layout: (try? file.numberLayout(columns: columns, parallel: parallel))?.layout ?? .decimalPoint)
    }

    /// Adds an interaction; without a kind it is a rating where there is a mark.
    func add(
        _ records: Records, _ record: Int, _ customer: UnsafeBufferPointer<UInt8>, _ day: Int32,
        _ kind: InteractionKind?,
        to builder: InteractionHistoryBuilder, unreadable: inout Int
    ) {
        var mark = Interaction.noRating
        if let column = rating ?? (kind == .rating ? value : nil) {
            let cell = records.field(record, column)
            if !records.isMissing(cell) {
                if let number = number(records, cell) { mark = number } else { unreadable += 1 }
            }
        }
        builder.add(
            customer, day: day, kind: kind ?? (mark == Interaction.noRating ? .otherInbound : .rating),
            channel: name(records, record), rating: mark)
    }

    private func name(_ records: Records, _ record: Int) -> UnsafeBufferPointer<UInt8> {
        guard let channel else { return UnsafeBufferPointer(start: nil, count: 0) }
        let cell = records.field(record, channel)
        return records.isMissing(cell) ? UnsafeBufferPointer(start: nil, count: 0) : records.bytes(cell)
    }

    private func number(_ records: Records, _ cell: Span) -> Int32? {
        let value =
            NumberCells.plain(records, cell, numbers.layout)?.tenThousandths
            ?? numbers.parse(records, cell)?.tenThousandths
        guard let value, let mark = Int32(exactly: value), mark != Interaction.noRating else { return nil }
        return mark
    }
}
