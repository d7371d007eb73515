import Cleaning
import CustomerData
import Semantics

/// `--fill HEADER=METHOD`: `value:TEXT`, `dependency:HEADER`, `median`, `median:HEADER`, `mode`, `mode:HEADER`, `knn`.
enum FillText {
    /// The rule that a person wrote.
    ///
    /// - Throws: `Problem(.usage)`.
    static func rule(_ text: String, _ columns: CleaningColumns) throws -> FillRule {
        guard let equals = text.lastIndex(of: "=") else {
            throw Problem(.usage, "--fill \(text): expected HEADER=METHOD, for example --fill city=dependency:postcode")
        }
        let column = try CleanJob.column(String(text[..<equals]), columns, option: "--fill")
        let parts = text[text.index(after: equals)...].split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        let other = parts.count > 1 ? parts[1] : nil
        func by() throws -> Int? { try other.map { try CleanJob.column($0, columns, option: "--fill") } }
        switch (parts.first, other) {
        case ("value", let value?) where !value.isEmpty:
            guard HiddenMissing(value) == nil else {
                throw Problem(
                    .usage,
                    "--fill \(text): \(value) says that there is nothing, and cleaning again would take it out: leave the cells "
                        + "empty")
            }
            return FillRule(column: column, method: .value(value))
        case ("dependency", let name?):
            return FillRule(
                column: column, method: .dependency(on: try CleanJob.column(name, columns, option: "--fill")))
        case ("median", _): return FillRule(column: column, method: .median(by: try by()))
        case ("mode", _): return FillRule(column: column, method: .mode(by: try by()))
        case ("knn", nil): return FillRule(column: column, method: .neighbours)
        default:
            throw Problem(
                .usage,
                "--fill \(text): the methods are value:TEXT, dependency:HEADER, median, median:HEADER, mode, mode:HEADER "
                    + "and knn")
        }
    }
}
