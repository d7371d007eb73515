import CustomerData
import Statistics

extension LifecycleResult {
    /// Why a customer is in its state, in one short sentence made from its numbers: `no purchase for 131 days; 80 % of
    /// gaps like theirs end within 96 days; chance of return 12 %`.
    ///
    /// - Complexity: O(purchase days of the customer).
    public func reason(row: Int) -> String {
        purchaseDays.withTrails(logarithms) { trails in
            var sentence = Sentence()
            write(row, trails, to: &sentence)
            return String(decoding: sentence.bytes, as: UTF8.self)
        }
    }

    /// The sentences of all rows.
    func sentences(parallel: Parallel) -> IdentifierList {
        let size = PurchaseTrails.blockSize
        let blocks = purchaseDays.withTrails(logarithms) { trails in
            parallel.map((states.count + size - 1) / size) { block in
                var sentence = Sentence()
                var ends: [Int] = []
                for row in block * size..<min((block + 1) * size, states.count) {
                    write(row, trails, to: &sentence)
                    ends.append(sentence.bytes.count)
                }
                return (bytes: sentence.bytes, ends: ends)
            }
        }
        var list = IdentifierList()
        list.reserve(count: states.count, byteCount: blocks.reduce(0) { $0 + $1.bytes.count })
        for block in blocks {
            var start = 0
            for end in block.ends {
                list.append(block.bytes[start..<end])
                start = end
            }
        }
        return list
    }

    private func write(_ row: Int, _ trails: PurchaseTrails, to sentence: inout Sentence) {
        let response = Int(daysSinceResponse[row])
        switch reasons[row] {
        case .nothingHeard:
            sentence.add("no purchase and no response")
        case .oldResponse:
            sentence.add("no purchase; last response ", days: response)
            sentence.add(" ago, more than ", responseDays)
        case .response:
            sentence.add("no purchase; responded ", days: response)
            sentence.add(" ago")
        case .goodsReturned:
            sentence.add("no purchase; returned goods ", days: response)
            sentence.add(" ago")
        case .orderWithoutValue:
            sentence.add("no purchase; an order without value ", days: response)
            sentence.add(" ago")
        case .everythingTakenBack:
            sentence.add("no purchase left: every order was taken back")
        case .overdue, .longGapEnded, .oneDay, .moreDays, .overdueButLikely, .withinThreshold:
            writePurchases(row, trails, to: &sentence)
            sentence.add("; chance of return ", percent: returnChance[row])
            if !thresholdsJudged { sentence.add("; thresholds not judged") }
        }
    }

    private func writePurchases(_ row: Int, _ trails: PurchaseTrails, to sentence: inout Sentence) {
        guard let trail = trails.trail(row) else { return }
        let silence = Int(daysSinceLast[row])
        switch reasons[row] {
        case .longGapEnded:
            sentence.add("back ", days: silence)
            sentence.add(" ago from a gap of ", days: trail.lastGap)
            sentence.add(
                "; 80 % of gaps like theirs end within ", days: wholeDays(placing.thresholdBeforeLastGap(trail, trails))
            )
        case .oneDay:
            sentence.add("first purchase ", days: silence)
            sentence.add(" ago, none since")
        case .moreDays:
            let (recent, earlier) = trails.recentDays(row, horizonDays: horizonDays)
            sentence.add("bought on ", days: recent)
            sentence.add(" of the last ", horizonDays)
            sentence.add(", on ", earlier)
            sentence.add(" of the ", horizonDays)
            sentence.add(" before")
        case .withinThreshold:
            sentence.add("last purchase ", days: silence)
            sentence.add(" ago; 80 % of gaps like theirs end within ", days: wholeDays(thresholdDays[row]))
        default:
            sentence.add("no purchase for ", days: silence)
            sentence.add("; 80 % of gaps like theirs end within ", days: wholeDays(thresholdDays[row]))
        }
    }

    /// Rounded down: whole days beyond it are whole days beyond the threshold.
    private func wholeDays(_ threshold: Double) -> Int { Int(min(threshold, 1e9)) }
}

/// English text put together as bytes.
private struct Sentence {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ text: StaticString, _ number: Int) {
        add(text)
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    mutating func add(_ text: StaticString, days: Int) {
        add(text, days)
        add(days == 1 ? " day" : " days")
    }

    mutating func add(_ text: StaticString, percent share: Double) {
        add(text)
        if share < 0.005 {
            add("under 1 %")
        } else if share > 0.995 {
            add("over 99 %")
        } else {
            add("", Int((share * 100).rounded()))
            add(" %")
        }
    }
}
