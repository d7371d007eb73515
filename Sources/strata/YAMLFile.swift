import CustomerData
import Foundation
import Yams

/// A file of YAML.
enum YAMLFile {
    /// The root of a file's YAML; nil for an empty file.
    ///
    /// - Throws: `Problem(.usage)` when it is no YAML.
    static func node(of data: Data, _ path: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: String(decoding: data, as: UTF8.self))
        } catch {
            throw Problem(.usage, "\(path) is not YAML\(place(of: error))")
        }
    }

    /// Where the file stops being YAML, without its text.
    private static func place(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            " in line \(mark.line): \(problem)"
        default: ""
        }
    }
}
