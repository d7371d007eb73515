import CustomerData

/// Cells of a block while they are cleaned: what they were, what they are, and why. The block they come from must stay
/// where it is.
public final class CleanedCells {
    /// Something doubtful in a cell, for a person to look at.
    public struct Doubt: Sendable {
        /// The row of the block.
        public let row: Int
        /// The column.
        public let column: Int
        /// What is doubtful.
        public let reason: ReviewReason
        /// What may be right; empty when there is no idea.
        public let suggestion: String
        /// In hundredths; how sure the suggestion is.
        public let confidence: UInt8

        /// A doubt.
        public init(
            row: Int, column: Int, reason: ReviewReason, suggestion: String = "", confidence: UInt8 = 0
        ) {
            self.row = row
            self.column = column
            self.reason = reason
            self.suggestion = suggestion
            self.confidence = confidence
        }
    }

    /// Cells a row.
    public let columnCount: Int
    /// Rows.
    public let rowCount: Int
    private(set) var cells: [UnsafeBufferPointer<UInt8>]
    private let original: [UnsafeBufferPointer<UInt8>]
    private var rules: [UInt64]
    private var confidences: [UInt8]
    private var arena = ByteArena()
    /// The cells when changes were counted last.
    private var marked: [UnsafeBufferPointer<UInt8>]
    /// What the last plan found doubtful, in its order.
    public internal(set) var doubts: [Doubt] = []

    /// The cells of a block as they are.
    ///
    /// - Parameters:
    ///   - cells: the cells of the rows, one row after the other; eight bytes behind each are readable.
    ///   - columnCount: cells a row, at least 1.
    public init(_ cells: [UnsafeBufferPointer<UInt8>], columnCount: Int) {
        self.columnCount = columnCount
        rowCount = cells.count / columnCount
        self.cells = cells
        original = cells
        marked = cells
        rules = [UInt64](repeating: 0, count: cells.count)
        confidences = [UInt8](repeating: 100, count: cells.count)
    }

    /// A cell as it is now; eight bytes behind it are readable.
    public func cell(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> { cells[row * columnCount + column] }

    /// A cell as it is now, as text.
    public func text(_ row: Int, _ column: Int) -> String { String(decoding: cell(row, column), as: UTF8.self) }

    /// A cell as it was.
    public func original(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> {
        original[row * columnCount + column]
    }

    /// Puts other bytes into a cell; the same ones are no change.
    func set(
        _ row: Int, _ column: Int, to bytes: UnsafeBufferPointer<UInt8>, _ why: CleaningRules, confidence: UInt8 = 100
    ) {
        let place = row * columnCount + column
        let old = cells[place]
        if old.count == bytes.count, old.elementsEqual(bytes) { return }
        cells[place] = arena.copy(bytes)
        rules[place] |= why.bits
        confidences[place] = min(confidences[place], confidence)
    }

    func set(_ row: Int, _ column: Int, to text: String, _ why: CleaningRules, confidence: UInt8 = 100) {
        var text = text
        text.withUTF8 { set(row, column, to: $0, why, confidence: confidence) }
    }

    /// Takes a part of a cell for the whole, without a copy.
    func narrow(_ row: Int, _ column: Int, to part: UnsafeBufferPointer<UInt8>, _ why: CleaningRules) {
        let place = row * columnCount + column
        cells[place] = part
        rules[place] |= why.bits
    }

    func doubt(
        _ row: Int, _ column: Int, _ reason: ReviewReason, suggestion: String = "", confidence: UInt8 = 0
    ) {
        doubts.append(
            Doubt(row: row, column: column, reason: reason, suggestion: suggestion, confidence: confidence))
    }

    /// The rules by which a cell is not what it was; none when it is.
    public func change(_ row: Int, _ column: Int) -> (rules: CleaningRules, confidence: UInt8)? {
        let place = row * columnCount + column
        guard rules[place] != 0 else { return nil }
        let (old, new) = (original[place], cells[place])
        if old.count == new.count, old.elementsEqual(new) { return nil }
        return (CleaningRules(bits: rules[place]), confidences[place])
    }

    /// How many cells are not what they were when this was asked last.
    public func takeChangeCount() -> Int {
        defer { marked = cells }
        return zip(marked, cells).count { old, new in
            old.baseAddress != new.baseAddress && !(old.count == new.count && old.elementsEqual(new))
                || old.count != new.count
        }
    }
}

/// Bytes that stay where they are until the arena goes, each run with eight bytes to spare behind it.
struct ByteArena: ~Copyable {
    private var chunks: [UnsafeMutableBufferPointer<UInt8>] = []
    private var used = 0
    private static let chunkSize = 1 << 15

    deinit { for chunk in chunks { chunk.deallocate() } }

    mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let needed = bytes.count + 8
        if chunks.isEmpty || used + needed > chunks[chunks.count - 1].count {
            let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(ByteArena.chunkSize, needed))
            chunk.initialize(repeating: 0)
            chunks.append(chunk)
            used = 0
        }
        let chunk = chunks[chunks.count - 1]
        let room = UnsafeMutableBufferPointer(rebasing: chunk[used..<(used + bytes.count)])
        _ = room.update(fromContentsOf: bytes)
        used += needed
        return UnsafeBufferPointer(room)
    }
}

/// Why a cell is left to a person.
public enum ReviewReason: String, CaseIterable, Codable, Sendable {
    /// Day and month can't be told apart.
    case ambiguousDate = "day or month first"
    /// A cell that should be a date.
    case notADate = "not a date"
    /// A day of birth in the future, or more than 120 years ago.
    case impossibleDate = "impossible date"
    /// A cell that should be an email address.
    case notAnEmail = "not an email address"
    /// A provider that looks misspelt.
    case doubtfulDomain = "doubtful email provider"
    /// A number that nobody can have.
    case notAPhone = "not a phone number"
    /// A number without a country.
    case phoneWithoutRegion = "phone without a country"
    /// A cell that should be a country.
    case notACountry = "not a country"
    /// An identity number whose check digit is wrong.
    case notANationalID = "wrong check digit"
    /// An amount that can't be read.
    case notAnAmount = "not an amount"
    /// An amount whose sign may be before decimals or group digits.
    case unclearAmount = "decimal sign unclear"
    /// A spelling close to another one.
    case spelling = "doubtful spelling"
    /// Names that look swapped.
    case swapped = "perhaps swapped"
    /// A name in Latin letters with several ways to write it.
    case script = "name in another script"
    /// Question marks in place of characters that a program could not write.
    case lostText = "characters lost"
    /// A value that another column speaks against.
    case conflict = "against another column"
    /// An id that stands on more than one row.
    case repeatedID = "id on another row too"
}
