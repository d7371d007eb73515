/// A row of `PurchaseRecords`, read back.
public struct PurchaseRecord: Hashable, Sendable {
    /// What it is about.
    public let kind: PurchaseRecords.Kind
    /// The day.
    public let day: Day
    /// Purchase lines of an order; nil where they are not known.
    public let lines: Int?
    /// Value before anything was taken back; negative for a return, zero for a response.
    public let value: Money
    /// What was taken back of an order, positive.
    public let takenBack: Money
    /// When something of it was taken back last.
    public let takenBackOn: Day?
    /// The order's channel; empty where it is not known.
    public let channel: String

    /// A row of those values.
    public init(
        kind: PurchaseRecords.Kind, day: Day, lines: Int? = nil, value: Money = .zero, takenBack: Money = .zero,
        takenBackOn: Day? = nil, channel: String = ""
    ) {
        self.kind = kind
        self.day = day
        self.lines = lines
        self.value = value
        self.takenBack = takenBack
        self.takenBackOn = takenBackOn
        self.channel = channel
    }

    /// The row of those cells, in the order of `PurchaseRecords.columns`; nil when a cell is not what it should be.
    public init?(cells: [String]) {
        guard cells.count == PurchaseRecords.columns.count, let day = Day(cells[1]),
            let kind = PurchaseRecords.Kind.allCases.first(where: { $0.name == cells[2] })
        else { return nil }
        func amount(_ cell: String) -> Money? { cell.isEmpty ? .zero : Money(cell) }
        guard cells[3].isEmpty || Int(cells[3]) != nil, let value = amount(cells[4]), let taken = amount(cells[5]),
            cells[6].isEmpty || Day(cells[6]) != nil
        else { return nil }
        self.init(
            kind: kind, day: day, lines: Int(cells[3]), value: value, takenBack: taken, takenBackOn: Day(cells[6]),
            channel: cells[7])
    }

    /// What is left of it.
    public var net: Money { value - takenBack }
}

extension PurchaseHistory {
    /// The history of one customer from its records: as of the run's date and any later one, stages see in it what they
    /// saw in the run's.
    ///
    /// - Parameters:
    ///   - customer: the id.
    ///   - records: in any order.
    ///   - returns: how the run treated returns.
    ///   - decimals: decimals (0–4) in which the run's input states money.
    public init(customer: String, records: [PurchaseRecord], returns: ReturnRule, decimals: Int) {
        let orders = records.filter { $0.kind == .order }.enumerated().sorted {
            ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
        }.map(\.element)
        let unmatched = records.filter { $0.kind == .return }
        var last = PurchaseHistory.noDay
        for record in records {
            if let day = record.takenBackOn { last = max(last, day.number) }
            if record.kind == .return { last = max(last, record.day.number) }
        }
        let channels = Set(orders.map(\.channel)).subtracting([""]).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        let days = records.filter { $0.kind != .response }.map(\.day)
        self.init(
            customers: IdentifierList([customer]), orderStarts: [0, orders.count], orderDays: orders.map(\.day.number),
            orderValues: orders.map { Int64(clamping: $0.value.tenThousandths) },
            orderLines: orders.map { UInt32(clamping: $0.lines ?? 0) },
            orderHours: orders.map { _ in PurchaseHistory.noHour },
            orderChannels: orders.map { order in
                channels.firstIndex(of: order.channel).map { UInt8($0) } ?? PurchaseHistory.noChannel
            }, channels: channels,
            reversals: orders.enumerated().compactMap { row, order in
                order.takenBackOn.map {
                    Reversal(order: row, day: $0.number, value: Int64(clamping: order.takenBack.tenThousandths))
                }
            },
            unmatchedReturns: unmatched.map {
                UnmatchedReturn(customer: 0, day: $0.day.number, value: Int64(clamping: $0.value.tenThousandths))
            }.sorted { ($0.day, $0.value) < ($1.day, $1.value) },
            hasTransactions: [!days.isEmpty], lastReturns: [last], productCounts: [], returns: returns,
            period: days.min().flatMap { first in days.max().map { first...$0 } }, decimals: decimals)
        lastResponses = [records.filter { $0.kind == .response }.map(\.day.number).max() ?? PurchaseHistory.noDay]
    }
}
