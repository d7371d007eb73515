import CustomerData

/// Computes the features of interactions of a block of customers, as of a date: nothing after it is used.
struct InteractionVectors: Sendable {
    private let asOf: Int32
    private let features: [InteractionFeature]
    /// The column, from `firstColumn`, of each kind, by its raw value; -1 where the set has none.
    private let kindColumns: [Int]
    /// The column, from `firstColumn`, of each channel code of the history; -1 where the set has none.
    private let channelColumns: [Int]
    private let firstColumn: Int
    private let columnCount: Int

    init(_ history: InteractionHistory?, asOf: Day, set: FeatureSet, firstColumn: Int, columnCount: Int) {
        self.asOf = asOf.number
        features = set.interactions
        kindColumns = InteractionKind.allCases.map { kind in set.interactions.firstIndex { $0.kind == kind } ?? -1 }
        channelColumns = (history?.channels ?? []).map { name in
            set.contactChannels.firstIndex(of: name).map { $0 + set.interactions.count } ?? -1
        }
        self.firstColumn = firstColumn
        self.columnCount = columnCount
    }

    /// Fills the columns of some customers, which hold 0.
    func fill(_ customers: Range<Int>, of history: InteractionHistory, in table: UnsafeMutableBufferPointer<Double>) {
        history.events.withUnsafeBufferPointer { all in
            for customer in customers {
                let start = history.starts[customer]
                var end = history.starts[customer + 1]
                while end > start, all[end - 1].day > asOf { end -= 1 }
                let place = customer * columnCount + firstColumn
                fill(
                    UnsafeBufferPointer(rebasing: all[start..<end]), of: history,
                    in: UnsafeMutableBufferPointer(rebasing: table[place..<(customer + 1) * columnCount]))
            }
        }
    }

    private func fill(
        _ events: UnsafeBufferPointer<Interaction>, of history: InteractionHistory,
        in row: UnsafeMutableBufferPointer<Double>
    ) {
        for event in events {
            let column = kindColumns[Int(event.kind.rawValue)]
            if column >= 0 { row[column] += 1 }
            if event.channel != Interaction.noChannel {
                let column = channelColumns[Int(event.channel)]
                if column >= 0 { row[column] += 1 }
            }
        }
        for (column, feature) in features.enumerated() {
            switch feature {
            case .inboundRecency: row[column] = events.last { $0.kind.isInbound }.map { Double(asOf - $0.day) } ?? .nan
            case .meanRating: row[column] = InteractionVectors.mean(of: events)
            case .ratingTrend: row[column] = InteractionVectors.trend(of: events)
            case .responseRate: row[column] = responseRate(of: events, history)
            default: break
            }
        }
    }

    private static func mean(of events: UnsafeBufferPointer<Interaction>) -> Double {
        mean(of: events) { _ in true }
    }

    private static func mean(of events: UnsafeBufferPointer<Interaction>, where counts: (Int32) -> Bool) -> Double {
        var (sum, count) = (0, 0)
        for event in events where event.rating != Interaction.noRating && counts(event.day) {
            sum += Int(event.rating)
            count += 1
        }
        return count == 0 ? .nan : Double(sum) / (Double(count) * Double(Money.scale))
    }

    /// The later half less the earlier one, by time.
    private static func trend(of events: UnsafeBufferPointer<Interaction>) -> Double {
        guard let first = events.first(where: { $0.rating != Interaction.noRating })?.day,
            let last = events.last(where: { $0.rating != Interaction.noRating })?.day, first < last
        else { return .nan }
        func isLater(_ day: Int32) -> Bool { 2 * (Int(day) - Int(first)) > Int(last) - Int(first) }
        return mean(of: events, where: isLater) - mean(of: events) { !isLater($0) }
    }

    private func responseRate(of events: UnsafeBufferPointer<Interaction>, _ history: InteractionHistory) -> Double {
        var (sent, answered) = (0, 0)
        history.forEachSent(events) { day, isAnswered in
            guard day + InteractionHistory.answerDays <= asOf else { return }
            sent += 1
            if isAnswered { answered += 1 }
        }
        return sent == 0 ? .nan : Double(answered) / Double(sent)
    }
}
