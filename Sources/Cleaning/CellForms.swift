import CustomerData
import Semantics

/// Brings cells of columns without a dictionary to their form: ids, emails, phones, dates, postcodes, addresses, identity
/// numbers, amounts, text.
struct CellForms {
    private let options: CleaningOptions
    private let dates: [DateForm]
    private let amounts: [AmountForm?]
    private let addresses: [AddressForm?]
    private let domains: [String: String]
    private let doubtfulDomains: [String: String]
    /// The day from which ages are told.
    private let asOf: Day?

    init(_ survey: CleaningSurvey) {
        options = survey.options
        let latest = options.asOf ?? (survey.latestDay > .min ? Day(number: survey.latestDay) : nil)
        asOf = latest
        let stated = options.dateOrder
        dates = zip(survey.dates, options.columns.kinds).map { evidence, kind in
            DateForm(
                order: stated ?? evidence.order, latest: kind == .birthDate ? latest : nil,
                isOfDays: kind == .birthDate || evidence.isOfDays)
        }
        amounts = survey.numbers.map { $0.map { AmountForm($0.decision) } }
        addresses = survey.addresses.map { $0.map { AddressForm($0) } }
        let found = EmailDomains(survey.domains)
        domains = found.fixes
        doubtfulDomains = found.doubtful
    }

    func apply(to cells: CleanedCells, _ column: Int, _ worker: CleaningWorker) {
        let kind = options.columns.kinds[column]
        for row in 0..<cells.rowCount { trim(cells, row, column) }
        switch kind {
        case .email: for row in 0..<cells.rowCount { email(cells, row, column) }
        case .phone:
            guard !options.skipsPhones else { return }
            let country = options.columns.nearest(.country, to: column)
            worker.timePhones { for row in 0..<cells.rowCount { phone(cells, row, column, country, worker) } }
        case .birthDate, .date: for row in 0..<cells.rowCount { date(cells, row, column, kind) }
        case .postcode:
            let country = options.columns.nearest(.country, to: column)
            for row in 0..<cells.rowCount { postcode(cells, row, column, country) }
        case .address:
            let (country, code) = (
                options.columns.nearest(.country, to: column), options.columns.nearest(.postcode, to: column)
            )
            for row in 0..<cells.rowCount {
                address(cells, row, column)
                if let country, let code { postcode(of: cells, row, column, country: country, into: code) }
            }
        case .nationalID: for row in 0..<cells.rowCount { nationalID(cells, row, column) }
        case .amount:
            guard let form = amounts[column] else { return }
            for row in 0..<cells.rowCount { amount(cells, row, column, form) }
        default: break
        }
    }

    /// Takes off blanks around a cell.
    private func trim(_ cells: CleanedCells, _ row: Int, _ column: Int) {
        let cell = cells.cell(row, column)
        guard let first = cell.first, let last = cell.last else { return }
        // Nearly all cells begin and end with a byte above the blank, and below those of wide spaces.
        if first > 0x20, last > 0x20, first != 0xC2, first < 0xE2 || first > 0xEF, last < 0x80 { return }
        var start = 0
        var end = cell.count
        while let length = CellForms.blank(cell, at: start, below: end) { start += length }
        while end > start, let length = CellForms.blankBefore(cell, end, above: start) { end -= length }
        guard start > 0 || end < cell.count else { return }
        cells.narrow(row, column, to: UnsafeBufferPointer(rebasing: cell[start..<end]), CleaningRules(.spaces))
    }

    /// Bytes of the blank that stands there: of ASCII, no-break, ideographic, a byte order mark; nil when none does.
    private static func blank(_ cell: UnsafeBufferPointer<UInt8>, at start: Int, below end: Int) -> Int? {
        guard start < end else { return nil }
        switch cell[start] {
        case 0x20, 0x09...0x0D: return 1
        case 0xC2 where start + 1 < end && cell[start + 1] == 0xA0: return 2
        case 0xE3 where start + 2 < end && cell[start + 1] == 0x80 && cell[start + 2] == 0x80: return 3
        case 0xEF where start + 2 < end && cell[start + 1] == 0xBB && cell[start + 2] == 0xBF: return 3
        case 0xE2 where start + 2 < end && cell[start + 1] == 0x80 && (0x80...0x8F).contains(cell[start + 2]): return 3
        default: return nil
        }
    }

    private static func blankBefore(_ cell: UnsafeBufferPointer<UInt8>, _ end: Int, above start: Int) -> Int? {
        for length in 1...3 where end - length >= start {
            if blank(cell, at: end - length, below: end) == length { return length }
        }
        return nil
    }

