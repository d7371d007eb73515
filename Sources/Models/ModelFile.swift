import CustomerData
import Foundation

/// strata's own version.
public let strataVersion = "0.1.0"

/// The envelope of a saved model: one readable JSON file with a format version, what kind of model it is, what wrote
/// it, and the model's named sections.
///
/// A model's sections are the properties of `Content`; each stage defines its own beside its algorithm.
public struct ModelFile<Content: Codable & Sendable>: Codable, Sendable {
    /// What kind of model it is, for example `customer segments`.
    public let kind: String
    /// The version of strata that wrote it.
    public let strata: String
    /// Version of the file's format.
    public let format: Int
    /// The sections.
    public let model: Content

    /// The newest format that this strata reads, and the one it writes.
    public static var currentFormat: Int { 1 }

    private struct Head: Codable {
        let kind: String
        let strata: String
        let format: Int
    }

    /// A file of that kind with that content.
    public init(kind: String, _ model: Content) {
        self.kind = kind
        self.model = model
        strata = strataVersion
        format = ModelFile.currentFormat
    }

    /// The file's bytes: JSON with sorted keys, so that equal models are equal files. Numbers read back exactly.
    public func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        } catch {
            throw Problem(.bug, "the model can't be written as JSON: \(error)")
        }
    }

    /// Reads a model.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - path: what messages call it.
    ///   - kind: what kind of model it must be.
    /// - Throws: `Problem(.data)` when it is no model, a damaged one, one of a newer strata, or one of another kind.
    public init(bytes: some Sequence<UInt8>, path: String, kind: String) throws {
        let data = Data(bytes)
        let decoder = JSONDecoder()
        guard let head = try? decoder.decode(Head.self, from: data) else {
            throw Problem(.data, "\(path) is no strata model, or it is damaged: train it again with strata run")
        }
        guard head.format <= ModelFile.currentFormat else {
            throw Problem(
                .data,
                "\(path) was written by strata \(head.strata) in format \(head.format); this strata \(strataVersion) reads "
                    + "formats up to \(ModelFile.currentFormat): use the newer strata")
        }
        guard head.kind == kind else {
            throw Problem(.data, "\(path) is a model of \(head.kind), expected one of \(kind)")
        }
        do {
            self = try decoder.decode(ModelFile.self, from: data)
        } catch let error as DecodingError {
            throw Problem(.data, "\(path) is damaged at \(ModelFile.place(of: error)): train it again with strata run")
        }
    }

    /// Where in the file an error lies: `model.rfm.cuts`.
    private static func place(of error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found): context = found
        case .keyNotFound(let key, let found):
            return (found.codingPath + [key]).map(\.stringValue).joined(separator: ".")
        @unknown default: return "an unknown place"
        }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        return path.isEmpty ? "its beginning" : path
    }
}
