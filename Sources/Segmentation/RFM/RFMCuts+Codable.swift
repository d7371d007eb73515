import CustomerData

extension RFMCuts: Codable {
    private enum CodingKeys: String, CodingKey {
        case bins, binning, recency, frequency, monetary
    }

    /// Reads cuts; money as decimal numbers in strings.
    ///
    /// - Throws: `DecodingError` when there are not as many cuts as bins and binning ask for, or they don't ascend
    ///   (recency: descend).
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let bins = try container.decode(Int.self, forKey: .bins)
        let binning = try container.decode(RFM.Binning.self, forKey: .binning)
        let recency = try container.decode([Int64].self, forKey: .recency)
        let frequency = try container.decode([[Int64]].self, forKey: .frequency)
        let monetary = try container.decode([[String]].self, forKey: .monetary).map {
            try $0.map { text in
                guard let amount = RFMCuts.tenThousandths(text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .monetary, in: container, debugDescription: "expected amounts with four decimals")
                }
                return amount
            }
        }
        func ascends<Value: Comparable>(_ groups: [[Value]], count: Int) -> Bool {
            groups.count == count
                && groups.allSatisfy { $0.count == bins - 1 && zip($0, $0.dropFirst()).allSatisfy { $0 <= $1 } }
        }
        let isNested = binning == .nested
        guard RFM.allowedBins.contains(bins), ascends([recency.reversed()], count: 1),
            ascends(frequency, count: isNested ? bins : 1), ascends(monetary, count: isNested ? bins * bins : 1)
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "the cuts of recency, frequency and monetary don't fit \(bins) bins"))
        }
        self.init(bins: bins, binning: binning, recency: recency, frequency: frequency, monetary: monetary)
    }

    /// Writes cuts; money as decimal numbers in strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(bins, forKey: .bins)
        try container.encode(binning, forKey: .binning)
        try container.encode(recency, forKey: .recency)
        try container.encode(frequency, forKey: .frequency)
        let amounts = monetary.map { $0.map { Money(tenThousandths: $0).formatted(decimals: 4) } }
        try container.encode(amounts, forKey: .monetary)
    }

    /// The amount that `Money.formatted(decimals: 4)` wrote; nil for anything else.
    private static func tenThousandths(_ text: String) -> Int128? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 4, !parts[0].isEmpty,
            parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }),
            let amount = Int128(parts[0] + parts[1])
        else { return nil }
        return text.hasPrefix("-") ? -amount : amount
    }
}
