import CustomerData
import Foundation
import Segmentation
import Semantics
import Yams

/// What key figures are to be, from a YAML file: a list of mappings with `kpi`, `min`, `max`, and perhaps `segment` and
/// `required`.
enum TargetsFile {
    /// The targets of a file.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such file; `Problem(.usage)` when it is no list of targets.
    static func read(_ path: String) throws -> [KeyFigureTarget] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "--targets \(path): there is no such file, or it can't be read")
        }
        guard let list = try YAMLFile.node(of: data, path)?.sequence, !list.isEmpty else {
            throw Problem(.usage, "\(path): expected a list of targets, for example - {kpi: churn_rate, max: 0.6}")
        }
        var targets: [KeyFigureTarget] = []
        for (number, node) in list.enumerated() {
            let place = "\(path) target \(number + 1)"
            do {
                targets.append(try target(node, place))
            } catch let problem as Problem where !problem.description.hasPrefix(path) {
                throw Problem(problem.kind, "\(place): \(problem.description)")
            }
        }
        return targets
    }

    private static let keys = ["kpi", "segment", "min", "max", "required"]

    private static func target(_ node: Node, _ place: String) throws -> KeyFigureTarget {
        guard let mapping = node.mapping else {
            throw Problem(.usage, "\(place): expected a mapping, for example {kpi: churn_rate, max: 0.6}")
        }
        var cells: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, keys.contains(name) else {
                throw Problem(.usage, "\(place): its keys are \(keys.joined(separator: ", ")); found another")
            }
            guard let text = value.scalar?.string else {
                throw Problem(.usage, "\(place): \(name) must be a single value")
            }
            cells[name] = text
        }
        guard let name = cells["kpi"] else { throw Problem(.usage, "\(place): kpi is missing") }
        guard let figure = KeyFigure(rawValue: name) else {
            throw Problem(
                .usage,
                "\(place): there is no key figure \(name); the key figures are "
                    + KeyFigure.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let required: Bool
        switch cells["required"] {
        case nil, "false": required = false
        case "true": required = true
        case .some: throw Problem(.usage, "\(place): required must be true or false")
        }
        return try KeyFigureTarget(
            figure, segment: cells["segment"], minimum: try cells["min"].map { try number($0, "min", place) },
            maximum: try cells["max"].map { try number($0, "max", place) }, isRequired: required)
    }

    private static func number(_ text: String, _ key: String, _ place: String) throws -> KeyFigureNumber {
        guard let parsed = NumberLayout.decimalPoint.parse(text), !parsed.isRounded, parsed.currency == nil else {
            throw Problem(.usage, "\(place): \(key) must be a number of at most four decimals")
        }
        return KeyFigureNumber(tenThousandths: Int128(parsed.tenThousandths), decimals: parsed.decimals)
    }
}
