import CustomerData
import Foundation
import Statistics
import Testing

/// A method that is fitted to rows and then says something of each row: what the contract needs to know of it.
///
/// To hold a new method to the contract, conform a type to this and add it to `Fitters.all`.
protocol Fitter: Sendable {
    /// What it is fitted to.
    associatedtype Input
    /// What fitting gives.
    associatedtype Model: Codable & Equatable

    /// What messages call it.
    static var name: String { get }
    /// Whether the seed changes the result: then the same seed gives the same, and any seed gives something valid.
    static var isSeeded: Bool { get }
    /// Whether what is said of a row is a name that fitting makes up (the number of a cluster): then rows in another
    /// order are compared up to a renaming.
    static var namesAreArbitrary: Bool { get }

    /// Well-behaved data of so many rows, more than one block of work when there are 20,000; rows fall into
    /// well separated groups.
    static func input(rowCount: Int) -> Input
    /// The same rows in another order: row i of the result is row order[i].
    static func reordered(_ input: Input, _ order: [Int]) -> Input
    /// The data with a value in the middle that is no number; nil when the input's type rules such values out.
    static func poisoned(_ input: Input) -> Input?
    /// Data that can be no fit for want of distinct rows, and what the message has to name; nil when any number of rows
    /// is enough.
    static var tooFewRows: (input: Input, mentions: [String])? { get }
    /// Whether data without rows is refused; otherwise it has a model as well.
    static var refusesNoRows: Bool { get }

    static func fit(_ input: Input, seed: UInt64, parallel: Parallel) throws -> Model
    /// What the model says of each row, as text that tells apart what differs.
    static func results(_ model: Model, _ input: Input, parallel: Parallel) throws -> [String]
}

extension Fitter {
    static func fit(_ input: Input) throws -> Model { try fit(input, seed: 1, parallel: Parallel(threads: 2)) }

    static func results(_ model: Model, _ input: Input) throws -> [String] {
        try results(model, input, parallel: Parallel(threads: 2))
    }

    /// The model as it is saved.
    static func saved(_ model: Model) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(model)
    }
}

/// A fitter as an argument of a test.
struct AnyFitter: CustomTestStringConvertible, Sendable {
    let type: any Fitter.Type

    init(_ type: any Fitter.Type) { self.type = type }

    var testDescription: String { type.name }
}
