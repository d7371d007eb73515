import CustomerData
import Foundation

extension SegmentMap: Codable {
    /// A key of any name, so that keys which mean nothing can be refused.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    private static func container(
        _ decoder: any Decoder, allowing keys: [String]
    ) throws -> KeyedDecodingContainer<Key> {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys where !keys.contains(key.stringValue) {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "\"\(key.stringValue)\" means nothing here"))
        }
        return container
    }

    /// Reads a map as in `models/`; keys that mean nothing are refused.
    ///
    /// - Throws: `DecodingError` when the form is wrong, `Problem(.data)` when the map is.
    public init(from decoder: any Decoder) throws {
        let container = try SegmentMap.container(decoder, allowing: ["name", "title", "bins", "scores", "segments"])
        try self.init(
            name: container.decode(String.self, forKey: Key("name")),
            title: container.decode(String.self, forKey: Key("title")),
            bins: container.decode(Int.self, forKey: Key("bins")),
            scores: container.decode([Score].self, forKey: Key("scores")),
            segments: container.decode([Segment].self, forKey: Key("segments")))
    }

    /// Writes a map as in `models/`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: Key("name"))
        try container.encode(title, forKey: Key("title"))
        try container.encode(bins, forKey: Key("bins"))
        try container.encode(scores, forKey: Key("scores"))
        try container.encode(segments, forKey: Key("segments"))
    }

    /// Reads a map from the bytes of a JSON file as in `models/`.
    ///
    /// - Parameters:
    ///   - json: the bytes.
    ///   - source: name of the file, for errors.
    /// - Throws: `Problem(.data)` in one sentence when the bytes are no map, or the map leaves out a cell or names one
    ///   twice.
    public init(json: some Sequence<UInt8>, source: String) throws {
        do {
            self = try JSONDecoder().decode(SegmentMap.self, from: Data(json))
        } catch let problem as Problem {
            throw Problem(problem.kind, "\(source): \(problem.description)")
        } catch let error as DecodingError {
            throw Problem(.data, "\(source) is no segment map: \(SegmentMap.sentence(error))")
        }
    }

    /// What a decoder found wrong, and where.
    private static func sentence(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            let names = path.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
            return names.isEmpty ? "" : " in \(names.joined(separator: " "))"
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(key.stringValue) is missing\(place(context.codingPath))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "the value\(place(context.codingPath)) is of the wrong type"
        case .dataCorrupted(let context): return context.debugDescription + place(context.codingPath)
        @unknown default: return "it can't be read"
        }
    }
}

extension SegmentMap.Segment: Codable {
    /// Reads a segment; keys that mean nothing are refused.
    public init(from decoder: any Decoder) throws {
        let container = try SegmentMap.container(decoder, allowing: ["id", "names", "cells", "guard"])
        let names = try container.decode([String: String].self, forKey: .init("names"))
        if let unknown = names.keys.sorted().first(where: { !["en", "fa", "zh"].contains($0) }) {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "\"\(unknown)\" means nothing among names"))
        }
        self.init(
            id: try container.decode(String.self, forKey: .init("id")), names: names,
            cells: try container.decode([String].self, forKey: .init("cells")),
            condition: try container.decodeIfPresent(SegmentMap.Guard.self, forKey: .init("guard")))
    }

    /// Writes a segment.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SegmentMap.Key.self)
        try container.encode(id, forKey: .init("id"))
        try container.encode(names, forKey: .init("names"))
        try container.encode(cells, forKey: .init("cells"))
        try container.encodeIfPresent(condition, forKey: .init("guard"))
    }
}

extension SegmentMap.Guard: Codable {
    /// Reads a guard; keys that mean nothing are refused.
    public init(from decoder: any Decoder) throws {
        let container = try SegmentMap.container(decoder, allowing: ["purchases", "recent", "otherwise"])
        self.init(
            purchases: try container.decodeIfPresent(Int.self, forKey: .init("purchases")),
            recent: try container.decodeIfPresent(Bool.self, forKey: .init("recent")) ?? false,
            otherwise: try container.decode(String.self, forKey: .init("otherwise")))
    }

    /// Writes a guard.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SegmentMap.Key.self)
        try container.encodeIfPresent(purchases, forKey: .init("purchases"))
        if recent { try container.encode(recent, forKey: .init("recent")) }
        try container.encode(otherwise, forKey: .init("otherwise"))
    }
}
