import CustomerData

/// Computes the purchase and channel features of a block of customers in one pass over their orders.
struct CustomerVectors: Sendable {
    private let asOf: Day
    private let features: [PurchaseFeature]
    /// The channel column of each channel code of the history; -1 where the set has none.
    private let channelColumns: [Int]
    private let channelCount: Int
    private let columnCount: Int
    private let hasVariety: Bool

    init(history: PurchaseHistory, asOf: Day, set: FeatureSet, columnCount: Int) {
        self.asOf = asOf
        self.columnCount = columnCount
        features = set.purchases
        channelCount = set.channels.count
        channelColumns = history.channels.map { set.channels.firstIndex(of: $0) ?? -1 }
        hasVariety = !history.productCounts.isEmpty && history.period.map { $0.upperBound <= asOf } ?? true
    }

    /// What the pass has seen of one customer.
    private struct Sums {
        var purchaseCount = 0
        var net: Int128 = 0
        var gross: Int128 = 0
        var takenBack: Int128 = 0
        var firstDay: Int32 = 0
        var lastDay: Int32 = 0
        var gapCount = 0
        var gapSum = 0
        var gapSquareSum = 0
        var laterCount = 0
        var recentCount = 0
        var lineCount = 0
        /// Purchases by weekday, from Monday.
        var weekdays: (Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0)
        /// Purchases by quarter of the day, from midnight.
        var quarters: (Int, Int, Int, Int) = (0, 0, 0, 0)
        var hourCount = 0
        var channelledCount = 0
    }

