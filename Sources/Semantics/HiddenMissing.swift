/// Cells that hide that they are empty: `N/A`, `-`, `Select`, `无`, `ندارد`, `1900-01-01`, `0000`.
public enum HiddenMissing {
    /// Whether a cell says in words or signs that there is no value, in English, Persian or Chinese. Case, spaces around
    /// it and full-width forms do not matter.
    ///
    /// - Parameter amongNames: whether the cell should be a person's name: then words that people are called (Na, Nan,
    ///   Nil, Test) do not count, and `null` and `none` only without a capital before small letters.
    /// - Complexity: O(1) for cells of more than 32 bytes.
    public static func isWord(_ bytes: UnsafeBufferPointer<UInt8>, amongNames: Bool = false) -> Bool {
        guard bytes.count <= 32 else { return false }
        return CellFolding.withFolded(bytes) { folded in
            if folded.isEmpty { return false }
            if folded.allSatisfy({ signs.contains($0) }) { return true }
            var key = String(decoding: folded, as: UTF8.self).lowercased()
            while let first = key.first, "([{<#".contains(first) { key.removeFirst() }
            while let last = key.last, ")]}>#!".contains(last) { key.removeLast() }
            guard words.contains(key) else { return false }
            guard amongNames else { return true }
            if ["null", "none"].contains(key) {
                return folded.allSatisfy { $0 >= 0x60 } || folded.allSatisfy { $0 < 0x60 }
            }
            return !peoplesNames.contains(key)
        }
    }

    /// Whether a cell that should be a number or a code is made of one digit or letter again and again, as `000000`,
    /// `99999999` and `xxx` are; three characters or more.
    public static func isFiller(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 3, bytes.count <= 64 else { return false }
        return CellFolding.withFolded(bytes) { folded in
            var symbol: UInt8?
            var count = 0
            for byte in folded {
                let lowered = byte | 0x20
                if byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "+") { continue }
                guard byte == 0x30 || byte == 0x39 || byte == 0x31 || lowered == UInt8(ascii: "x") else { return false }
                if let symbol, symbol != lowered { return false }
                symbol = lowered
                count += 1
            }
            return count >= 3
        }
    }

    /// Whether a date that was read is one that systems write for none.
    public static func isDate(year: Int, month: Int, day: Int) -> Bool {
        switch (year, month, day) {
        case (1900, 1, 1), (1899, 12, 30), (1899, 12, 31), (1901, 1, 1), (1753, 1, 1), (1, 1, 1), (9999, 12, 31),
            (2099, 12, 31), (2999, 12, 31), (1800, 1, 1), (1600, 1, 1), (1601, 1, 1):
            true
        default: false
        }
    }

    /// Whether a cell is a date of nothing but zeros: `0000-00-00`, `00/00/0000`.
    public static func isZeroDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= 64 else { return false }
        return CellFolding.withFolded(bytes) { folded in
            folded.count >= 4 && folded.contains(0x30)
                && folded.allSatisfy { $0 == 0x30 || [0x2D, 0x2F, 0x2E, 0x3A, 0x20, 0x54, 0x5A].contains($0) }
        }
    }

    private static let peoplesNames: Set<String> = [
        "na", "nan", "nil", "test", "unk", "missing", "blank", "empty", "tba", "select", "choose", "dummy", "空", "هیچ",
        "خالی",
    ]

    /// `-`, `.`, `?`, `/`, `*`, `_`, `~`, `'`, `\`.
    private static let signs: Set<UInt8> = Set("-.?/*_~'\\".utf8)

    private static let words: Set<String> = Set(
        """
        null,nil,none,nan,n/a,n.a.,n.a,na,n\\a,#n/a,not available,not applicable,not given,not provided,not known,unknown,
        unk,undefined,missing,blank,empty,no data,no value,no name,noname,no email,noemail,no phone,tbd,tba,to be determined,
        select,please select,select one,- select -,--select--,choose,please choose,choose one,test,dummy,placeholder,
        \\n,(blank),no answer,anonymous,not specified,unspecified,not set,
        ندارد,نامشخص,نامعلوم,خالی,ثبت نشده,وارد نشده,موجود نیست,انتخاب کنید,نا مشخص,بدون نام,هیچ,
        无,無,没有,暂无,未知,不详,空,未填写,请选择,不明,未提供,待定,不适用
        """.split(whereSeparator: { $0 == "," || $0 == "\n" }).map(String.init))
}
