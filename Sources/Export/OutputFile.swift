import CustomerData
import Glibc

/// A file that appears whole under its name, or not at all.
///
/// Bytes go to a file without a name in the same folder (`O_TMPFILE`), which the kernel removes by itself when the
/// process ends in any way; `commit` gives it its name and replaces what stood there in one step. A process that is
/// killed between the two calls by which a file is replaced leaves a whole hidden file beside. Where the file system
/// knows no files without a name they go to a hidden file beside, which is removed on every failure, and is left over
/// only when the process is killed outright.
///
/// The path `-` is standard output, and what is not a regular file (a pipe, `/dev/null`) is written straight. When
/// the reader of a pipe has gone (`head`), the rest is dropped without an error.
///
/// The bytes are not forced onto the disk (`fsync`): a full disk shows at `write` or `close`, both of which are
/// checked before the name is given, and a killed process leaves its bytes with the kernel. Only a loss of power
/// within seconds of `commit` could cost the file, and the price against that was a wait for the disk at every file.
public final class OutputFile {
    /// Where the file will be, as the caller named it.
    public let path: String
    /// Where the bytes go until `commit`.
    private enum Destination {
        /// Straight to an open file that is no regular one.
        case direct
        /// To a file without a name.
        case unnamed
        /// To a hidden file of that path.
        case hidden(String)
    }
    private let destination: Destination
    /// The file that is replaced: the target of a symbolic link, not the link.
    private let target: String
    private var descriptor: Int32
    private var readerIsGone = false

    /// Opens an output.
    ///
    /// - Parameters:
    ///   - path: where the file shall be; `-` is standard output.
    ///   - personal: whether it holds data about persons: mode 0600 in place of 0644 less the umask.
    /// - Throws: `Problem(.outputFailed)` when the folder is missing or not writable, or the path is a folder.
    public convenience init(path: String, personal: Bool) throws {
        try self.init(path: path, personal: personal, allowsUnnamed: true)
    }

    init(path: String, personal: Bool, allowsUnnamed: Bool) throws {
        self.path = path
        if path == "-" {
            signal(SIGPIPE, SIG_IGN)
            (destination, target, descriptor) = (.direct, path, STDOUT_FILENO)
            return
        }
        guard !path.isEmpty else { throw Problem(.outputFailed, "can't write an output without a name") }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            guard status.st_mode & S_IFMT != S_IFDIR else {
                throw Problem(.outputFailed, "can't write \(path): it is a folder")
            }
            signal(SIGPIPE, SIG_IGN)
            let opened = open(path, O_WRONLY | O_CLOEXEC)
            guard opened >= 0 else { throw OutputFile.problem(path, errno) }
            (destination, target, descriptor) = (.direct, path, opened)
            return
        }
        target = OutputFile.resolved(path)
        let folder = OutputFile.folder(of: target)
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw Problem(.outputFailed, "can't write \(path): there is no folder \(folder)")
        }
        let mode: mode_t = personal ? 0o600 : 0o644
        if allowsUnnamed {
            // O_TMPFILE, a macro that Swift doesn't import: __O_TMPFILE | O_DIRECTORY.
            let unnamed = open(folder, O_WRONLY | O_CLOEXEC | O_DIRECTORY | 0o20_000_000, mode)
            if unnamed >= 0, access("/proc/self/fd/\(unnamed)", F_OK) == 0 {
                (destination, descriptor) = (.unnamed, unnamed)
                return
            }
            if unnamed >= 0 { close(unnamed) }
        }
        let hidden = OutputFile.hiddenPath(in: folder)
        let opened = open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard opened >= 0 else { throw OutputFile.problem(path, errno) }
        (destination, descriptor) = (.hidden(hidden), opened)
    }

    deinit { discard() }

    /// A path by which what was written so far can be read before the file has its name; nil for what is no regular file.
    public var pathBeforeCommit: String? {
        switch destination {
        case .direct: nil
        case .unnamed: "/proc/self/fd/\(descriptor)"
        case .hidden(let hidden): hidden
        }
    }

    /// Adds bytes at the end.
    ///
    /// - Throws: `Problem(.outputFailed)` with the system's reason; nothing is left behind then.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        precondition(descriptor >= 0, "an output is not written to after it ended")
        guard let start = bytes.baseAddress, !readerIsGone else { return }
        var done = 0
        while done < bytes.count {
            let written = Glibc.write(descriptor, start + done, bytes.count - done)
            if written >= 0 {
                done += written
            } else if errno == EPIPE {
                readerIsGone = true
                return
            } else if errno != EINTR {
                let reason = errno
                discard()
                throw OutputFile.problem(path, reason)
            }
        }
    }

    /// Adds the UTF-8 bytes of a text at the end.
    ///
    /// - Throws: `Problem(.outputFailed)` with the system's reason; nothing is left behind then.
    public func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    /// Gives the file its name; there is nothing to write after it.
    ///
    /// - Throws: `Problem(.outputFailed)` with the system's reason; nothing is left behind then.
    public func commit() throws {
        precondition(descriptor >= 0, "an output is committed once")
        switch destination {
        case .direct:
            let ended = descriptor
            descriptor = -1
            if ended != STDOUT_FILENO, close(ended) != 0 { throw OutputFile.problem(path, errno) }
        case .unnamed:
            // Where nothing stands yet the file gets its name in one step. Nothing replaces a file by linking, so
            // otherwise it is linked beside and renamed.
            if link(to: target) {
                let ended = descriptor
                descriptor = -1
                guard close(ended) == 0 else {
                    let reason = errno
                    unlink(target)
                    throw OutputFile.problem(path, reason)
                }
                return
            }
            let hidden = OutputFile.hiddenPath(in: OutputFile.folder(of: target))
            guard link(to: hidden) else {
                let reason = errno
                discard()
                throw OutputFile.problem(path, reason)
            }
            try finish(hidden)
        case .hidden(let hidden):
            try finish(hidden)
        }
    }

    /// Gives the file without a name that name; false when it can't, with the reason in `errno`.
    private func link(to name: String) -> Bool {
        linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
    }

    /// Ends the hidden file and gives it the name asked for.
    private func finish(_ hidden: String) throws {
        let ended = descriptor
        descriptor = -1
        if close(ended) != 0 || rename(hidden, target) != 0 {
            let reason = errno
            unlink(hidden)
            throw OutputFile.problem(path, reason)
        }
    }

    /// Ends the output and leaves nothing behind.
    private func discard() {
        guard descriptor >= 0 else { return }
        if descriptor != STDOUT_FILENO { close(descriptor) }
        descriptor = -1
        if case .hidden(let hidden) = destination { unlink(hidden) }
    }

    /// The file that a path leads to through symbolic links, when there is one.
    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func hiddenPath(in folder: String) -> String {
        "\(folder)/.strata-\(String(UInt64.random(in: 0...UInt64.max), radix: 16)).part"
    }

    private static func problem(_ path: String, _ reason: Int32) -> Problem {
        let name = path == "-" ? "standard output" : path
        return Problem(.outputFailed, "can't write \(name): \(String(cString: strerror(reason)))")
    }
}
