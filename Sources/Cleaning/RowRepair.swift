import CustomerData
import Semantics

/// Puts cells back that stand in the wrong column: runs of them one column to the side, and two in each other's place.
struct RowRepair {
    /// What a cell says about standing in a column of a kind.
    private enum Fit {
        case yes
        case no
        case unknown
    }

    private let kinds: [ColumnKind]
    private let plans: [ValuePlan?]
    private let rowCount: Int
    private let emails: [Int]
    private let phones: [Int]
    private let dates: [Int]
    private let countries: [Int]

    init(_ columns: CleaningColumns, plans: [ValuePlan?], rowCount: Int) {
        kinds = columns.kinds
        self.plans = plans
        self.rowCount = rowCount
        emails = columns.all(.email)
        phones = columns.all(.phone)
        dates = columns.all(.birthDate) + columns.all(.date)
        countries = columns.all(.country)
    }

    func apply(to cells: CleanedCells) {
        for row in 0..<cells.rowCount where isSuspicious(cells, row) { repair(cells, row) }
    }

    /// Whether a cell of a telling kind is none of its kind: nearly no row has one.
    private func isSuspicious(_ cells: CleanedCells, _ row: Int) -> Bool {
        for column in emails {
            let cell = cells.cell(row, column)
            if !cell.isEmpty, !cell.contains(0x40) { return true }
        }
        for column in phones where cells.cell(row, column).contains(0x40) { return true }
        for column in dates {
            let cell = cells.cell(row, column)
            if !cell.isEmpty, !DateForm.isISO(cell), fit(cell, column, as: .date) == .no { return true }
        }
        for column in countries {
            let cell = cells.cell(row, column)
            if !cell.isEmpty, !Country.isCode(cell), fit(cell, column, as: .country) == .no { return true }
        }
        return false
    }

    private func repair(_ cells: CleanedCells, _ row: Int) {
        for step in [1, -1] where shift(cells, row, from: step) { return }
        swap(cells, row)
    }

    /// Moves a run of cells back by one column; `step` is where a column's cell stands: 1 to its right.
    private func shift(_ cells: CleanedCells, _ row: Int, from step: Int) -> Bool {
        let count = kinds.count
        func inside(_ column: Int) -> Bool { column >= 0 && column < count }
        func cell(_ column: Int) -> UnsafeBufferPointer<UInt8> { cells.cell(row, column) }
        let telling: Set<ColumnKind> = [.email, .phone, .birthDate, .date, .country, .nationalID]
        let anchor = kinds.indices.first { column in
            inside(column + step) && telling.contains(kinds[column])
                && fit(cell(column), column, as: kinds[column]) != .yes
                && fit(cell(column + step), column, as: kinds[column]) == .yes
                && fit(cell(column + step), column + step, as: kinds[column + step]) != .yes
                && kinds[column + step] != .id
        }
        guard let anchor else { return false }
        // The targets run from the anchor to the first empty cell on the other side.
        var end = anchor
        while !cell(end).isEmpty {
            let next = end - step
            guard inside(next), kinds[next] != .id, fit(cell(end), next, as: kinds[next]) != .no,
                fit(cell(end), end, as: kinds[end]) != .yes
            else { return false }
            end = next
        }
        var begin = anchor + step
        while inside(begin + step), !cell(begin + step).isEmpty,
            fit(cell(begin + step), begin + step, as: kinds[begin + step]) == .no,
            fit(cell(begin + step), begin, as: kinds[begin]) == .yes
        {
            begin += step
        }
        var column = end
        let why = CleaningRules(.shifted)
        while column != begin {
            cells.set(row, column, to: cell(column + step), why, confidence: 96)
            column += step
        }
        cells.set(row, begin, to: "", why, confidence: 96)
        return true
    }

