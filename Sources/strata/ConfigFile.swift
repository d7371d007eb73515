import CustomerData
import Foundation
import Yams

/// Options from a YAML file: `--config FILE`. Keys are the options' names without the dashes, lists give an option
/// several times, `true` gives a flag, a mapping gives `key=value`; `files` are the bare arguments. What the command
/// line says wins.
enum ConfigFile {
    /// The arguments with those of the file, where they name one, added behind them.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such file; `Problem(.usage)` when it is not a mapping.
    static func expand(_ arguments: [String]) throws -> [String] {
        guard let position = arguments.firstIndex(where: { $0 == "--config" || $0.hasPrefix("--config=") }) else {
            return arguments
        }
        var given = arguments
        let path: String
        if given[position] == "--config" {
            // Without a value the parser says what is wrong.
            guard position + 1 < given.count else { return arguments }
            path = given[position + 1]
            given.removeSubrange(position...(position + 1))
        } else {
            path = String(given[position].dropFirst("--config=".count))
            given.remove(at: position)
        }
        return given + (try options(path, besides: given))
    }

    private static func options(_ path: String, besides given: [String]) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "--config \(path): there is no such file, or it can't be read")
        }
        let node = try YAMLFile.node(of: data, path)
        guard let mapping = node?.mapping else {
            throw Problem(.usage, "\(path): expected a mapping of options, for example transactions: orders.csv")
        }
        var files: [String] = []
        var added: [String] = []
        for (key, value) in mapping {
            guard let name = key.string else { throw Problem(.usage, "\(path): an option's name must be text") }
            let values = try self.values(value, of: name, path)
            if name == "files" {
                if !hasBareArguments(given) { files = values }
                continue
            }
            let option = "--" + name.replacingOccurrences(of: "_", with: "-")
            if given.contains(where: { $0 == option || $0.hasPrefix(option + "=") }) { continue }
            if values == ["true"] {
                added.append(option)
            } else if values != ["false"] {
                for value in values { added += [option, value] }
            }
        }
        return files + added
    }

    /// Whether the command line names files: words that are neither the command, nor options, nor their values.
    private static func hasBareArguments(_ given: [String]) -> Bool {
        let commands = Strata.configuration.subcommands.map { $0.configuration.commandName }
        var words = given[...]
        if let first = words.first, commands.contains(first) { words.removeFirst() }
        var isValue = false
        for word in words {
            if isValue {
                isValue = false
            } else if word.hasPrefix("-"), word != "-" {
                isValue = !word.contains("=") && !flags.contains(word)
            } else {
                return true
            }
        }
        return false
    }

    /// Options without a value.
    private static let flags: Set<String> = ["--strict", "--json", "--show-values", "--help", "-h", "--version"]

    private static func values(_ node: Node, of name: String, _ path: String) throws -> [String] {
        switch node {
        case .scalar(let scalar): return [scalar.string]
        case .sequence(let sequence):
            return try sequence.map { element in
                guard let text = element.scalar?.string else {
                    throw Problem(.usage, "\(path): \(name) must be a list of single values")
                }
                return text
            }
        case .mapping(let mapping):
            return try mapping.map { key, value in
                guard let key = key.scalar?.string, let value = value.scalar?.string else {
                    throw Problem(.usage, "\(path): \(name) must be a mapping of single values")
                }
                return "\(key)=\(value)"
            }
        case .alias:
            throw Problem(.usage, "\(path): \(name) is an alias, which is not supported here")
        }
    }
}