    /// Fills the rows of some customers; attribute columns are set to 0.
    func fill(_ customers: Range<Int>, of history: PurchaseHistory, in table: UnsafeMutableBufferPointer<Double>) {
        var returns = firstUnmatchedReturn(of: customers.lowerBound, in: history)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: max(channelCount, 1)) { byChannel in
            byChannel.initialize(repeating: 0)
            var sums = Sums()
            var current = customers.lowerBound
            func finish() {
                while returns < history.unmatchedReturns.count, history.unmatchedReturns[returns].customer == current {
                    let entry = history.unmatchedReturns[returns]
                    if entry.day <= asOf.number {
                        sums.takenBack -= Int128(entry.value)
                        if history.returns == .net { sums.net += Int128(entry.value) }
                    }
                    returns += 1
                }
                let row = UnsafeMutableBufferPointer(
                    rebasing: table[current * columnCount..<(current + 1) * columnCount])
                let variety = hasVariety ? Double(history.productCounts[current]) : .nan
                write(sums, byChannel: UnsafeBufferPointer(byChannel), variety: variety, into: row)
                sums = Sums()
                byChannel.update(repeating: 0)
                current += 1
            }
            history.forEachOrder(of: customers, asOf: asOf) { order, customer, net in
                while current < customer { finish() }
                let gross = history.orderValues[order]
                sums.net += Int128(net)
                sums.gross += Int128(gross)
                sums.takenBack += Int128(gross) - Int128(net)
                guard history.isPurchase(order, netValue: net) else { return }
                add(history, order, to: &sums, byChannel: byChannel)
            }
            while current < customers.upperBound { finish() }
        }
    }

    /// Counts a purchase.
    private func add(
        _ history: PurchaseHistory, _ order: Int, to sums: inout Sums, byChannel: UnsafeMutableBufferPointer<Int>
    ) {
        let day = history.orderDays[order]
        if sums.purchaseCount == 0 {
            sums.firstDay = day
        } else if day > sums.lastDay {
            let gap = Int(day - sums.lastDay)
            sums.gapCount += 1
            sums.gapSum += gap
            sums.gapSquareSum += gap * gap
        }
        sums.lastDay = day
        sums.purchaseCount += 1
        sums.lineCount += Int(history.orderLines[order])
        if day > sums.firstDay {
            sums.laterCount += 1
            if 2 * Int(day - sums.firstDay) > Int(asOf.number - sums.firstDay) { sums.recentCount += 1 }
        }
        switch Day(number: day).weekday {
        case 0: sums.weekdays.0 += 1
        case 1: sums.weekdays.1 += 1
        case 2: sums.weekdays.2 += 1
        case 3: sums.weekdays.3 += 1
        case 4: sums.weekdays.4 += 1
        case 5: sums.weekdays.5 += 1
        default: sums.weekdays.6 += 1
        }
        let hour = history.orderHours[order]
        if hour != PurchaseHistory.noHour {
            sums.hourCount += 1
            switch hour / 6 {
            case 0: sums.quarters.0 += 1
            case 1: sums.quarters.1 += 1
            case 2: sums.quarters.2 += 1
            default: sums.quarters.3 += 1
            }
        }
        let channel = history.orderChannels[order]
        if channel != PurchaseHistory.noChannel {
            sums.channelledCount += 1
            let column = channelColumns[Int(channel)]
            if column >= 0 { byChannel[column] += 1 }
        }
    }

    private func write(
        _ sums: Sums, byChannel: UnsafeBufferPointer<Int>, variety: Double, into row: UnsafeMutableBufferPointer<Double>
    ) {
        for (column, feature) in features.enumerated() {
            row.initializeElement(at: column, to: value(feature, sums, variety: variety))
        }
        for channel in 0..<channelCount {
            row.initializeElement(
                at: features.count + channel, to: share(byChannel[channel], of: sums.channelledCount))
        }
        for column in features.count + channelCount..<columnCount { row.initializeElement(at: column, to: 0) }
    }

    private func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? .nan : Double(part) / Double(whole) }

    private func value(_ feature: PurchaseFeature, _ sums: Sums, variety: Double) -> Double {
        let count = sums.purchaseCount
        switch feature {
        case .recency: return count == 0 ? .nan : Double(asOf.number - sums.lastDay)
        case .frequency: return Double(count)
        case .monetary: return Money(tenThousandths: sums.net).value
        case .tenure: return count == 0 ? .nan : Double(asOf.number - sums.firstDay)
        case .averageOrder: return count == 0 ? .nan : Money(tenThousandths: sums.net).value / Double(count)
        case .gapMean: return share(sums.gapSum, of: sums.gapCount)
        case .gapSpread:
            guard sums.gapCount >= 2 else { return .nan }
            // Whole numbers until the last division: no cancellation.
            let scaled = sums.gapCount * sums.gapSquareSum - sums.gapSum * sums.gapSum
            return (Double(scaled) / Double(sums.gapCount * (sums.gapCount - 1))).squareRoot()
        case .trend: return share(2 * sums.recentCount - sums.laterCount, of: sums.laterCount)
        case .basketSize: return share(sums.lineCount, of: count)
        case .productVariety: return variety
        case .returnShare:
            guard sums.gross > 0 else { return .nan }
            return Money(tenThousandths: sums.takenBack).value / Money(tenThousandths: sums.gross).value
        case .weekend: return share(sums.weekdays.5 + sums.weekdays.6, of: count)
        case .monday: return share(sums.weekdays.0, of: count)
        case .tuesday: return share(sums.weekdays.1, of: count)
        case .wednesday: return share(sums.weekdays.2, of: count)
        case .thursday: return share(sums.weekdays.3, of: count)
        case .friday: return share(sums.weekdays.4, of: count)
        case .saturday: return share(sums.weekdays.5, of: count)
        case .sunday: return share(sums.weekdays.6, of: count)
        case .night: return share(sums.quarters.0, of: sums.hourCount)
        case .morning: return share(sums.quarters.1, of: sums.hourCount)
        case .afternoon: return share(sums.quarters.2, of: sums.hourCount)
        case .evening: return share(sums.quarters.3, of: sums.hourCount)
        }
    }

    /// The position of the first unmatched return of a customer or a later one.
    private func firstUnmatchedReturn(of customer: Int, in history: PurchaseHistory) -> Int {
        var low = 0
        var high = history.unmatchedReturns.count
        while low < high {
            let middle = (low + high) / 2
            if history.unmatchedReturns[middle].customer < customer { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
