/// How many clusters to make, as a person says it: `5`, `2..8`, or `auto`.
public enum ClusterCounts: Hashable, Sendable, CustomStringConvertible {
    /// So many.
    case fixed(Int)
    /// As many as `ClusterCountChoice` chooses from a range.
    case chosen(from: ClosedRange<Int>)

    /// A choice from 2 to 12.
    public static let auto = ClusterCounts.chosen(from: 2...12)

    /// What a text says; nil when it is neither a whole number nor a range nor `auto`.
    public init?(_ text: String) {
        if text == "auto" {
            self = .auto
            return
        }
        if let count = Int(text) {
            self = .fixed(count)
            return
        }
        let ends = text.split(separator: ".", omittingEmptySubsequences: false)
        guard ends.count == 3, ends[1].isEmpty, let lower = Int(ends[0]), let upper = Int(ends[2]), lower <= upper
        else {
            return nil
        }
        self = .chosen(from: lower...upper)
    }

    /// As a person says it.
    public var description: String {
        switch self {
        case .auto: "auto"
        case .fixed(let count): String(count)
        case .chosen(let range): "\(range.lowerBound)..\(range.upperBound)"
        }
    }

    /// The largest number that may be made.
    public var largest: Int {
        switch self {
        case .fixed(let count): count
        case .chosen(let range): range.upperBound
        }
    }

    /// The smallest number that may be made.
    public var smallest: Int {
        switch self {
        case .fixed(let count): count
        case .chosen(let range): range.lowerBound
        }
    }
}
