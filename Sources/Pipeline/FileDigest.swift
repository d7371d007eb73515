import Ingest

/// Digests of files as they lie on the disk.
enum FileDigest {
    /// SHA-256 in hexadecimal, by libcrypto, of the bytes that were read: packed ones as they are packed.
    static func sha256(of file: InputFile) throws -> String {
        let digest = Digest()
        digest.begin()
        try file.forEachChunk { digest.add($0) }
        var bytes = [UInt8](repeating: 0, count: 32)
        digest.finish(&bytes)
        return bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
