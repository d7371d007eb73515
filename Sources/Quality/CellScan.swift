import CustomerData

/// What one look over a cell's bytes tells.
struct CellScan: BitwiseCopyable {
    var characters = 0
    var digits = 0
    var upper = 0
    var lower = 0
    /// Letters beyond ASCII.
    var letters = 0
    var spaces = 0
    var ats = 0
    /// Anything else.
    var marks = 0
    var scripts: UInt8 = 0
    var suspicions: UInt32 = 0
    /// `BlockValues.hash` of the letters and digits, without case and without what stands between them.
    var folded: UInt64 = 0
    /// Whether the cell is a minus at most, digits, and a point with digits at most.
    var isPlainNumber = false
    /// Bytes of the pattern that the scanner holds.
    var patternCount = 0
    var number: Int64 = 0
    var decimals = 0

    static let latin: UInt8 = 1
    static let arabic: UInt8 = 2
    static let han: UInt8 = 4
    static let cyrillic: UInt8 = 8
    static let other: UInt8 = 16
    static let scriptNames = ["Latin", "Arabic", "Han", "Cyrillic or Greek", "other"]
}

/// Looks over cells: counts, pattern, folded form, plain number; one worker's scratch memory.
///
/// The pattern keeps digits as `9` each, writes a run of capitals `A` or `A+`, of small letters `a` or `a+`, of Arabic
/// letters `ع` or `ع+`, of Han characters `字` or `字+`, of other letters `x` or `x+`, and everything else as it is.
final class CellScanner {
    private static let patternLimit = 48
    /// The last cell's pattern, with room behind it.
    let pattern: UnsafeMutablePointer<UInt8>
    private let classes: UnsafeMutablePointer<UInt8>
    /// The last cell's letters and digits, with room behind them.
    private var kept: UnsafeMutablePointer<UInt8>
    private var keptCapacity = 256

