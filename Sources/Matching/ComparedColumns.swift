import CustomerData
import Semantics

/// The columns of a table and how each is compared.
public struct ComparedColumns: Hashable, Codable, Sendable {
    /// The headers, left to right.
    public let headers: [String]
    /// How each is compared.
    public let kinds: [ComparisonKind]
    /// The column of ids, which is never compared; nil for none.
    public let id: Int?

    /// The columns that are compared, left to right: at most sixteen.
    public var compared: [Int] { kinds.indices.filter { kinds[$0] != .ignored } }

    /// The most columns that are compared.
    public static let limit = 16

    /// How files name a column: its header, or `#3` where that is empty or not the only one of its kind.
    public func name(of column: Int) -> String {
        let header = headers[column]
        return !header.isEmpty && headers.count { $0 == header } == 1 ? header : "#\(column + 1)"
    }

    /// The column that a person names; nil where there is none.
    func column(named name: String) -> Int? { ComparedColumns.column(named: name, in: headers) }

    private static func column(named name: String, in headers: [String]) -> Int? {
        if let column = headers.firstIndex(of: name) { return column }
        guard name.hasPrefix("#"), let number = Int(name.dropFirst()), headers.indices.contains(number - 1) else {
            return nil
        }
        return number - 1
    }

    /// Columns of those kinds.
    public init(headers: [String], kinds: [ComparisonKind], id: Int?) {
        precondition(headers.count == kinds.count, "a column has one kind")
        self.headers = headers
        self.kinds = kinds
        self.id = id
    }

    /// Leaves out the columns that tell least where there are more than can be compared: those that hold least, of equally
    /// full ones the words and marks, then those that stand last. What a person named stays.
    private static func leaveOut(
        beyond limit: Int, _ kinds: inout [ComparisonKind], named: Set<Int>, _ samples: [[String]]
    ) {
        let compared = kinds.indices.filter { kinds[$0] != .ignored }
        guard compared.count > limit else { return }
        func worth(_ column: Int) -> (Int, Int, Int) {
            let filled = samples.count { row in
                row.indices.contains(column) && !row[column].isEmpty && HiddenMissing(row[column]) == nil
            }
            let tells: Bool
            switch kinds[column] {
            case .category, .words, .number, .address: tells = false
            default: tells = true
            }
            return (named.contains(column) ? 1 : 0, filled * 10 / max(1, samples.count) + (tells ? 10 : 0), -column)
        }
        for column in compared.sorted(by: { worth($0) > worth($1) }).dropFirst(limit) where !named.contains(column) {
            kinds[column] = .ignored
        }
    }

    /// What columns are, by their headers and the first rows; what a person says wins.
    ///
    /// Compared is what stays with a person or a company: names, contact data, places, dates of birth, numbers that name
    /// something. When and how a record came to be, marks and amounts are not.
    ///
    /// - Parameters:
    ///   - samples: the first rows.
    ///   - id: the header of the ids; nil takes the one that a header names so.
    ///   - stated: `KIND=HEADER`, as a person wrote it.
    /// - Throws: `Problem(.usage)` when a kind or a column does not exist, when nothing is left to compare or too much.
    public static func detect(headers: [String], samples: [[String]], id: String?, stated: [String]) throws
        -> ComparedColumns
    {
        func column(named name: String) -> Int? { ComparedColumns.column(named: name, in: headers) }
        func problem(_ option: String) -> Problem {
            let list = headers.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
            return Problem(.usage, "\(option): there is no such column; the columns are \(list)")
        }
        var kinds: [ComparisonKind] = []
        var idColumn: Int?
        if let id {
            guard let found = column(named: id) else { throw problem("--id \(id)") }
            idColumn = found
        }
        for column in headers.indices {
            let cells = samples.compactMap { row -> String? in
                guard row.indices.contains(column), !row[column].allSatisfy(\.isWhitespace),
                    HiddenMissing(row[column]) == nil
                else { return nil }
                return row[column]
            }
            let (kind, isID) = ColumnEvidence(header: headers[column], cells: cells).kind
            if isID, idColumn == nil { idColumn = column }
            kinds.append(kind)
        }
        for text in stated {
            guard let equals = text.firstIndex(of: "=") else {
                throw Problem(.usage, "--column \(text): expected KIND=HEADER, for example --column phone=Tel")
            }
            let word = String(text[..<equals])
            guard let kind = ComparisonKind(rawValue: word) else {
                let known = ComparisonKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.usage, "--column \(text): unknown kind \"\(word)\"; the kinds are \(known)")
            }
            guard let found = column(named: String(text[text.index(after: equals)...])) else {
                throw problem("--column \(text)")
            }
            kinds[found] = kind
        }
        if let idColumn { kinds[idColumn] = .ignored }
        let named = Set(
            stated.compactMap { $0.split(separator: "=", maxSplits: 1).last.flatMap { column(named: String($0)) } })
        ComparedColumns.leaveOut(beyond: limit, &kinds, named: named, samples)
        let result = ComparedColumns(headers: headers, kinds: kinds, id: idColumn)
        guard !result.compared.isEmpty else {
            throw Problem(
                .usage,
                "no column that can be compared was found: name some with --column, for example --column name=HEADER")
        }
        guard result.compared.count <= limit else {
            throw Problem(
                .usage,
                "\(result.compared.count) columns to compare, more than \(limit): leave some out with --column ignored=HEADER"
            )
        }
        return result
    }
}
