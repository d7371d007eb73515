/// Any JSON: what a manifest of another version of strata may hold.
enum JSONValue: Codable, Hashable {
    case object([String: JSONValue])
    case array([JSONValue])
    case text(String)
    case whole(Int64)
    case number(Double)
    case flag(Bool)
    case nothing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? container.decode(Int64.self) {
            self = .whole(whole)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let array = try? container.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let object): try container.encode(object)
        case .array(let array): try container.encode(array)
        case .text(let text): try container.encode(text)
        case .whole(let whole): try container.encode(whole)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .nothing: try container.encodeNil()
        }
    }

    /// What an object has under a key.
    subscript(key: String) -> JSONValue? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    /// The values of an array; none of anything else.
    var elements: [JSONValue] {
        if case .array(let array) = self { array } else { [] }
    }

    /// The entries of an object in the order of their keys; none of anything else.
    var entries: [(key: String, value: JSONValue)] {
        if case .object(let object) = self { object.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } } else { [] }
    }

    /// The text of a text.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// A value in a line: a list with commas, nothing as `–`.
    var shown: String {
        switch self {
        case .object: entries.map { "\($0.key) \($0.value.shown)" }.joined(separator: ", ")
        case .array(let array): array.isEmpty ? "none" : array.map(\.shown).joined(separator: ",")
        case .text(let text): text
        case .whole(let whole): String(whole)
        case .number(let number): number.description
        case .flag(let flag): flag ? "yes" : "no"
        case .nothing: "–"
        }
    }
}
