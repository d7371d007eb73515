import CustomerData
import Semantics
import Statistics

/// Reads a customers file's birth dates and consents.
struct PersonalCells {
    private let birth: Int?
    private let consent: Int?
    private let layout: DateLayout?
    /// Why birth dates can't be read at all; nil when they can.
    let problem: String?

    init(_ file: TableFile, _ roles: RoleAssignment, dateOrder: DateLayout?, _ parallel: Parallel) {
        birth = roles[.birthDate]
        consent = roles[.consent]
        var found: DateLayout?
        var refusal: String?
        if let birth {
            do {
                found = try file.dateLayout(column: birth, stated: dateOrder, parallel: parallel)
            } catch {
                refusal = (error as? Problem)?.description
            }
        }
        layout = found
        problem = refusal
    }

    /// Columns of a block's customers.
    struct Columns {
        var birthDays: [Int32] = []
        var consents: [Bool?] = []
        var unreadableBirthDates = 0
    }

    /// Adds the cells of a record to the columns.
    func add(_ records: Records, _ record: Int, to columns: inout Columns) {
        var day = PurchaseHistory.noDay
        if let birth, let layout {
            let cell = records.field(record, birth)
            if !records.isMissing(cell) {
                if let parsed = layout.parse(records.bytes(cell)) {
                    day = parsed.day
                } else {
                    columns.unreadableBirthDates += 1
                }
            }
        }
        columns.birthDays.append(day)
        columns.consents.append(
            consent.flatMap {
                ConsentMark.parse(String(decoding: records.bytes(records.field(record, $0)), as: UTF8.self))
            })
    }
}
