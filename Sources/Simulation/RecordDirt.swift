import CustomerData
import Statistics

/// A cell of customers.csv that does not say what is true.
struct SoiledCell {
    let column: Int
    let written: String
    let truth: String
    let kind: SimulationRate
    /// Whether the truth can be told from what stands in the record or in others.
    let isRecoverable: Bool
}

/// Soils a record: every kind of dirt hits it with its rate, and no cell is hit twice.
struct RecordDirt {
    /// The record as it is written.
    private(set) var cells: [String]
    /// What is not true in it.
    private(set) var soiled: [SoiledCell] = []
    private let identity: PersonIdentity
    private var random: SeededGenerator

    /// - Parameter cells: the true cells, in the order of `CustomerColumn`.
    init(_ cells: [String], _ identity: PersonIdentity, record: Int, _ options: Simulation.Options) {
        self.cells = cells
        self.identity = identity
        random = SeededGenerator(seed: options.seed, purpose: .dirt, thing: UInt64(record))
        for kind in SimulationRate.dirt where random.happens(options.rate(kind)) { soil(kind) }
    }

    private mutating func soil(_ kind: SimulationRate) {
        let names: [CustomerColumn] = [.givenName, .familyName]
        switch kind {
        case .shifted:
            shift()
        case .swapped:
            let (given, family) = (cells[CustomerColumn.givenName.rawValue], cells[CustomerColumn.familyName.rawValue])
            guard names.allSatisfy(isClean), given != family else { return }
            write(family, .givenName, kind, true)
            write(given, .familyName, kind, true)
        case .transliterated:
            guard identity.script != .latin, names.allSatisfy(isClean) else { return }
            write(identity.given.latin, .givenName, kind, true)
            write(identity.family.latin, .familyName, kind, true)
        case .missing:
            let column = pick([.email, .phone, .birthDate, .city])
            let signs = column == .birthDate ? ["1900-01-01", "0000-00-00"] : ["N/A", "-", "unknown", "000000", "xxx"]
            change(column, kind, false) { random, _ in signs[random.index(below: signs.count)] }
        case .impossible:
            let column = pick([.email, .phone, .birthDate])
            change(column, kind, false) { random, text in
                switch column {
                case .birthDate: "\(random.happens(0.5) ? 2091 : 1827)\(text.dropFirst(4))"
                case .phone: String(text.filter(\.isNumber).prefix(3))
                default: String(text.prefix { $0 != "@" }) + "@"
                }
            }
        case .dates:
            change(.birthDate, kind, true) { random, text in DirtForms.date(text, form: random.index(below: 4)) }
        case .digits:
            let script = identity.script == .persian ? 0x06F0 : 0xFF10
            change(pick([.phone, .birthDate]), kind, true) { _, text in DirtForms.digits(text, zero: UInt32(script)) }
        case .letters:
            change(pick(names + [.city]), kind, true) { _, text in
                String(text.map { NameLists.foreignLetters[$0] ?? $0 })
            }
        case .typos:
            let column = pick(names + [.email, .city])
            change(column, kind, column == .city) { random, text in DirtForms.typo(text, &random) }
        case .slips:
            let column = pick(names + [.email, .city])
            change(column, kind, column == .city) { random, text in DirtForms.slip(text, &random) }
        case .letterCase:
            change(pick(names + [.email, .city]), kind, true) { random, text in
                random.happens(0.5) ? text.uppercased() : text.lowercased()
            }
        case .spaces:
            change(pick(names + [.email, .phone, .city]), kind, true) { random, text in
                DirtForms.spaces(text, form: random.index(below: 3))
            }
        default: break
        }
    }

    private mutating func pick(_ columns: [CustomerColumn]) -> CustomerColumn {
        columns[random.index(below: columns.count)]
    }

    private func isClean(_ column: CustomerColumn) -> Bool { !soiled.contains { $0.column == column.rawValue } }

    private mutating func change(
        _ column: CustomerColumn, _ kind: SimulationRate, _ isRecoverable: Bool,
        _ form: (inout SeededGenerator, String) -> String
    ) {
        guard isClean(column) else { return }
        write(form(&random, cells[column.rawValue]), column, kind, isRecoverable)
    }

    /// Writes something else into a cell; the same text is no dirt.
    private mutating func write(
        _ text: String, _ column: CustomerColumn, _ kind: SimulationRate, _ isRecoverable: Bool
    ) {
        let truth = cells[column.rawValue]
        guard !text.utf8.elementsEqual(truth.utf8) else { return }
        cells[column.rawValue] = text
        soiled.append(
            SoiledCell(
                column: column.rawValue, written: text, truth: truth, kind: kind, isRecoverable: isRecoverable))
    }

    /// Family name, email and phone one column to the right, so that the phone is lost.
    private mutating func shift() {
        let columns: [CustomerColumn] = [.familyName, .email, .phone]
        guard columns.allSatisfy(isClean) else { return }
        let truth = columns.map { cells[$0.rawValue] }
        write("", .familyName, .shifted, true)
        write(truth[0], .email, .shifted, true)
        write(truth[1], .phone, .shifted, false)
    }
}

/// The columns of customers.csv, left to right.
enum CustomerColumn: Int, CaseIterable {
    case id, givenName, familyName, email, phone, birthDate, city, country, registered, source, leadStatus, consent

    /// The header.
    var name: String {
        switch self {
        case .id: "customer_id"
        case .givenName: "given_name"
        case .familyName: "family_name"
        case .birthDate: "birth_date"
        case .leadStatus: "lead_status"
        default: String(describing: self)
        }
    }
}