    private func isHidden(_ cells: CleanedCells, _ row: Int, _ column: Int, _ cell: UnsafeBufferPointer<UInt8>) -> Bool
    {
        guard HiddenMissing.isWord(cell) || HiddenMissing.isFiller(cell) else { return false }
        cells.set(row, column, to: "", CleaningRules(.hiddenMissing), confidence: 99)
        return true
    }

    private func email(_ cells: CleanedCells, _ row: Int, _ column: Int) {
        var cell = cells.cell(row, column)
        if cell.isEmpty { return }
        if !EmailAddress.isStandard(cell) {
            if isHidden(cells, row, column, cell) { return }
            let text = String(decoding: cell, as: UTF8.self)
            guard let standard = EmailAddress.standard(text) else {
                cells.doubt(row, column, .notAnEmail)
                return
            }
            let isCase = standard == text.lowercased()
            let isSpaces = !isCase && standard == text.lowercased().filter { !$0.isWhitespace }
            cells.set(
                row, column, to: standard, CleaningRules(isCase ? .letterCase : isSpaces ? .spaces : .email),
                confidence: 98)
            cell = cells.cell(row, column)
        }
        guard !domains.isEmpty || !doubtfulDomains.isEmpty, let domain = EmailAddress.domain(of: cell) else { return }
        let name = String(decoding: domain, as: UTF8.self)
        if let fixed = domains[name] {
            let local = String(decoding: cell.dropLast(domain.count), as: UTF8.self)
            cells.set(row, column, to: local + fixed, CleaningRules(.emailDomain), confidence: 95)
        } else if let other = doubtfulDomains[name] {
            let local = String(decoding: cell.dropLast(domain.count), as: UTF8.self)
            cells.doubt(row, column, .doubtfulDomain, suggestion: local + other, confidence: 50)
        }
    }

    private func phone(
        _ cells: CleanedCells, _ row: Int, _ column: Int, _ country: Int?, _ worker: CleaningWorker
    ) {
        let cell = cells.cell(row, column)
        if cell.isEmpty || PhoneNumber.isE164(cell) || isHidden(cells, row, column, cell) { return }
        var region = ""
        var isKnown = false
        if let country {
            let code = cells.cell(row, country)
            if Country.isCode(code) {
                region = String(decoding: code, as: UTF8.self)
                isKnown = true
            }
        }
        if region.isEmpty { region = options.region }
        let reading = worker.phone(cell, region: region)
        guard reading.isValid else {
            let isWithoutRegion = region.isEmpty && !cell.contains(0x2B) && CellShape(cell).digits >= 7
            cells.doubt(row, column, isWithoutRegion ? .phoneWithoutRegion : .notAPhone)
            return
        }
        var why = CleaningRules(.phone)
        if cell.contains(where: { $0 >= 0x80 }) { why.insert(.digits) }
        cells.set(
            row, column, to: reading.text, why, confidence: reading.isInternational ? 100 : isKnown ? 98 : 90)
    }

    private func date(_ cells: CleanedCells, _ row: Int, _ column: Int, _ kind: ColumnKind) {
        var cell = cells.cell(row, column)
        if cell.isEmpty { return }
        switch dates[column].outcome(of: cell) {
        case .standard: break
        case .changed(let text, let why, let confidence):
            cells.set(row, column, to: text, why, confidence: confidence)
            cell = cells.cell(row, column)
        case .hiddenMissing:
            cells.set(row, column, to: "", CleaningRules(.hiddenMissing), confidence: 99)
            return
        case .ambiguous(let suggestion):
            cells.doubt(row, column, .ambiguousDate, suggestion: suggestion, confidence: 50)
            return
        case .unknown:
            if !isHidden(cells, row, column, cell) { cells.doubt(row, column, .notADate) }
            return
        }
        guard kind == .birthDate, let asOf, DateForm.isISO(cell) else { return }
        let day = CleaningSurvey.day(cell)
        if day > asOf.number || day < asOf.number - 120 * 366 { cells.doubt(row, column, .impossibleDate) }
    }

