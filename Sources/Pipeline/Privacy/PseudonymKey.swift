import CCrypto
import CustomerData
import Foundation
import Statistics

/// A secret key by which ids become pseudonyms: HMAC-SHA256 (RFC 2104) of the id's bytes in lower-case hexadecimal, all
/// 64 digits of it. The same key gives the same pseudonym everywhere; without it nobody can tell an id from it, nor try
/// out ids. Two of a thousand million customers share one with a probability below 10^-58.
public struct PseudonymKey: Sendable, CustomStringConvertible {
    /// Bytes that a key has at least.
    public static let smallestByteCount = 16
    /// Bytes that a key has at most: more is another kind of file, named by mistake.
    public static let largestByteCount = 1 << 16

    /// Digits of a pseudonym.
    static let digitCount = 64

    /// Where the key lies.
    let path: String
    /// What to know about the file that it lies in; nil for nothing.
    let warning: String?
    /// The first block of the inner and of the outer digest.
    private let inner: [UInt8]
    private let outer: [UInt8]

    /// Nothing that tells of the key.
    public var description: String { "the key in \(path)" }

    /// Reads a key: the bytes of a file without one newline at its end.
    ///
    /// - Throws: `Problem(.inputMissing)` when there is no such file; `Problem(.data)` when it is shorter than 16 bytes
    ///   or longer than 64 KiB.
    public init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(
                .inputMissing,
                "--pseudonymise \(path): there is no such file, or it can't be read; make a key with "
                    + "head -c 32 /dev/urandom | base64 > \(path)")
        }
        var key = Array(data)
        if key.last == UInt8(ascii: "\n") {
            key.removeLast()
            if key.last == UInt8(ascii: "\r") { key.removeLast() }
        }
        guard key.count >= PseudonymKey.smallestByteCount else {
            throw Problem(
                .data,
                "--pseudonymise \(path): expected a key of at least \(PseudonymKey.smallestByteCount) bytes, found "
                    + "\(key.count); make one with head -c 32 /dev/urandom | base64 > \(path)")
        }
        guard key.count <= PseudonymKey.largestByteCount else {
            throw Problem(
                .data, "--pseudonymise \(path): expected a key of at most 64 KiB, found \(key.count) bytes")
        }
        self.init(key: key, path: path, warning: PseudonymKey.warning(path))
    }

    init(key: [UInt8], path: String = "", warning: String? = nil) {
        var block = key.count > 64 ? Digest().bytes(of: key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        inner = block.map { $0 ^ 0x36 }
        outer = block.map { $0 ^ 0x5C }
        self.path = path
        self.warning = warning
    }

    /// What tells two keys apart without telling of them: the first 16 digits of the pseudonym of a fixed label.
    var check: String { String(pseudonym(of: "strata key check\0").prefix(16)) }

    /// The pseudonym of an id.
    func pseudonym(of id: String) -> String {
        var digits: [UInt8] = []
        var id = id
        let states = States(self)
        id.withUTF8 { states.append($0, to: &digits) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The pseudonyms of ids, in their order.
    ///
    /// - Complexity: O(bytes of the ids); a million ids take about a second of one processor.
    func pseudonyms(of ids: IdentifierList, parallel: Parallel) -> IdentifierList {
        let size = 8192
        let blocks = parallel.map((ids.count + size - 1) / size) { block in
            let states = States(self)
            var digits: [UInt8] = []
            let rows = block * size..<min(ids.count, (block + 1) * size)
            digits.reserveCapacity(rows.count * PseudonymKey.digitCount)
            for row in rows { ids.withBytes(at: row) { states.append($0, to: &digits) } }
            return digits
        }
        var list = IdentifierList()
        list.reserve(count: ids.count, byteCount: ids.count * PseudonymKey.digitCount)
        for block in blocks {
            for start in stride(from: 0, to: block.count, by: PseudonymKey.digitCount) {
                list.append(block[start..<start + PseudonymKey.digitCount])
            }
        }
        return list
    }

    /// Digests that have taken in the first blocks: each id begins with a copy of them.
    private final class States {
        private let inner = Digest()
        private let outer = Digest()
        private let work = Digest()
        private var digest = [UInt8](repeating: 0, count: 32)

        init(_ key: PseudonymKey) {
            inner.begin()
            key.inner.withUnsafeBytes { inner.add($0) }
            outer.begin()
            key.outer.withUnsafeBytes { outer.add($0) }
        }

        func append(_ id: UnsafeBufferPointer<UInt8>, to digits: inout [UInt8]) {
            work.continue(from: inner)
            work.add(UnsafeRawBufferPointer(id))
            work.finish(&digest)
            work.continue(from: outer)
            digest.withUnsafeBytes { work.add($0) }
            work.finish(&digest)
            for byte in digest {
                digits.append(PseudonymKey.digit(byte >> 4))
                digits.append(PseudonymKey.digit(byte & 15))
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// A warning when others than its owner can read the file.
    private static func warning(_ path: String) -> String? {
        guard
            let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int,
            mode & 0o077 != 0
        else { return nil }
        return "others can read the key: chmod 600 \(path)"
    }
}

/// A SHA-256 of libcrypto.
final class Digest {
    private let context: OpaquePointer?

    /// - Precondition: there is memory for it.
    init() {
        context = EVP_MD_CTX_new()
        precondition(context != nil, "libcrypto has no memory for a digest")
    }

    deinit { EVP_MD_CTX_free(context) }

    func begin() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

    func add(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

    /// Goes on from where another one is, which stays there.
    func `continue`(from other: Digest) { EVP_MD_CTX_copy_ex(context, other.context) }

    /// Writes the 32 bytes.
    func finish(_ bytes: inout [UInt8]) { EVP_DigestFinal_ex(context, &bytes, nil) }

    /// The digest of bytes.
    func bytes(of bytes: [UInt8]) -> [UInt8] {
        begin()
        bytes.withUnsafeBytes { add($0) }
        var digest = [UInt8](repeating: 0, count: 32)
        finish(&digest)
        return digest
    }
}