    /// Changes two cells that fit each other's column and not their own, where there is only one such pair.
    private func swap(_ cells: CleanedCells, _ row: Int) {
        var found: [(Int, Int)] = []
        for left in kinds.indices where kinds[left] != .id && kinds[left] != .text {
            for right in kinds.indices where right > left && kinds[right] != .id && kinds[right] != kinds[left] {
                let (first, second) = (cells.cell(row, left), cells.cell(row, right))
                guard !first.isEmpty, !second.isEmpty, fit(first, right, as: kinds[right]) == .yes,
                    fit(second, left, as: kinds[left]) == .yes
                else { continue }
                let own = (fit(first, left, as: kinds[left]), fit(second, right, as: kinds[right]))
                if own.0 != .yes, own.1 != .yes, own.0 == .no || own.1 == .no { found.append((left, right)) }
            }
        }
        guard found.count == 1, let (left, right) = found.first else { return }
        let first = cells.cell(row, left)
        cells.set(row, left, to: cells.cell(row, right), CleaningRules(.swapped), confidence: 95)
        cells.set(row, right, to: first, CleaningRules(.swapped), confidence: 95)
    }

    private func fit(_ cell: UnsafeBufferPointer<UInt8>, _ column: Int, as kind: ColumnKind) -> Fit {
        if cell.isEmpty { return .unknown }
        switch kind {
        case .email: return cell.contains(0x40) ? .yes : .no
        case .phone:
            let shape = CellShape(cell)
            if shape.hasAt || shape.letters > 0 || DateForm.isISO(cell) { return .no }
            return shape.digits >= 7 && shape.digits <= 15 ? .yes : .no
        case .birthDate, .date:
            if DateForm.isISO(cell) { return .yes }
            let shape = CellShape(cell)
            if shape.hasAt || shape.digits < 4 && MonthNames.parse(String(decoding: cell, as: UTF8.self)) == nil {
                return HiddenMissing.isWord(cell) ? .unknown : .no
            }
            switch DateForm(order: .dayMonthYear, latest: nil).outcome(of: cell) {
            // Eight digits may be many things.
            case .standard, .changed, .ambiguous: return shape.signs > 0 ? .yes : .unknown
            case .hiddenMissing: return .unknown
            case .unknown: return .no
            }
        case .country:
            if Country.isCode(cell) { return .yes }
            if HiddenMissing.isWord(cell) { return .unknown }
            let text = String(decoding: cell, as: UTF8.self)
            return Country(text) != nil || Country(misspelt: text) != nil ? .yes : .no
        case .nationalID:
            let text = String(decoding: cell, as: UTF8.self)
            return NationalID.iranian(text) != nil || NationalID.chinese(text) != nil ? .yes : .no
        case .postcode:
            let shape = CellShape(cell)
            return shape.digits > 0 && cell.count <= 10 && !shape.hasAt ? .yes : .no
        case .givenName, .familyName, .name, .city, .region:
            let shape = CellShape(cell)
            if shape.hasAt || shape.digits > 0 || shape.letters == 0 { return .no }
            let known = plans[column]?.counts.count(of: cell) ?? 0
            // A country's name among cities is a cell astray, unless it stands there often.
            if kind == .city, Country(String(decoding: cell, as: UTF8.self)) != nil, known * 100 < rowCount {
                return .no
            }
            return known >= 2 ? .yes : .unknown
        default: return .unknown
        }
    }
}

/// Letters, digits and signs of a cell.
struct CellShape {
    private(set) var letters = 0
    private(set) var digits = 0
    private(set) var signs = 0
    private(set) var hasAt = false

    init(_ cell: UnsafeBufferPointer<UInt8>) {
        guard cell.contains(where: { $0 >= 0x80 }) else {
            for byte in cell {
                switch byte {
                case 0x40: hasAt = true
                case 0x30...0x39: digits += 1
                case 0x41...0x5A, 0x61...0x7A: letters += 1
                case 0x20, 0x09...0x0D: continue
                default: signs += 1
                }
            }
            return
        }
        for scalar in String(decoding: cell, as: UTF8.self).unicodeScalars {
            if scalar == "@" {
                hasAt = true
            } else if scalar.properties.generalCategory == .decimalNumber {
                digits += 1
            } else if scalar.properties.isAlphabetic {
                letters += 1
            } else if !scalar.properties.isWhitespace {
                signs += 1
            }
        }
    }
}
