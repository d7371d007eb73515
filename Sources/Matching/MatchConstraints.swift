/// What is known before records are compared, by their numbers in the table.
public struct MatchConstraints: Sendable {
    /// Two records that a person has decided about, or that have one id.
    public struct Decision: Hashable, Sendable {
        /// A record.
        public let left: UInt32
        /// The other record.
        public let right: UInt32
        /// Whether they are one.
        public let isSame: Bool

        /// A decision.
        public init(_ left: UInt32, _ right: UInt32, isSame: Bool) {
            (self.left, self.right, self.isSame) = (min(left, right), max(left, right), isSame)
        }
    }

    /// The entity of each record that has one, -1 for others; empty where nothing is known.
    public var entities: [Int32] = []
    /// Whether each record is new; empty where all are. Pairs of two that are not are not compared again.
    public var isNew: [Bool] = []
    /// The file of each record, 0 or 1; empty for one file. With two, only pairs across are compared.
    public var sides: [UInt8] = []
    /// What binds.
    public var decisions: [Decision] = []
    /// Whether a record is one with at most one of the other file.
    public var isOneToOne = false

    /// Nothing known.
    public init() {}

    func isKnown(_ record: UInt32) -> Bool { !isNew.isEmpty && !isNew[Int(record)] }
}
