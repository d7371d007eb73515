import CustomerData
import Foundation
import Testing

/// The two real data sets as purchase histories, read once; a simple reader that knows nothing but these files.
enum RealHistories {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let onlineRetailFile = root.deletingLastPathComponent()
        .appending(path: "shared/data/online_retail/online_retail.csv.gz")

    /// Whether the larger set is beside the package.
    static let hasOnlineRetail = FileManager.default.fileExists(atPath: onlineRetailFile.path)

    /// CDNOW (`notebooks-data/cdnow`), a customer-day an order; day 0 of the figures is 1997-01-01.
    static let cdnow: PurchaseHistory = {
        let file = root.appending(path: "notebooks-data/cdnow/purchases.csv")
        let rows = records((try? Data(contentsOf: file)) ?? Data()).map { fields in
            HandOrderRow(customer: fields[0], day: day(fields[1]), value: tenThousandths(fields[3]))
        }
        return PurchaseHistory(rows: rows)
    }()

    /// UCI Online Retail, lines with a customer, a positive quantity and a positive price; a customer-day an order;
    /// day 0 of the figures is 2010-12-01.
    static let onlineRetail: PurchaseHistory = {
        let rows = records(unpacked(onlineRetailFile)).compactMap { fields -> HandOrderRow? in
            let quantity = Int64(fields[3]) ?? 0
            let price = tenThousandths(fields[5])
            guard !fields[6].isEmpty, quantity > 0, price > 0 else { return nil }
            return HandOrderRow(customer: fields[6], day: day(String(fields[4].prefix(10))), value: quantity * price)
        }
        return PurchaseHistory(rows: rows)
    }()

    private static func unpacked(_ file: URL) -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return Data() }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }

    /// The records after the header; quotes are taken off, commas inside them kept.
    private static func records(_ data: Data) -> [[String]] {
        var records: [[String]] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var quoted = false
        for byte in data {
            switch byte {
            case UInt8(ascii: "\""):
                quoted.toggle()
            case UInt8(ascii: ",") where !quoted, UInt8(ascii: "\n") where !quoted:
                fields.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
                if byte == UInt8(ascii: "\n") {
                    records.append(fields)
                    fields.removeAll(keepingCapacity: true)
                }
            case UInt8(ascii: "\r"):
                break
            default:
                field.append(byte)
            }
        }
        return Array(records.dropFirst())
    }

    private static func day(_ text: String) -> Int32 { Day(text)?.number ?? PurchaseHistory.noDay }

    private static func tenThousandths(_ text: String) -> Int64 {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? (parts[1] + "0000").prefix(4) : "0000"
        return (Int64(parts[0]) ?? 0) * 10_000 + (Int64(decimals) ?? 0)
    }
}

/// A line of a purchase.
struct HandOrderRow {
    var customer: String
    var day: Int32
    var value: Int64
    /// Day on which the whole line was taken back.
    var takenBackOn: Int32?
}

extension PurchaseHistory {
    /// A history of rows, a customer-day an order, and of customers without any.
    ///
    /// - Parameters:
    ///   - unmatched: returns that match no order, by customer and day.
    init(
        rows: [HandOrderRow], others: [String] = [], unmatched: [(customer: String, day: Int32)] = [],
        returns: ReturnRule = .match
    ) {
        let names = Set(rows.map(\.customer)).union(others).union(unmatched.map(\.customer))
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var starts = [0]
        var days: [Int32] = []
        var values: [Int64] = []
        var lines: [UInt32] = []
        var reversals: [Reversal] = []
        var lastReturns = [Int32](repeating: PurchaseHistory.noDay, count: names.count)
        let byCustomer = Dictionary(grouping: rows, by: \.customer)
        for (number, name) in names.enumerated() {
            for row in (byCustomer[name] ?? []).sorted(by: {
                ($0.day, $0.takenBackOn ?? 0) < ($1.day, $1.takenBackOn ?? 0)
            }) {
                if days.count > starts[number], days.last == row.day {
                    values[days.count - 1] += row.value
                    lines[days.count - 1] += 1
                } else {
                    days.append(row.day)
                    values.append(row.value)
                    lines.append(1)
                }
                if let day = row.takenBackOn {
                    reversals.append(Reversal(order: days.count - 1, day: day, value: row.value))
                    lastReturns[number] = max(lastReturns[number], day)
                }
            }
            starts.append(days.count)
        }
        let alone = unmatched.compactMap { entry in
            numbers[entry.customer].map { UnmatchedReturn(customer: $0, day: entry.day, value: -10_000) }
        }.sorted { ($0.customer, $0.day) < ($1.customer, $1.day) }
        for entry in alone { lastReturns[entry.customer] = max(lastReturns[entry.customer], entry.day) }
        let everyDay = days + reversals.map(\.day) + alone.map(\.day)
        var period: ClosedRange<Day>?
        if let first = everyDay.min(), let last = everyDay.max() { period = Day(number: first)...Day(number: last) }
        self.init(
            customers: IdentifierList(names), orderStarts: starts, orderDays: days, orderValues: values,
            orderLines: lines, orderHours: Array(repeating: PurchaseHistory.noHour, count: days.count),
            orderChannels: Array(repeating: PurchaseHistory.noChannel, count: days.count), channels: [],
            reversals: reversals, unmatchedReturns: alone,
            hasTransactions: names.indices.map {
                starts[$0] < starts[$0 + 1] || lastReturns[$0] != PurchaseHistory.noDay
            },
            lastReturns: lastReturns, productCounts: [], returns: returns, period: period, decimals: 2)
    }
}
