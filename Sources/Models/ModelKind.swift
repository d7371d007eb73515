import Foundation

/// What kind of model a file says that it is.
public enum ModelKind {
    private struct Head: Decodable {
        let kind: String
    }

    /// The kind; nil when it is no model.
    public static func read(_ bytes: some Sequence<UInt8>) -> String? {
        try? JSONDecoder().decode(Head.self, from: Data(bytes)).kind
    }
}