    init() {
        kept = .allocate(capacity: keptCapacity)
        pattern = .allocate(capacity: CellScanner.patternLimit + 32)
        classes = .allocate(capacity: 256)
        for byte in 0..<256 {
            classes[byte] =
                switch UInt8(byte) {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): 1
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): 2
                case UInt8(ascii: "a")...UInt8(ascii: "z"): 3
                case UInt8(ascii: " "): 4
                case 0..<0x20, 0x7F: 5
                case 0x80...: 6
                default: 0
                }
        }
    }

    deinit {
        pattern.deallocate()
        classes.deallocate()
        kept.deallocate()
    }

    /// Makes room for the letters and digits of a cell of so many bytes.
    private func reserve(_ byteCount: Int) {
        guard 2 * byteCount + 16 > keptCapacity else { return }
        keptCapacity = 4 * byteCount + 16
        kept.deallocate()
        kept = .allocate(capacity: keptCapacity)
    }

    /// Looks over a cell that is not empty.
    func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> CellScan {
        var scan = CellScan()
        guard let base = bytes.baseAddress else { return scan }
        reserve(bytes.count)
        let (pattern, classes, kept) = (pattern, classes, kept)
        let (count, limit) = (bytes.count, CellScanner.patternLimit)
        // What is counted for every byte stays in registers.
        var (digits, upper, lower, spaces, characters, written) = (0, 0, 0, 0, 0, 0)
        var keptCount = 0
        var lastClass: UInt8 = 0xFF
        var isRunMarked = false
        var position = 0
        while position < count {
            let byte = base[position]
            let kind = classes[Int(byte)]
            characters &+= 1
            switch kind {
            case 1:
                digits &+= 1
                kept[keptCount] = byte
                keptCount &+= 1
                if written < limit {
                    pattern[written] = UInt8(ascii: "9")
                    written &+= 1
                }
            case 2, 3:
                if kind == 2 { upper &+= 1 } else { lower &+= 1 }
                kept[keptCount] = byte | 0x20
                keptCount &+= 1
                if kind != lastClass || !isRunMarked {
                    isRunMarked = kind == lastClass
                    if written < limit {
                        pattern[written] =
                            isRunMarked ? UInt8(ascii: "+") : kind == 2 ? UInt8(ascii: "A") : UInt8(ascii: "a")
                        written &+= 1
                    }
                }
            case 4:
                spaces &+= 1
                if lastClass == 4 { scan.suspicions |= SuspicionBits.doubleSpace }
                if written < limit {
                    pattern[written] = byte
                    written &+= 1
                }
            case 6:
                let (scalar, length) = CellScanner.decode(bytes, at: position)
                if byte == 0xC3, CellScanner.isMojibake(bytes, at: position) {
                    scan.suspicions |= SuspicionBits.mojibake
                }
                let shape = note(scalar, &scan, kept, &keptCount)
                if shape < 7 || shape != lastClass {
                    isRunMarked = false
                    if written < limit { written &+= write(shape, bytes, position, length, at: written) }
                } else if !isRunMarked {
                    isRunMarked = true
                    if written < limit {
                        pattern[written] = UInt8(ascii: "+")
                        written &+= 1
                    }
                }
                position &+= length
                lastClass = shape
                continue
            default:
                noteMark(byte, bytes, at: position, &scan)
                if written < limit {
                    pattern[written] = kind == 5 ? UInt8(ascii: " ") : byte
                    written &+= 1
                }
            }
            lastClass = kind
            position &+= 1
        }
        scan.digits &+= digits
        (scan.upper, scan.lower, scan.spaces, scan.characters) = (upper, lower, spaces, characters)
        if written >= limit {
            for byte in "…".utf8 {
                pattern[written] = byte
                written += 1
            }
        }
        scan.patternCount = written
        if upper &+ lower > 0 { scan.scripts |= CellScan.latin }
        scan.folded = BlockValues.hash(kept, keptCount)
        if digits == count || digits > 0 && upper &+ lower &+ spaces == 0 && digits &+ scan.marks == count {
            CellScanner.readNumber(bytes, &scan)
        }
        finish(&scan, bytes)
        return scan
    }

    /// Enters a character of ASCII that is no letter, no digit and no blank.
    private func noteMark(
        _ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, _ scan: inout CellScan
    ) {
        if byte < 0x20 || byte == 0x7F {
            // Line ends stand in quoted cells.
            if byte != 10, byte != 13, byte != 9 { scan.suspicions |= SuspicionBits.control }
            return
        }
        scan.marks &+= 1
        if byte == UInt8(ascii: "@") { scan.ats &+= 1 }
        if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&"), CellScanner.isMarkup(bytes, at: position) {
            scan.suspicions |= SuspicionBits.markup
        }
    }

    /// Reads a minus at most, up to fourteen digits, and a point before up to four of them.
    private static func readNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: inout CellScan) {
        guard scan.digits <= 14 else { return }
        let isNegative = bytes[0] == UInt8(ascii: "-")
        let begin = isNegative ? 1 : 0
        var number: Int64 = 0
        var point = -1
        for position in begin..<bytes.count {
            let digit = bytes[position] &- 48
            if digit <= 9 {
                number = number &* 10 &+ Int64(digit)
            } else {
                guard bytes[position] == UInt8(ascii: "."), point == -1, position > begin else { return }
                point = position
            }
        }
        let decimals = point < 0 ? 0 : bytes.count - 1 - point
        guard decimals <= 4, point < 0 || decimals > 0 else { return }
        scan.isPlainNumber = true
        scan.decimals = decimals
        for _ in decimals..<4 { number &*= 10 }
        scan.number = isNegative ? -number : number
    }

    /// Whether seven digits that follow each other are equal, or run up or down.
    static func hasDigitRun(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var (equal, rising, falling) = (1, 1, 1)
        for position in 1..<bytes.count {
            let (last, byte) = (bytes[position - 1], bytes[position])
            guard byte >= 48, byte <= 57, last >= 48, last <= 57 else {
                (equal, rising, falling) = (1, 1, 1)
                continue
            }
            equal = byte == last ? equal + 1 : 1
            rising = byte == last &+ 1 ? rising + 1 : 1
            falling = byte == last &- 1 ? falling + 1 : 1
            if max(equal, rising, falling) >= 7 { return true }
        }
        return false
    }

    private func finish(_ scan: inout CellScan, _ bytes: UnsafeBufferPointer<UInt8>) {
        if scan.upper >= 4, scan.lower == 0, scan.digits == 0, scan.ats == 0 {
            scan.suspicions |= SuspicionBits.capitals
        }
        if scan.scripts & CellScan.latin != 0, scan.scripts & CellScan.cyrillic != 0 {
            scan.suspicions |= SuspicionBits.lookalikes
        }
        if scan.characters > 1000 { scan.suspicions |= SuspicionBits.long }
        let first = bytes[0]
        if first == UInt8(ascii: "=") || first == UInt8(ascii: "@"), scan.upper + scan.lower > 0 {
            scan.suspicions |= SuspicionBits.formula
        }
    }

    /// Whether `Ã`, `Â`, `Ø`, `Ù`, `Ú` or `Û` stands before a character of U+0080–U+00BF: bytes of UTF-8 taken for letters.
    private static func isMojibake(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position + 3 < bytes.count, bytes[position + 2] == 0xC2 else { return false }
        return [0x82, 0x83, 0x98, 0x99, 0x9A, 0x9B].contains(bytes[position + 1])
    }

    /// Whether a tag or an entity begins here.
    private static func isMarkup(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position + 2 < bytes.count else { return false }
        let next = bytes[position + 1]
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next | 0x20)
        let rest = bytes[(position + 1)..<min(bytes.count, position + 9)]
        if bytes[position] == UInt8(ascii: "<") {
            return (isLetter || next == UInt8(ascii: "/")) && bytes[position...].contains(UInt8(ascii: ">"))
        }
        guard isLetter || next == UInt8(ascii: "#"), let end = rest.firstIndex(of: UInt8(ascii: ";")) else {
            return false
        }
        return !rest[..<end].contains(32)
    }

    /// The scalar at a position of valid UTF-8 and its bytes.
    @inline(__always)
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: UInt32, length: Int) {
        let first = UInt32(bytes[position])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard position + length <= bytes.count else { return (0xFFFD, bytes.count - position) }
        var scalar = first & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[position + offset] & 0x3F) }
        return (scalar, length)
    }

    /// Enters a character beyond ASCII; its class: 1 a digit, 6 a mark, 7 Arabic, 8 Han, 9 another letter.
    private func note(
        _ scalar: UInt32, _ scan: inout CellScan, _ kept: UnsafeMutablePointer<UInt8>, _ keptCount: inout Int
    ) -> UInt8 {
        var plain = scalar
        var shape: UInt8 = 9
        switch scalar {
        case 0x06F0...0x06F9, 0x0660...0x0669:
            scan.digits += 1
            scan.suspicions |= SuspicionBits.foreignDigits
            plain = (scalar & 0xF) + 48
            shape = 1
        case 0xFF01...0xFF5E:
            scan.suspicions |= SuspicionBits.fullWidth
            plain = (scalar - 0xFF01 + 0x21)
            if (48...57).contains(plain) {
                scan.digits += 1
                shape = 1
            } else if (65...90).contains(plain & ~0x20) {
                scan.letters += 1
                scan.scripts |= CellScan.latin
                plain |= 0x20
            } else {
                shape = 6
            }
        case 0xFFFD:
            scan.suspicions |= SuspicionBits.lostCharacter
            shape = 6
        case 0x0600...0x06FF, 0x0750...0x077F, 0xFB50...0xFDFF, 0xFE70...0xFEFE:
            if (0x064B...0x065F).contains(scalar) || scalar == 0x0640 || scalar == 0x0670 { return 6 }
            if scalar == 0x060C || scalar == 0x061B || scalar == 0x061F || scalar == 0x066A || scalar == 0x066B
                || scalar == 0x066C
            {
                return 6
            }
            scan.letters += 1
            scan.scripts |= CellScan.arabic
            if scalar == 0x064A || scalar == 0x0643 { scan.suspicions |= SuspicionBits.arabicLetters }
            if scalar == 0x064A || scalar == 0x0649 { plain = 0x06CC }
            if scalar == 0x0643 { plain = 0x06A9 }
            shape = 7
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            scan.letters += 1
            scan.scripts |= CellScan.han
            shape = 8
        case 0x0370...0x052F:
            scan.letters += 1
            scan.scripts |= CellScan.cyrillic
        case 0x00A0...0x00BF, 0x00D7, 0x00F7, 0x2000...0x2BFF, 0x3000...0x3004, 0x3007...0x303F, 0xFE30...0xFE6F,
            0xFEFF:
            return 6
        case 0x0080...0x009F:
            scan.suspicions |= SuspicionBits.control
            return 6
        case 0x00C0...0x024F:
            scan.letters += 1
            scan.scripts |= CellScan.latin
            if (0x00C0...0x00DE).contains(scalar) { plain = scalar + 0x20 }
        default:
            scan.letters += 1
            scan.scripts |= CellScan.other
        }
        guard shape != 6 else { return shape }
        if plain < 0x80 {
            kept[keptCount] = UInt8(plain)
            keptCount &+= 1
        } else {
            // Three bytes that no character of ASCII has.
            for shift in [0, 7, 14] as [UInt32] {
                kept[keptCount] = UInt8(plain &>> shift & 0x7F | 0x80)
                keptCount &+= 1
            }
        }
        return shape
    }

    /// Writes the sign of a class; how many bytes it takes.
    private func write(
        _ shape: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int, _ length: Int, at written: Int
    ) -> Int {
        func put(_ text: StaticString) -> Int {
            for offset in 0..<text.utf8CodeUnitCount { pattern[written + offset] = text.utf8Start[offset] }
            return text.utf8CodeUnitCount
        }
        switch shape {
        case 1: return put("9")
        case 7: return put("ع")
        case 8: return put("字")
        case 9: return put("x")
        default:
            for offset in 0..<length { pattern[written + offset] = bytes[begin + offset] }
            return length
        }
    }
}
