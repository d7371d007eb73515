/// What a run keeps of a customer's purchases beside the results: orders, returns that take back no order, and the last
/// response, a row each. Enough to look at the customer again as of any later day by the models of the run.
public enum PurchaseRecords {
    /// What a row is about.
    public enum Kind: UInt16, CaseIterable, Sendable {
        /// An order.
        case order
        /// A return that takes back no known order.
        case `return`
        /// The last inbound interaction.
        case response

        /// The word in the table.
        public var name: String {
            switch self {
            case .order: "order"
            case .return: "return"
            case .response: "response"
            }
        }
    }

    /// The table's columns: `customer_id, date, kind, lines, value, taken_back, taken_back_on, channel`.
    public static let columns = [
        "customer_id", "date", "kind", "lines", "value", "taken_back", "taken_back_on", "channel",
    ]

    /// Decimals in which the table states money exactly: the input's, or four where an order's value has more.
    ///
    /// - Complexity: O(orders).
    public static func decimals(of history: PurchaseHistory) -> Int {
        let step = Int64(truncatingIfNeeded: Money.step(decimals: history.decimals))
        guard step > 1 else { return 4 }
        let isExact =
            history.orderValues.allSatisfy { $0 % step == 0 } && history.reversals.allSatisfy { $0.value % step == 0 }
            && history.unmatchedReturns.allSatisfy { $0.value % step == 0 }
        return isExact ? history.decimals : 4
    }

    /// Customers in parts of about `rowCount` orders each, at least one customer a part.
    public static func parts(of history: PurchaseHistory, rowCount: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var first = 0
        for customer in 0..<history.customers.count
        where history.orderStarts[customer + 1] - history.orderStarts[first] + customer - first >= rowCount {
            parts.append(first..<customer + 1)
            first = customer + 1
        }
        if first < history.customers.count { parts.append(first..<history.customers.count) }
        return parts
    }

    /// The rows of some customers, ascending by customer and day.
    ///
    /// - Complexity: O(their orders + log(reversals)).
    public static func table(
        of history: PurchaseHistory, customers: Range<Int>, decimals: Int
    ) -> ResultTable {
        var rows = Rows()
        var reversal = history.firstReversal(from: history.orderStarts[customers.lowerBound])
        var returned = history.firstUnmatchedReturn(from: customers.lowerBound)
        for customer in customers {
            let begin = rows.entries.count
            for order in history.orderStarts[customer]..<history.orderStarts[customer + 1] {
                var entry = Entry(kind: .order, day: history.orderDays[order], value: history.orderValues[order])
                if !history.orderLines.isEmpty { entry.lines = Int64(history.orderLines[order]) }
                if !history.orderChannels.isEmpty { entry.channel = history.orderChannels[order] }
                while reversal < history.reversals.count, history.reversals[reversal].order <= order {
                    let taken = history.reversals[reversal]
                    entry.takenBack += taken.value
                    entry.takenBackOn = max(entry.takenBackOn, taken.day)
                    reversal += 1
                }
                rows.entries.append(entry)
            }
            let orderEnd = rows.entries.count
            while returned < history.unmatchedReturns.count, history.unmatchedReturns[returned].customer == customer {
                let entry = history.unmatchedReturns[returned]
                rows.entries.append(Entry(kind: .return, day: entry.day, value: entry.value))
                returned += 1
            }
            if history.lastResponses[customer] != PurchaseHistory.noDay {
                rows.entries.append(Entry(kind: .response, day: history.lastResponses[customer], value: 0))
            }
            if rows.entries.count > orderEnd {
                let sorted = rows.entries[begin...].enumerated().sorted {
                    ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
                }.map(\.element)
                rows.entries.replaceSubrange(begin..., with: sorted)
            }
            history.customers.withBytes(at: customer) { id in
                for _ in begin..<rows.entries.count { rows.ids.append(id) }
            }
        }
        return rows.table(decimals: decimals, channels: history.channels)
    }

    private struct Entry {
        let kind: Kind
        let day: Int32
        let value: Int64
        var lines = Int64.min
        var takenBack: Int64 = 0
        var takenBackOn = PurchaseHistory.noDay
        var channel = PurchaseHistory.noChannel
    }

    private struct Rows {
        var ids = IdentifierList()
        var entries: [Entry] = []

        func table(decimals: Int, channels: [String]) -> ResultTable {
            ResultTable(
                name: "purchases",
                columns: [
                    .init(columns[0], .identifiers(ids)), .init(columns[1], .days(entries.map(\.day))),
                    .init(
                        columns[2],
                        .categories(entries.map(\.kind.rawValue), labels: Kind.allCases.map(\.name))),
                    .init(columns[3], unit: "lines", .integers(entries.map(\.lines))),
                    .init(
                        columns[4], unit: "money",
                        .money(entries.map { $0.kind == .response ? .min : Int128($0.value) }, decimals: decimals)),
                    .init(
                        columns[5], unit: "money",
                        .money(entries.map { $0.takenBack == 0 ? .min : Int128($0.takenBack) }, decimals: decimals)),
                    .init(columns[6], .days(entries.map(\.takenBackOn))),
                    .init(
                        columns[7],
                        .categories(
                            entries.map {
                                $0.channel == PurchaseHistory.noChannel ? .max : UInt16($0.channel)
                            }, labels: channels)),
                ])
        }
    }
}

extension PurchaseHistory {
    /// The position of the first unmatched return of a customer or a later one.
    fileprivate func firstUnmatchedReturn(from customer: Int) -> Int {
        var low = 0
        var high = unmatchedReturns.count
        while low < high {
            let middle = (low + high) / 2
            if unmatchedReturns[middle].customer < customer { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
