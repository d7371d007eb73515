/// What went wrong, as one sentence for a person and the exit status that goes with it.
///
/// The sentence says where, what was expected and what to do; it never holds the content of a person's cell.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Exit statuses, after sysexits.h.
    public enum Kind: Int32, Sendable {
        /// The command was used wrongly.
        case usage = 64
        /// The data is not what was expected.
        case data = 65
        /// An input can't be opened.
        case inputMissing = 66
        /// A bug of strata.
        case bug = 70
        /// An output can't be written.
        case outputFailed = 73
    }

    /// The kind, which is the exit status.
    public let kind: Kind
    /// The sentence.
    public let description: String

    /// A problem of a kind, in one sentence.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
