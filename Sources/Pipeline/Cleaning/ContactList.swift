import Cleaning
import CustomerData
import Export
import Semantics

/// Who should be asked for what: customers with missing or doubtful data of their own who can be reached and have not
/// forbidden it.
struct ContactList {
    private let columns: CleaningColumns
    private let asked: [Int]
    private let id: Int?
    private let consent: Int?
    private let value: Int?

    static let kinds: Set<ColumnKind> = [
        .name, .givenName, .familyName, .email, .phone, .birthDate, .city, .country, .postcode, .address,
    ]

    init(_ columns: CleaningColumns, value: Int?) {
        self.columns = columns
        self.value = value
        asked = columns.kinds.indices.filter { ContactList.kinds.contains(columns.kinds[$0]) }
        id = columns.first(.id)
        consent = columns.headers.indices.first { column in
            RoleDictionary.strength(of: columns.headers[column], as: .consent, in: .customers) >= 60
        }
    }

    let header = ["record", "id", "value", "permission", "channel", "missing", "doubtful"]

    /// A row's line; nil when there is nothing to ask or no way to.
    func line(_ cells: CleanedCells, _ row: Int, record: Int, doubts: [CleanedCells.Doubt]) -> ContactRows.Line? {
        let doubtful = Set(doubts.map(\.column)).intersection(asked).sorted()
        let missing = asked.filter { cells.cell(row, $0).isEmpty }
        guard !missing.isEmpty || !doubtful.isEmpty else { return nil }
        let permission = consent.map { ConsentMark.parse(cells.text(row, $0)) } ?? nil
        guard permission != false else { return nil }
        let channel = [ColumnKind.email, .phone].first { kind in
            columns.all(kind).contains { !cells.cell(row, $0).isEmpty && !doubtful.contains($0) }
        }
        guard let channel else { return nil }
        var text = CSVText()
        text.put(record)
        text.put(id.map { cells.text(row, $0) } ?? "")
        text.put(value.map { cells.text(row, $0) } ?? "")
        text.put(permission == true ? "given" : "not known")
        text.put(channel.rawValue)
        text.put(missing.map(columns.name).joined(separator: "; "))
        text.put(doubtful.map(columns.name).joined(separator: "; "))
        text.endRow()
        let worth = value.flatMap { NumberLayout.decimalPoint.parse(cells.cell(row, $0)) }
        return ContactRows.Line(value: worth?.tenThousandths ?? 0, isGiven: permission == true, text: text.bytes)
    }
}

/// The lines of the contact list, brought into their order at the end: the most valuable customers first, then those
/// who have given their permission, then as they stand in the file.
struct ContactRows {
    /// A customer who should be asked.
    struct Line {
        /// In ten-thousandths; nothing for one that is not known.
        let value: Int64
        let isGiven: Bool
        let text: [UInt8]
    }

    private var lines: [Line] = []

    mutating func add(_ lines: [Line]) { self.lines += lines }

    func sorted(header: [String]) -> CSVText {
        var text = CSVText.header(header)
        let order = lines.indices.sorted { left, right in
            let (a, b) = (lines[left], lines[right])
            if a.value != b.value { return a.value > b.value }
            if a.isGiven != b.isGiven { return a.isGiven }
            return left < right
        }
        for index in order { text.append(line: lines[index].text) }
        return text
    }
}
