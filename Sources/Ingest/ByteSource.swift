import CISAL
import CustomerData
import Glibc

/// Bytes that are read once, from front to back.
protocol ByteSource: AnyObject {
    /// Reads up to `buffer.count` bytes; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// How far the file on the disk has been read.
    var offset: Int { get }
}

/// The bytes of an open file from its beginning; the descriptor stays with its owner and may be shared.
final class FileSource: ByteSource {
    private let descriptor: Int32
    private let name: String
    private(set) var offset = 0

    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, offset)
            if count >= 0 {
                offset += count
                return count
            }
            if errno != EINTR {
                throw Problem(.inputMissing, "\(name): can't be read: \(String(cString: strerror(errno)))")
            }
        }
    }
}

/// The unpacked bytes of a gzip file of one or several members, by ISA-L.
///
/// ISA-L reports truncation by no error, so the end of a member must have been seen when the input ends.
final class GzipSource: ByteSource {
    private let packed: any ByteSource
    private let name: String
    private let state: UnsafeMutablePointer<inflate_state>
    private let input: UnsafeMutableRawBufferPointer
    private var inputEnded = false
    private var memberEnded = false

    init(_ packed: any ByteSource, name: String) {
        self.packed = packed
        self.name = name
        state = .allocate(capacity: 1)
        input = .allocate(byteCount: 1 << 18, alignment: 64)
        beginMember()
    }

    var offset: Int { packed.offset }

    deinit {
        state.deallocate()
        input.deallocate()
    }

    private func beginMember() {
        let (left, next) = memberEnded ? (state.pointee.avail_in, state.pointee.next_in) : (0, nil)
        isal_inflate_init(state)
        state.pointee.crc_flag = UInt32(ISAL_GZIP)
        state.pointee.avail_in = left
        state.pointee.next_in = next
        memberEnded = false
    }

    private func fill() throws {
        guard state.pointee.avail_in == 0, !inputEnded else { return }
        let count = try packed.read(into: input)
        inputEnded = count == 0
        state.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
        state.pointee.avail_in = UInt32(count)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let base = buffer.bindMemory(to: UInt8.self).baseAddress else { return 0 }
        var done = 0
        while done < buffer.count {
            try fill()
            if memberEnded {
                // Zero bytes behind the last member are padding.
                while state.pointee.avail_in > 0, state.pointee.next_in.pointee == 0 {
                    state.pointee.next_in += 1
                    state.pointee.avail_in -= 1
                    try fill()
                }
                if inputEnded, state.pointee.avail_in == 0 { break }
                beginMember()
            } else if inputEnded, state.pointee.avail_in == 0 {
                throw Problem(.data, "\(name): the gzip data ends too early: copy or download the file again")
            }
            let room = min(buffer.count - done, 1 << 30)
            state.pointee.next_out = base + done
            state.pointee.avail_out = UInt32(room)
            let status = isal_inflate(state)
            guard status == ISAL_DECOMP_OK else {
                throw Problem(.data, "\(name): the gzip data is damaged: copy or download the file again")
            }
            done += room - Int(state.pointee.avail_out)
            if state.pointee.block_state == ISAL_BLOCK_FINISH { memberEnded = true }
        }
        return done
    }
}

/// What follows the bytes read so far is no text in the encoding.
struct UndecodableText: Error {
    let encoding: TextEncoding

    /// What is wrong and what to do.
    var sentence: String {
        let other = encoding == .windows1252 ? TextEncoding.windows1256 : .windows1252
        return "bytes that are not \(encoding.rawValue): name the file's encoding with --encoding, for example "
            + other.rawValue
    }
}

/// The bytes of another encoding as UTF-8, by glibc's iconv.
final class TranscodedSource: ByteSource {
    private let source: any ByteSource
    private let encoding: TextEncoding
    private let converter: iconv_t
    private let allowsDamage: Bool
    private let input: UnsafeMutableRawBufferPointer
    private var inputCount = 0
    private var inputEnded = false
    /// Text that found no room in the reader's buffer, which may have less than a character needs.
    private var left: ArraySlice<UInt8> = []

    /// - Parameter allowsDamage: whether a byte that is no text becomes the character that stands for it (`StrayBytes`),
    ///   rather than an error.
    init(_ source: any ByteSource, encoding: TextEncoding, allowsDamage: Bool = false) throws {
        self.source = source
        self.encoding = encoding
        self.allowsDamage = allowsDamage
        converter = iconv_open("UTF-8", encoding.iconvName)
        guard converter != iconv_t(bitPattern: -1) else {
            throw Problem(.usage, "this system's iconv does not know the encoding \(encoding.rawValue)")
        }
        input = .allocate(byteCount: 1 << 18, alignment: 64)
    }

    var offset: Int { source.offset }

    deinit {
        iconv_close(converter)
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if left.isEmpty {
            if buffer.count >= 64 { return try convert(into: buffer) }
            left = try [UInt8](unsafeUninitializedCapacity: 64) { text, count in
                count = try convert(into: UnsafeMutableRawBufferPointer(text))
            }[...]
        }
        let count = min(left.count, buffer.count)
        buffer.copyBytes(from: left.prefix(count))
        left = left.dropFirst(count)
        return count
    }

    /// Fills room for at least one character; 0 at the end.
    private func convert(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let output = buffer.bindMemory(to: CChar.self).baseAddress,
            let start = input.bindMemory(to: CChar.self).baseAddress
        else { return 0 }
        while true {
            if !inputEnded, inputCount < input.count {
                let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: input[inputCount...]))
                inputEnded = count == 0
                inputCount += count
            }
            if inputCount == 0 { return 0 }
            var next: UnsafeMutablePointer<CChar>? = start
            var unread = inputCount
            var target: UnsafeMutablePointer<CChar>? = output
            var room = buffer.count
            let status = iconv(converter, &next, &unread, &target, &room)
            let error = errno
            memmove(start, start + inputCount - unread, unread)
            inputCount = unread
            let made = buffer.count - room
            if made > 0 { return made }
            // EINVAL is a character cut by the end of the buffer.
            if status == -1, error == EILSEQ || (error == EINVAL && inputEnded) {
                guard allowsDamage else { throw UndecodableText(encoding: encoding) }
                // Units of two bytes stay units of two bytes.
                let skipped = min(inputCount, encoding.isUTF16 ? 2 : 1)
                let text = (0..<skipped).flatMap { StrayBytes.character(standingFor: input[$0]) }
                memmove(start, start + skipped, inputCount - skipped)
                inputCount -= skipped
                buffer.copyBytes(from: text)
                return text.count
            }
        }
    }
}
