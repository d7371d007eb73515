import CustomerData
import Foundation
import Glibc
import Quality

/// A file to which every profile and check appends its metrics: a line of JSON each.
enum MetricHistory {
    /// Appends a record; the file is made when it is not there. What stands in it is never written again.
    ///
    /// - Throws: `Problem(.outputFailed)` when it can't be written.
    static func append(_ record: MetricRecord, to path: String) throws {
        let text = try JSONText.snake(record, isPretty: false)
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Problem(.outputFailed, "--history \(path): can't be written: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        // One call: so that two programs that append at one time do not mix their lines.
        let written = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == text.utf8.count else {
            throw Problem(.outputFailed, "--history \(path): can't be written: is the disk full?")
        }
    }

    /// Reads the records of a file in their order.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such file; `Problem(.data)` with the line that is no record.
    static func read(_ path: String) throws -> [MetricRecord] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.inputMissing, "\(path): there is no such file, or it can't be read")
        }
        let decoder = JSONDecoder()
        let records = try data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .compactMap { number, line -> MetricRecord? in
                guard !line.isEmpty else { return nil }
                guard let record = try? decoder.decode(MetricRecord.self, from: Data(line)) else {
                    throw Problem(
                        .data, "\(path) line \(number + 1): expected the metrics of a run, as --history writes them")
                }
                return record
            }
        guard !records.isEmpty else { throw Problem(.data, "\(path) is empty: expected the metrics of a run a line") }
        return records
    }

    /// Today, where a record is made: the one place where quality asks for the time.
    static var today: Day { Day(number: Int32(Int(Date().timeIntervalSince1970) / 86_400)) }
}