    private func postcode(_ cells: CleanedCells, _ row: Int, _ column: Int, _ country: Int?) {
        let cell = cells.cell(row, column)
        if cell.isEmpty
            || cell.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A }) && !isGB(cells, row, country)
        {
            if HiddenMissing.isFiller(cell) { _ = isHidden(cells, row, column, cell) }
            return
        }
        if isHidden(cells, row, column, cell) { return }
        let (plain, _) = PlainText.standard(String(decoding: cell, as: UTF8.self))
        var text = PlainText.asciiDigits(plain)
        if text.contains(where: \.isNumber) { text = text.uppercased() }
        if isGB(cells, row, country), let fixed = CellForms.britishPostcode(text) { text = fixed }
        cells.set(row, column, to: text, CleaningRules(.postcode), confidence: 99)
    }

    private func isGB(_ cells: CleanedCells, _ row: Int, _ country: Int?) -> Bool {
        country.map { cells.cell(row, $0).elementsEqual("GB".utf8) } ?? false
    }

    /// `SW1A1AA` → `SW1A 1AA`: the last three are a digit and two letters.
    private static func britishPostcode(_ text: String) -> String? {
        let plain = text.filter { !$0.isWhitespace }
        guard (5...7).contains(plain.count), plain.allSatisfy({ $0.isASCII }) else { return nil }
        let inward = Array(plain.suffix(3))
        guard inward[0].isNumber, inward[1].isLetter, inward[2].isLetter, plain.first?.isLetter == true else {
            return nil
        }
        return plain.dropLast(3) + " " + plain.suffix(3)
    }

    private func address(_ cells: CleanedCells, _ row: Int, _ column: Int) {
        let cell = cells.cell(row, column)
        if cell.isEmpty || isHidden(cells, row, column, cell) { return }
        var text = String(decoding: cell, as: UTF8.self)
        var why = CleaningRules()
        if !PlainText.isPlainASCII(cell) || cell.contains(0x2C) || cell.contains(0x26) {
            if let decoded = MisreadText.decoded(text) {
                text = decoded
                why.insert(.encoding)
            }
            let lines = text.split(whereSeparator: \.isNewline).map { PlainText.standard(String($0)).text }.filter {
                !$0.isEmpty
            }
            var joined = lines.map { $0[...].trimmingSuffix(while: { $0 == "," || $0 == " " }) }.joined(separator: ", ")
            joined = joined.replacing(" ,", with: ",")
            while joined.contains(",,") { joined = joined.replacing(",,", with: ",") }
            why.insert(lines.count > 1 ? .address : .spaces)
            text = joined
        }
        if let standard = addresses[column]?.standard(text), !standard.utf8.elementsEqual(text.utf8) {
            text = standard
            why.insert(.address)
        }
        if !text.utf8.elementsEqual(cell) {
            cells.set(row, column, to: text, why, confidence: why.contains(.address) ? 95 : 99)
        }
    }

    /// Writes the postcode at the end of an address into its own column where that has none.
    private func postcode(of cells: CleanedCells, _ row: Int, _ column: Int, country: Int, into code: Int) {
        guard cells.cell(row, code).isEmpty, !cells.cell(row, column).isEmpty,
            let found = AddressForm.postcode(in: cells.text(row, column), country: cells.text(row, country))
        else { return }
        cells.set(row, code, to: found, CleaningRules(.address), confidence: 90)
    }

    private func nationalID(_ cells: CleanedCells, _ row: Int, _ column: Int) {
        let cell = cells.cell(row, column)
        if cell.isEmpty || isHidden(cells, row, column, cell) { return }
        let text = String(decoding: cell, as: UTF8.self)
        let digits = CellShape(cell).digits
        guard let standard = digits >= 17 ? NationalID.chinese(text) : NationalID.iranian(text) else {
            // Numbers of other countries have other digits.
            if [8, 9, 10, 17, 18].contains(digits) { cells.doubt(row, column, .notANationalID) }
            return
        }
        cells.set(row, column, to: standard, CleaningRules(.nationalID), confidence: 98)
    }

    private func amount(_ cells: CleanedCells, _ row: Int, _ column: Int, _ form: AmountForm) {
        let cell = cells.cell(row, column)
        // An amount that was read stands as it should: the layout is that of the cells as they came.
        if cell.isEmpty || cells.change(row, column)?.rules.contains(.amount) == true { return }
        if HiddenMissing.isWord(cell), isHidden(cells, row, column, cell) { return }
        switch form.outcome(of: cell) {
        case .standard: return
        case .changed(let text): cells.set(row, column, to: text, CleaningRules(.amount), confidence: 98)
        case .unclear(let suggestion):
            cells.doubt(row, column, .unclearAmount, suggestion: suggestion, confidence: suggestion.isEmpty ? 0 : 80)
        case .unknown: cells.doubt(row, column, .notAnAmount)
        }
    }
}
