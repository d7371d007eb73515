import CISAL
import Foundation
import Glibc

/// A text in another encoding, by iconv.
func encoded(_ text: String, as encoding: String) throws -> [UInt8] {
    let converter = iconv_open(encoding, "UTF-8")
    guard converter != iconv_t(bitPattern: -1) else { throw CocoaError(.featureUnsupported) }
    defer { iconv_close(converter) }
    var source = Array(text.utf8).map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: source.count * 4 + 16)
    var left = source.count
    var room = target.count
    let status = source.withUnsafeMutableBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
            var next = source.baseAddress
            var end = target.baseAddress
            return iconv(converter, &next, &left, &end, &room)
        }
    }
    guard status == 0 else { throw CocoaError(.fileWriteInapplicableStringEncoding) }
    return target[..<(target.count - room)].map { UInt8(bitPattern: $0) }
}

/// Bytes as one gzip member.
func packed(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = isal_zstream()
    isal_deflate_stateless_init(&stream)
    stream.gzip_flag = UInt16(IGZIP_GZIP)
    stream.end_of_stream = 1
    var source = bytes.isEmpty ? [0] : bytes
    var target = [UInt8](repeating: 0, count: bytes.count + bytes.count / 8 + 1024)
    let status = source.withUnsafeMutableBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(bytes.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(target.count)
            return isal_deflate_stateless(&stream)
        }
    }
    guard status == COMP_OK else { throw CocoaError(.fileWriteUnknown) }
    return Array(target[..<Int(stream.total_out)])
}
