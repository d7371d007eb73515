import Foundation
import Glibc

/// Seconds and peak memory of the phases of a run.
public struct Phases: Sendable {
    /// A phase that has ended.
    public struct Phase: Sendable, Codable {
        /// The stage's own word: read, group, fit, score, write.
        public let name: String
        /// Seconds by the wall clock.
        public var seconds: Double
        /// The most memory the process has held by the end of the phase, in bytes.
        public var peakMemoryBytes: Int
    }

    /// The phases in the order in which they began; a phase that ran twice stands once, its seconds added.
    public private(set) var all: [Phase] = []

    /// No phase yet.
    public init() {}

    /// Runs a phase.
    public mutating func measure<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        defer {
            let (seconds, attoseconds) = (clock.now - start).components
            let elapsed = Double(seconds) + Double(attoseconds) * 1e-18
            if let position = all.firstIndex(where: { $0.name == name }) {
                all[position].seconds += elapsed
                all[position].peakMemoryBytes = Phases.peakMemoryBytes
            } else {
                all.append(Phase(name: name, seconds: elapsed, peakMemoryBytes: Phases.peakMemoryBytes))
            }
        }
        return try body()
    }

    /// Enters the seconds of a part of the phases that was measured by itself.
    mutating func add(_ name: String, seconds: Double) {
        all.append(Phase(name: name, seconds: seconds, peakMemoryBytes: Phases.peakMemoryBytes))
    }

    /// The most memory the process has held so far, in bytes.
    public static var peakMemoryBytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    /// The memory that the process holds now, in bytes. (A process begins with the peak of the one that started it, which
    /// a budget must not pay for.)
    static var residentBytes: Int {
        guard let text = FileManager.default.contents(atPath: "/proc/self/statm"),
            let pages = String(decoding: text, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap({
                Int($0)
            })
        else { return peakMemoryBytes }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    private struct Timings: Codable {
        let phases: [String: Double]
        let rows: Int
        let peak_memory_bytes: Int
    }

    /// The content of a `--timings` file.
    public func timings(rows: Int) throws -> String {
        try JSONText.pretty(
            Timings(
                phases: Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.seconds) }), rows: rows,
                peak_memory_bytes: Phases.peakMemoryBytes))
    }
}

/// JSON as strata writes it: sorted keys, indented, a newline at the end.
enum JSONText {
    static func compact(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func pretty(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    /// The same with the names of properties in snake case.
    static func snake(_ value: some Encodable, isPretty: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
