import CCrypto
import CustomerData
import Ingest

/// Digests of files as they lie on the disk.
enum FileDigest {
    /// SHA-256 in hexadecimal, by libcrypto, of the bytes that were read: packed ones as they are packed.
    static func sha256(of file: InputFile) throws -> String {
        guard let context = EVP_MD_CTX_new() else { throw Problem(.bug, "libcrypto has no memory for a digest") }
        defer { EVP_MD_CTX_free(context) }
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
        try file.forEachChunk { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_DigestFinal_ex(context, &digest, &length)
        return digest.prefix(Int(length)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
