import Foundation
import Synchronization

/// The line on standard error that says how far the run is.
enum Progress {
    private static let isTerminal = isatty(2) == 1
    private static let lock = Mutex(())

    static func show(done: Int, of total: Int, failed: Int, _ what: String) {
        guard isTerminal else {
            if done % 50 == 0 || done == total {
                write("\(done) of \(total) cells, \(failed) failed\n")
            }
            return
        }
        let text = "\(done)/\(total), \(failed) failed  \(what)"
        write("\r\u{1B}[K" + String(text.prefix(100)))
    }

    static func print(_ line: String) {
        write((isTerminal ? "\r\u{1B}[K" : "") + line + "\n")
    }

    static func clear() {
        if isTerminal { write("\r\u{1B}[K") }
    }

    private static func write(_ text: String) {
        lock.withLock { _ in FileHandle.standardError.write(Data(text.utf8)) }
    }
}

/// A line on standard output, at once even when that is a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
