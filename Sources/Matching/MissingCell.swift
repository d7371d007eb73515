import Semantics

/// Whether a cell says nothing.
enum MissingCell {
    static func isMissing(_ cell: UnsafeBufferPointer<UInt8>, isNameLike: Bool, isID: Bool) -> Bool {
        if cell.isEmpty { return true }
        if isID { return false }
        guard let hidden = HiddenMissing(cell) else { return false }
        return !(isNameLike && hidden.isName(cell)) && !hidden.isNamibia
    }
}
