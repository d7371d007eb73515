import Foundation
import Glibc
import Synchronization

/// A progress bar on standard error: rows a second and the time left. It only ever shows while a terminal looks on.
public final class Progress: Sendable {
    /// When there is a bar.
    public enum Mode: String, CaseIterable, Sendable {
        /// When standard error is a terminal.
        case auto
        /// Always.
        case always
        /// Never.
        case never
    }

    private struct State {
        var byteCount = 0
        var start = ContinuousClock.now
        var shown: ContinuousClock.Instant?
    }

    private let isShown: Bool
    private let state = Mutex(State())

    /// A bar in that mode.
    public init(_ mode: Mode) {
        isShown = mode == .always || (mode == .auto && isatty(STDERR_FILENO) == 1)
    }

    /// Begins a job of so many bytes.
    func begin(byteCount: Int) {
        state.withLock { $0 = State(byteCount: byteCount) }
    }

    /// Shows how far the job is, at most ten times a second.
    func update(rows: Int, bytes: Int) {
        guard isShown else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if let shown = state.shown, now - shown < .milliseconds(100) { return }
            state.shown = now
            let seconds = (now - state.start) / .seconds(1)
            guard seconds > 0 else { return }
            let share = state.byteCount > 0 ? min(1, Double(bytes) / Double(state.byteCount)) : 0
            let filled = Int(share * 24)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            let left = share > 0 ? String(format: "%.0f s left", seconds * (1 - share) / share) : ""
            let rate = String(format: "%.2f M rows/s", Double(rows) / seconds / 1e6)
            Progress.put("\r\(bar) \(String(format: "%3.0f", share * 100)) %  \(rate)  \(left)\u{1B}[K")
        }
    }

    /// Removes the bar, when there is one.
    func end() {
        state.withLock { state in
            guard state.shown != nil else { return }
            state.shown = nil
            Progress.put("\r\u{1B}[K")
        }
    }

    private static func put(_ text: String) {
        // A bar that can't be shown is no failure.
        _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
